import type { Pair } from "../../core/pair";

/** Whether a create of this pair was sent and nobody knows yet whether it happened. */
export function isInDoubt({ intent }: Pair): boolean {
  return intent !== null && intent.sentAtMs !== null;
}
