// A signer whose certificate names where its issuer's certificate is to be had, as public authorities do, over as many
// issuing authorities as wanted.

import { SIGNER_DOMAIN, SIGNER_ORGANIZATION, validAround, type GoodChain } from "./good-chain";
import type { Signer } from "./hostile-certificates";
import { issueCertificate, type IssuedCertificate } from "./issue-certificate";
import { createKeyPair } from "./key-pair";

export interface NamingSigner extends Signer {
  /** Certificates of the issuing authorities, the signer's own issuer first: what their addresses serve. */
  readonly issuers: readonly Buffer[];
}

/** `addresses[0]` is where the signer's issuer is to be had, `addresses[1]` where that one's issuer is, and so on. */
export async function namingSigner(chain: GoodChain, addresses: readonly string[]): Promise<NamingSigner> {
  const below: IssuedCertificate[] = [];
  let issuer = chain.root;
  for (let level = addresses.length; level >= 1; level -= 1) {
    const address = addresses[level];
    issuer = await issueCertificate({
      ...validAround(chain.now),
      subject: { commonName: `Simulated Issuing Authority 1${level}`, organization: SIGNER_ORGANIZATION },
      keys: await createKeyPair(),
      issuer,
      use: { kind: "authority", ...(address === undefined ? {} : { issuerAddress: address }) },
    });
    below.unshift(issuer);
  }
  const leaf = await issueCertificate({
    ...validAround(chain.now),
    subject: chain.leaf.name,
    keys: chain.leaf.keys,
    issuer,
    use: {
      kind: "signer",
      domain: SIGNER_DOMAIN,
      ...(addresses[0] === undefined ? {} : { issuerAddress: addresses[0] }),
    },
  });
  return {
    leafDer: leaf.der,
    intermediatePems: [],
    issuers: below.map(({ der }) => der),
    sign: (bytes) => leaf.keys.sign(bytes),
  };
}
