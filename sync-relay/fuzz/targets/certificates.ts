import { X509Certificate } from "node:crypto";
import { createTestCertificateAuthority } from "../../simulator/certificates/test-certificate-authority";
import { createChainCheck } from "../../src/adapters/partner-center/certificate-chain";
import { mutateBytes } from "../byte-mutations";
import { promised, type FuzzTarget } from "../fuzz-target";
import { NOW_MS } from "../stand-ins";

/** Certificate files from a store that was broken into: only the certificate itself is trusted. */
export const certificateTarget: FuzzTarget = {
  name: "certificate-file",
  perMille: 20,
  start: async () => {
    const authority = await createTestCertificateAuthority({ now: new Date(NOW_MS) });
    const { fingerprint256 } = new X509Certificate(authority.leafDer);
    const check = createChainCheck({
      anchors: [authority.rootPem, authority.intermediatePem],
      subject: "pcnotifications-dispatch.microsoft.com",
    });
    return {
      input: (dice) => {
        const file = mutateBytes(dice.pick([authority.leafDer, Buffer.from(authority.leafPem)]), dice);
        return async () => {
          const verdict = await check(file, NOW_MS);
          if (verdict.kind !== "trusted") return verdict.because;
          promised(verdict.certificate.fingerprint === fingerprint256, "only the signer's own certificate is trusted");
          return "trusted";
        };
      },
    };
  },
};
