import type { FastifyInstance } from "fastify";
import { hostileKinds, type HostileKind } from "../certificates/hostile-certificates";
import { SIGNER_DOMAIN } from "../certificates/good-chain";
import type { TestCertificateAuthority } from "../certificates/test-certificate-authority";

/** Path under which a signer's certificate is served. */
export function certificatePath(name: "good" | HostileKind): string {
  return `/cert/${name === "good" ? SIGNER_DOMAIN : name}.cer`;
}

/** Serves the leaf alone, in DER, as the documented address does; and each hostile one under its name. */
export function addCertificateRoutes(app: FastifyInstance, authority: TestCertificateAuthority): void {
  const send = (der: Buffer) => ({ type: "application/pkix-cert", der });
  app.get(certificatePath("good"), (_request, reply) => {
    const { type, der } = send(authority.leafDer);
    return reply.type(type).send(der);
  });
  for (const kind of hostileKinds) {
    app.get(certificatePath(kind), async (_request, reply) => {
      const { type, der } = send((await authority.hostile(kind)).leafDer);
      return reply.type(type).send(der);
    });
  }
}
