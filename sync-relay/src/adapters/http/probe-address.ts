import { connect } from "node:tls";

/** What answers at an address. */
export type ProbedAddress =
  | { readonly kind: "relay"; readonly version: string; readonly tlsEndsAtMs: number | null }
  | { readonly kind: "other" }
  | { readonly kind: "unreachable" };

const ANSWERS_WITHIN_MS = 5_000;
const OWN_NAME = "cosell-sync";

/** Asks an address whether a relay of this product is there. Never throws. */
export async function probeAddress(url: string): Promise<ProbedAddress> {
  try {
    const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    const answer = await fetch(`${url}/version`, { signal, redirect: "manual" });
    const version = versionIn(await answer.text());
    if (!answer.ok || version === null) return { kind: "other" };
    return { kind: "relay", version, tlsEndsAtMs: url.startsWith("https:") ? await tlsEnd(new URL(url)) : null };
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

/** When the certificate ends that the address shows; null when it shows none. */
function tlsEnd({ hostname, port }: URL): Promise<number | null> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port || 443), servername: hostname });
    const end = (endsAtMs: number | null): void => {
      socket.destroy();
      resolve(endsAtMs);
    };
    socket.setTimeout(ANSWERS_WITHIN_MS, () => end(null));
    socket.once("error", () => end(null));
    socket.once("secureConnect", () => {
      const endsAtMs = Date.parse(socket.getPeerCertificate().valid_to);
      end(Number.isNaN(endsAtMs) ? null : endsAtMs);
    });
  });
}
