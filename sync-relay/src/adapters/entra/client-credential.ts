import { X509Certificate } from "node:crypto";
import type { NodeAuthOptions } from "@azure/msal-node";

/** How the app registration proves who it is. `certificates` is the PEM chain, own certificate first. */
export type ClientCredential =
  | { readonly kind: "secret"; readonly secret: string; readonly endsAtMs?: number }
  | { readonly kind: "certificate"; readonly certificates: readonly string[]; readonly privateKey: string };

/** The credential as the sign-in library takes it. */
export function credentialOptions(
  credential: ClientCredential,
): Pick<NodeAuthOptions, "clientSecret"> | Pick<NodeAuthOptions, "clientCertificate"> {
  if (credential.kind === "secret") return { clientSecret: credential.secret };
  const { certificates, privateKey } = credential;
  const thumbprintSha256 = ownCertificate(certificates).fingerprint256.replaceAll(":", "");
  return { clientCertificate: { thumbprintSha256, privateKey, x5c: certificates.join("\n") } };
}

/** When the credential stops working, milliseconds since the epoch; null for a secret of which nobody has said so. */
export function credentialExpiryMs(credential: ClientCredential): number | null {
  if (credential.kind === "secret") return credential.endsAtMs ?? null;
  return ownCertificate(credential.certificates).validToDate.getTime();
}

function ownCertificate(certificates: readonly string[]): X509Certificate {
  return new X509Certificate(certificates[0] ?? "");
}
