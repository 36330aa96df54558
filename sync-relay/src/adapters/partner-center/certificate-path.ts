// The path from a certificate to a configured root. Configured intermediates come first; only when they do not lead to
// a root are issuers fetched, one after the other, from where the certificates name them.

import { type Certificate, CertificateChainValidationEngine } from "pkijs";
import type { FindIssuer } from "./issuer-certificates";

/** Most issuers that are fetched: as many as a path may have between the certificate and its root. */
const MAX_FETCHED = 3;

export interface PathParts {
  readonly roots: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  readonly findIssuer: FindIssuer;
}

export type BuiltPath =
  | { readonly kind: "path"; readonly path: readonly Certificate[] }
  | { readonly kind: "refused"; readonly because: string }
  | { readonly kind: "unavailable"; readonly because: string };

/** The validated path, certificate first. */
export async function buildPath(
  parts: PathParts,
  leaf: Certificate,
  { nowMs, until }: { readonly nowMs: number; readonly until?: AbortSignal | undefined },
): Promise<BuiltPath> {
  const fetched: Certificate[] = [];
  for (;;) {
    const built = await validated({ ...parts, intermediates: [...parts.intermediates, ...fetched] }, leaf, nowMs);
    if (built.kind === "path" || fetched.length === MAX_FETCHED) return built;
    const issuer = await parts.findIssuer(fetched.at(-1) ?? leaf, until);
    if (issuer.kind === "unavailable") return { kind: "unavailable", because: `issuer-${issuer.because}` };
    if (issuer.kind === "none") return built;
    fetched.push(issuer.certificate);
  }
}

async function validated(
  { roots, intermediates }: PathParts,
  leaf: Certificate,
  nowMs: number,
): Promise<Exclude<BuiltPath, { kind: "unavailable" }>> {
  const engine = new CertificateChainValidationEngine({
    trustedCerts: [...roots],
    certs: [...intermediates, leaf],
    checkDate: new Date(nowMs),
  });
  const built = await engine.verify();
  if (!built.result) return { kind: "refused", because: `path-${String(built.resultCode)}` };
  return { kind: "path", path: built.certificatePath ?? [] };
}
