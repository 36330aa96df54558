// What a command asks of the relay goes the way of every event: into the inbox, from where the relay that runs takes it.
// A command never syncs by itself, so there is one writer a pair, whoever asks.

import { idOfKey, opportunityKey, pairKeyOf, referralKey, type PairKey, type RelayEvent } from "../core/event";
import { MICROSOFT_ORGANIZATION } from "../core/referral";
import type { AbortSignalLike, Clock, Random } from "../ports/clock";
import type { Inbox } from "../ports/inbox";
import type { OperatorStore } from "../ports/operator-store";
import type { PairStore } from "../ports/pair-store";
import type { PartnerCenter } from "../ports/partner-center";
import { askedFor } from "./dry-run";

/** Opportunities that changed, by the CRM's own time. */
export interface ChangedOpportunities {
  changedSince(sinceMs: number): Promise<readonly string[]>;
}

export interface AskParts {
  readonly inbox: Inbox;
  readonly operator: Pick<OperatorStore, "waitingOf" | "keysSince">;
  readonly random: Random;
  readonly clock: Clock;
}

/** Events stored in one transaction, and pairs that are looked up together. */
const AT_ONCE = 500;
const LOOK_EVERY_MS = 300;

/** What was asked for, to see when it is done. */
export interface Asked {
  readonly keys: readonly PairKey[];
  readonly dedupeIds: readonly string[];
}

/** Asks for a run of each key that reads both sides anew. */
export async function askFor(parts: AskParts, keys: readonly PairKey[]): Promise<Asked> {
  const asking = parts.random.uuid();
  const events = keys.map((key): RelayEvent => askedFor(key, { dedupeId: `${key}:${asking}`, correlationId: asking }));
  for (let from = 0; from < events.length; from += AT_ONCE) {
    await parts.inbox.put(events.slice(from, from + AT_ONCE).map((event) => ({ event })));
  }
  return { keys: events.map(pairKeyOf), dedupeIds: events.map(({ dedupeId }) => dedupeId) };
}

/** Waits until everything is done, or for so long; tells how much is left at each look. Answers what is left. */
export async function untilDone(
  { operator, clock }: Pick<AskParts, "operator" | "clock">,
  { dedupeIds }: Asked,
  wait: { readonly forMs: number; readonly stopping: AbortSignalLike; readonly tell: (left: number) => void },
): Promise<number> {
  const giveUpAtMs = clock.now() + wait.forMs;
  for (;;) {
    const left = await operator.waitingOf("redrive", dedupeIds);
    wait.tell(left);
    if (left === 0 || wait.stopping.aborted || clock.now() >= giveUpAtMs) return left;
    await clock.sleep(LOOK_EVERY_MS, wait.stopping);
  }
}

/** A referral of a known pair is looked at with its opportunity. */
async function keyOfPair(pairs: Pick<PairStore, "byReferral">, key: PairKey): Promise<PairKey> {
  const pair = key.startsWith("ref:") ? await pairs.byReferral(idOfKey(key)) : null;
  return pair === null ? key : opportunityKey(pair.opportunityId);
}

/** Everything that changed on either side since then, and everything that told of it. */
export async function keysToReplay(
  parts: Pick<AskParts, "operator" | "random"> & {
    readonly opportunities: ChangedOpportunities;
    readonly pairs: Pick<PairStore, "byReferral">;
    readonly partnerCenter: Pick<PartnerCenter, "listChangedSince">;
  },
  sinceMs: number,
): Promise<readonly PairKey[]> {
  const [told, opportunities, referrals] = await Promise.all([
    parts.operator.keysSince(sinceMs),
    parts.opportunities.changedSince(sinceMs),
    parts.partnerCenter.listChangedSince(sinceMs, parts.random.uuid()),
  ]);
  const own = referrals.filter(({ organizationId }) => organizationId !== MICROSOFT_ORGANIZATION);
  const changed = [...opportunities.map(opportunityKey), ...own.map(({ id }) => referralKey(id))];
  const found = [...new Set([...told, ...changed])];
  const keys = new Set<PairKey>();
  // All at once they would wait for a connection for longer than it is waited for.
  for (let from = 0; from < found.length; from += AT_ONCE) {
    const some = found.slice(from, from + AT_ONCE).map((key) => keyOfPair(parts.pairs, key));
    for (const key of await Promise.all(some)) keys.add(key);
  }
  return [...keys];
}
