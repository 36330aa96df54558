// Turns a claim into a run and a run into its result, whatever happens on the way.

import { isEcho } from "../core/echo";
import { toRelayError } from "../core/errors";
import { idOfKey } from "../core/event";
import { sameJson } from "../core/json";
import { newPair, type Pair } from "../core/pair";
import type { Claim, RunResult } from "../ports/work-queue";
import { afterFailure } from "./failure";
import { withHeldBack } from "./pause";
import { routeReferral } from "./route-referral";
import { NOTHING_NEXT, type Run, type RunOutcome } from "./run";
import type { SyncParts } from "./sync-parts";
import { syncOpportunity } from "./sync-opportunity";
import { verifiedEvents } from "./verified-events";

/** Pause before the certificate of a stored event is asked for again. */
const CERTIFICATE_PAUSE_MS = 60_000;

/** Pause before the end of a run is tried again while the store cannot take it. */
const STORE_AWAY_PAUSE_MS = 1_000;

/** Runs one claim to its end. Never throws. */
export async function runClaim(parts: SyncParts, claim: Claim): Promise<void> {
  const startedMs = parts.clock.now();
  const run = startRun(parts, claim);
  const outcome = await outcomeOf(run);
  const result = resultOf(run, outcome);
  for (let tries = 1; !(await isOver(parts, claim, { result, tries })); tries += 1) {
    await parts.clock.sleep(STORE_AWAY_PAUSE_MS);
  }
  measure(run, { outcome: outcome.outcome, startedMs });
}

/**
 * Tries to end a run; false while the database is away or has no room. A claim that was let go then would be given out
 * again and again, as if each of its workers had died, and in the end the pair would be taken for what kills them.
 */
async function isOver(
  { queue, log }: SyncParts,
  claim: Claim,
  { result, tries }: { readonly result: RunResult; readonly tries: number },
): Promise<boolean> {
  try {
    await queue.finish(claim, result);
    return true;
  } catch (thrown) {
    const { code } = toRelayError(thrown);
    if (tries === 1 || code !== "CS-1301") log.warn("a run could not be ended", { code, key: claim.key });
    // Somebody else holds the pair now, or it cannot be stored: the events are still there and come again.
    return code !== "CS-1301";
  }
}

function startRun(parts: SyncParts, claim: Claim): Run {
  const pair = claim.pair ?? newPair(idOfKey(claim.key));
  const correlationId = claim.events.at(-1)?.event.correlationId ?? parts.random.uuid();
  // A run keeps to one mapping, whatever is applied meanwhile.
  return {
    parts: { ...parts },
    claim,
    events: [],
    correlationId,
    pair,
    durable: pair,
    audit: [...pair.unreported],
    heldBack: new Set(),
  };
}

async function outcomeOf(started: Run): Promise<RunOutcome> {
  try {
    const { events, waits } = await verifiedEvents(started.parts, started.claim.events);
    started.events = events;
    const outcome = await withHeldBack(started, await workOn(started));
    return waits ? lookAgain(started, outcome) : outcome;
  } catch (thrown) {
    return withHeldBack(started, await afterFailure(started, thrown));
  }
}

async function workOn(run: Run): Promise<RunOutcome> {
  const nothingUsable = run.claim.events.length > 0 && run.events.length === 0;
  if (nothingUsable) return { outcome: "nothing-usable", next: NOTHING_NEXT };
  return run.claim.key.startsWith("ref:") ? routeReferral(run, idOfKey(run.claim.key)) : syncOpportunity(run);
}

/** The end of a run whose claim holds events that cannot be checked yet. That is no failure of the pair. */
function lookAgain({ parts }: Run, { outcome, next }: RunOutcome): RunOutcome {
  if (next.kind !== "none") return { outcome, next };
  const atMs = parts.clock.now() + CERTIFICATE_PAUSE_MS;
  return { outcome, next: { kind: "later", atMs, keepEvents: true } };
}

function resultOf(run: Run, outcome: RunOutcome): RunResult {
  run.pair = { ...run.pair, unreported: [] };
  return { pair: worthSaving(run) ? run.pair : null, audit: run.audit, next: outcome.next };
}

/** A pair is stored once it means something: it is shared, has a referral, failed, or was stored before and changed. */
function worthSaving(run: Run): boolean {
  const { pair, durable } = run;
  if (pair.revision === 0 && run.claim.key.startsWith("ref:")) return pair.referralId !== null;
  const failed = pair.failures > 0 || pair.deadBecause !== null;
  if (pair.revision === 0) return pair.crm?.section.syncOn === true || pair.referralId !== null || failed;
  return !samePair(pair, durable);
}

function samePair(a: Pair, b: Pair): boolean {
  if (a === b) return true;
  const keys = Object.keys(a) as (keyof Pair)[];
  return keys.every((key) => sameJson(asJson(a[key]), asJson(b[key])));
}

/** A pair holds nothing but JSON. */
function asJson(value: Pair[keyof Pair]): Parameters<typeof sameJson>[0] {
  return value as Parameters<typeof sameJson>[0];
}

function measure(run: Run, end: { readonly outcome: string; readonly startedMs: number }): void {
  const { clock, metrics, log } = run.parts;
  const now = clock.now();
  metrics.count("cosell_reconcile_total", { outcome: end.outcome });
  metrics.observe("cosell_reconcile_duration_seconds", (now - end.startedMs) / 1000);
  const oldest = run.claim.events.filter(({ event }) => !isEcho(event, run.durable)).map((event) => event.receivedAtMs);
  if (end.outcome === "written") {
    const lagMs = now - Math.min(now, ...oldest);
    metrics.observe("cosell_sync_lag_seconds", lagMs / 1000);
  }
  log.debug("a run ended", {
    key: run.claim.key,
    outcome: end.outcome,
    correlationId: run.correlationId,
    ms: now - end.startedMs,
  });
}
