/** How webhook deliveries go wrong. Shares are between 0 and 1. */
export interface DeliveryFaults {
  /** False stops all deliveries; what happens meanwhile is never delivered. */
  enabled: boolean;
  loseShare: number;
  duplicateShare: number;
  /** Wait before each delivery, milliseconds. */
  delayMs: number;
  /** A further random wait below this, which mixes up the order, milliseconds. */
  shuffleWithinMs: number;
}

/** What happens to one delivery. */
export type DeliveryFate = { readonly kind: "lost" } | { readonly kind: "sent"; readonly delaysMs: readonly number[] };

/** Deliveries without faults. */
export const noDeliveryFaults: Readonly<DeliveryFaults> = {
  enabled: true,
  loseShare: 0,
  duplicateShare: 0,
  delayMs: 0,
  shuffleWithinMs: 0,
};

/** Draws the fate of one delivery; a second delay means a second copy. */
export function drawFate(faults: DeliveryFaults, random: () => number): DeliveryFate {
  if (!faults.enabled || random() < faults.loseShare) return { kind: "lost" };
  const delay = (): number => faults.delayMs + Math.floor(random() * faults.shuffleWithinMs);
  const first = delay();
  return { kind: "sent", delaysMs: random() < faults.duplicateShare ? [first, delay()] : [first] };
}

/** A repeatable source of numbers in [0, 1) (the mulberry32 generator). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
