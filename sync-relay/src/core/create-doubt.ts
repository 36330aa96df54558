// What to do about a create of which nobody knows whether it happened. Partner Center has no idempotency key that can be
// relied on, so the relay looks before it sends again, and waits long enough for a late effect to show.

import type { Opportunity } from "./opportunity";
import type { CreateIntent } from "./pair";

/** Look-ups after a create in doubt, counted from the moment it was sent; the last one is the quarantine's end. */
const LOOK_UP_AFTER_MS: readonly number[] = [10_000, 30_000, 60_000];
/** Two look-ups that found nothing must lie this far apart before the create may be sent again. */
const LOOK_UPS_APART_MS = 30_000;
/**
 * How far before the intent the search begins. The list is cut by the server's clock and the intent is dated by ours: a
 * relay that is ahead by more than this would not find its own create and send it twice.
 */
export const LOOK_UP_OVERLAP_MS = 60 * 60_000;

/** How long after its making a store asks itself what a store before it may have begun. The first sweeps are long over. */
const YOUNG_FOR_MS = 60 * 60_000;

export type Doubt =
  | { readonly kind: "wait"; readonly untilMs: number }
  /** Waited long enough, found nothing twice: send the same bytes again. */
  | { readonly kind: "send-again" };

/** Decides after a look-up found nothing. `intent` already holds that look-up. */
export function afterNothingFound(intent: CreateIntent, nowMs: number, quarantineMs: number): Doubt {
  const sentAt = intent.sentAtMs ?? intent.startedAtMs;
  const [first] = intent.lookedUpAtMs;
  const last = intent.lookedUpAtMs.at(-1);
  const farApart =
    quarantineMs === 0 ||
    intent.inherited === true ||
    (first !== undefined && last !== undefined && last - first >= LOOK_UPS_APART_MS);
  if (nowMs >= sentAt + quarantineMs && farApart) return { kind: "send-again" };
  const looks = [...LOOK_UP_AFTER_MS, quarantineMs].map((after) => sentAt + after).filter((time) => time > nowMs);
  return { kind: "wait", untilMs: looks.length === 0 ? nowMs + LOOK_UPS_APART_MS : Math.min(...looks) };
}

/** When a create that was sent just now is to be looked up first. */
export function firstLookUpMs(sentAtMs: number): number {
  return sentAtMs + (LOOK_UP_AFTER_MS[0] ?? 0);
}

/**
 * Whether a store that was lost may have begun to create something for this opportunity. One that was made after the
 * store cannot be known to an earlier one.
 */
export function mayHaveBegun({ createdAt }: Opportunity, store: { bornAtMs: number; nowMs: number }): boolean {
  const isYoungStore = store.nowMs < store.bornAtMs + YOUNG_FOR_MS;
  const madeSince = Date.parse(createdAt ?? "") > store.bornAtMs;
  return isYoungStore && !madeSince;
}

/** The create that a store before this one may have sent until the moment it was lost. */
export function inheritedIntent(kind: CreateIntent["kind"], bornAtMs: number): CreateIntent {
  return {
    kind,
    requestId: "",
    startedAtMs: bornAtMs,
    sentAtMs: bornAtMs,
    payload: {},
    values: {},
    lookedUpAtMs: [],
    inherited: true,
  };
}
