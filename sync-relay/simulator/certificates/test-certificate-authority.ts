// A certificate authority for tests and the demo: root, intermediate and the certificate that signs Partner Center's
// callbacks, shaped like Microsoft's, plus hostile variants that a receiver must refuse. Fresh keys on every start, so
// nothing here can ever be trusted by accident.

import { createGoodChain } from "./good-chain";
import { namingSigner, type NamingSigner } from "./named-issuers";
import { hostileSigner, type HostileKind, type Signer } from "./hostile-certificates";

export interface TestCertificateAuthority extends Signer {
  /** The trust anchor to configure. */
  readonly rootPem: string;
  /** Not in the callback's `.cer`: receivers have it configured. */
  readonly intermediatePem: string;
  readonly leafPem: string;
  /** RSA PKCS#1 v1.5 with SHA-1, for trials of algorithm downgrades. */
  readonly signSha1: (bytes: Uint8Array) => Buffer;
  /** A signer that differs from the good one in exactly one way; made on first use. */
  hostile(kind: HostileKind): Promise<Signer>;
  /** A good signer whose issuers are to be fetched: its own from the first address, that one's from the second … */
  naming(issuerAddresses: readonly string[]): Promise<NamingSigner>;
}

export interface TestCertificateAuthorityOptions {
  /** The instant around which certificates are valid; default is the start. */
  readonly now?: Date;
}

export async function createTestCertificateAuthority(
  options: TestCertificateAuthorityOptions = {},
): Promise<TestCertificateAuthority> {
  const chain = await createGoodChain(options.now ?? new Date());
  const { root, intermediate, leaf } = chain;
  const made = new Map<HostileKind, Promise<Signer>>();
  return {
    rootPem: root.pem,
    intermediatePem: intermediate.pem,
    leafPem: leaf.pem,
    leafDer: leaf.der,
    intermediatePems: [intermediate.pem],
    sign: (bytes) => leaf.keys.sign(bytes),
    signSha1: (bytes) => leaf.keys.sign(bytes, "sha1"),
    naming: (issuerAddresses) => namingSigner(chain, issuerAddresses),
    hostile(kind) {
      const signer = made.get(kind) ?? hostileSigner(kind, chain);
      made.set(kind, signer);
      return signer;
    },
  };
}
