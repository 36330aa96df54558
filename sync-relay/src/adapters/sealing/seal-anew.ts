import type { SecretStore } from "../../ports/secret-store";
import type { Sealing } from "./sealing";

export type SealedAnew = "sealed" | "forgotten" | "unopenable";

export interface SealAnew {
  readonly secrets: SecretStore;
  /** Knows all keys; the first one seals. */
  readonly sealing: Sealing;
}

/**
 * Seals a stored secret with the first key, while others may renew or forget it: a value that came in between stays,
 * and is sealed anew in its turn.
 */
export async function sealAnew({ secrets, sealing }: SealAnew, name: string): Promise<SealedAnew> {
  for (;;) {
    const from = await secrets.load(name);
    if (from === null) return "forgotten";
    const text = opened(sealing, name, from);
    if (text === null) return "unopenable";
    if (await secrets.replace(name, { from, to: sealing.seal(name, text) })) return "sealed";
  }
}

function opened(sealing: Sealing, name: string, sealed: string): string | null {
  try {
    return sealing.open(name, sealed);
  } catch {
    return null;
  }
}
