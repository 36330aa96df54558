/** What answers at an address. */
export type ProbedAddress =
  { readonly kind: "relay"; readonly version: string } | { readonly kind: "other" } | { readonly kind: "unreachable" };

const ANSWERS_WITHIN_MS = 5_000;
const OWN_NAME = "cosell-sync";

/** Asks an address whether a relay of this product is there. Never throws. */
export async function probeAddress(url: string): Promise<ProbedAddress> {
  try {
    const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    const answer = await fetch(`${url}/version`, { signal, redirect: "manual" });
    const version = versionIn(await answer.text());
    return answer.ok && version !== null ? { kind: "relay", version } : { kind: "other" };
  } catch {
    return { kind: "unreachable" };
  }
}

function versionIn(text: string): string | null {
  try {
    const { name, version } = JSON.parse(text) as { readonly name?: unknown; readonly version?: unknown };
    return name === OWN_NAME && typeof version === "string" ? version : null;
  } catch {
    return null;
  }
}
