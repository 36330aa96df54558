import { issueCertificate, type IssuedCertificate } from "./issue-certificate";
import { createKeyPair } from "./key-pair";

/** Name under which Partner Center signs callbacks. */
export const SIGNER_DOMAIN = "pcnotifications-dispatch.microsoft.com";
export const SIGNER_ORGANIZATION = "Microsoft Corporation";

const DAY_MS = 86_400_000;

/** The good chain's parts, from which variants are made. */
export interface GoodChain {
  readonly root: IssuedCertificate;
  readonly intermediate: IssuedCertificate;
  readonly leaf: IssuedCertificate;
  readonly now: Date;
}

export async function createGoodChain(now: Date): Promise<GoodChain> {
  const validity = validAround(now);
  const [rootKeys, intermediateKeys, leafKeys] = await Promise.all([createKeyPair(), createKeyPair(), createKeyPair()]);
  const rootName = { commonName: "Simulated Root Authority", organization: SIGNER_ORGANIZATION };
  const intermediateName = { commonName: "Simulated Issuing Authority 01", organization: SIGNER_ORGANIZATION };
  const root = await issueCertificate({
    ...validity,
    subject: rootName,
    keys: rootKeys,
    issuer: { name: rootName, keys: rootKeys },
    use: { kind: "authority" },
  });
  const intermediate = await issueCertificate({
    ...validity,
    subject: intermediateName,
    keys: intermediateKeys,
    issuer: root,
    use: { kind: "authority", pathLength: 0 },
  });
  const leaf = await issueCertificate({
    ...validity,
    subject: { commonName: SIGNER_DOMAIN, organization: SIGNER_ORGANIZATION },
    keys: leafKeys,
    issuer: intermediate,
    use: { kind: "signer", domain: SIGNER_DOMAIN },
  });
  return { root, intermediate, leaf, now };
}

/** A day before to a year after: wide enough for clocks that differ, and far from the edges. */
export function validAround(now: Date): { readonly notBefore: Date; readonly notAfter: Date } {
  return { notBefore: new Date(now.getTime() - DAY_MS), notAfter: new Date(now.getTime() + 365 * DAY_MS) };
}
