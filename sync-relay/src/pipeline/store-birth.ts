import type { Clock } from "../ports/clock";
import type { PairStore } from "../ports/pair-store";
import { CRM_POSITION } from "./sweep-positions";

/** Name of the fact that holds when the store was first worked with. */
export const STORE_BORN_FACT = "store-born-at";

/** When the store was made, milliseconds by the relay's clock. The first who asks notes it, before anything is created. */
export async function storeBornAtMs(parts: {
  readonly pairs: Pick<PairStore, "fact" | "setFact">;
  readonly clock: Pick<Clock, "now">;
}): Promise<number> {
  const known = await parts.pairs.fact(STORE_BORN_FACT);
  if (known !== null) return Number(known);
  // A store that has looked at the CRM before was made by a version that did not note it.
  const isOlder = (await parts.pairs.fact(CRM_POSITION)) !== null;
  const bornAtMs = isOlder ? 0 : parts.clock.now();
  await parts.pairs.setFact(STORE_BORN_FACT, String(bornAtMs));
  return bornAtMs;
}
