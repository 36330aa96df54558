// The create protocol without an idempotency key: durable intent with a frozen payload → POST → when in doubt look it
// up → wait out the quarantine → POST the same bytes again. Shared by one's own referral and Microsoft's.

import { afterNothingFound, firstLookUpMs, inheritedIntent, mayHaveBegun } from "../core/create-doubt";
import { toRelayError } from "../core/errors";
import type { JsonObject } from "../core/json";
import { must } from "../core/must";
import type { Opportunity } from "../core/opportunity";
import type { CreateIntent, FieldValues } from "../core/pair";
import type { Referral } from "../core/referral";
import { isPaused } from "./pause";
import { checkpoint, type Run, type RunOutcome } from "./run";
import { storeBornAtMs } from "./store-birth";

/** A referral that exists now. */
export interface CreatedNow {
  readonly kind: "created";
  readonly referral: Referral;
  /** True when this is the answer to the post; false when it was found later and may have changed since. */
  readonly answered: boolean;
}

export type Created =
  | CreatedNow
  /** Nobody knows yet; the pair waits. */
  | { readonly kind: "in-doubt"; readonly outcome: RunOutcome }
  /** It never happened, and is not wanted any more. */
  | { readonly kind: "dropped" }
  /** An admin has paused the direction: nothing is sent now. */
  | { readonly kind: "paused" };

/** What is to be created, and how an earlier try that got through is found. */
export interface Creation {
  readonly kind: "create-referral" | "invite-microsoft";
  readonly opportunity: Opportunity;
  readonly payload: () => JsonObject;
  readonly values: FieldValues;
  /** Whether it is still to be sent, should it prove never to have happened. */
  readonly wanted: boolean;
  readonly find: (intent: CreateIntent) => Promise<Referral | null>;
}

export async function create(run: Run, creation: Creation): Promise<Created> {
  const pending = await pendingOf(run, creation);
  if (pending === null) return first(run, creation);
  const found = await creation.find(pending);
  if (found !== null) return { kind: "created", referral: found, answered: false };
  const now = run.parts.clock.now();
  const intent = { ...pending, lookedUpAtMs: [...pending.lookedUpAtMs, now] };
  const doubt = afterNothingFound(intent, now, run.parts.rules.quarantineMs);
  if (doubt.kind === "wait") {
    run.pair = { ...run.pair, intent };
    return waiting(doubt.untilMs);
  }
  if (creation.wanted) return pending.inherited === true ? first(run, creation) : send(run, intent, intent);
  run.pair = { ...run.pair, intent: null };
  return { kind: "dropped" };
}

/** What may be under way already: of this store, or of one before it that was lost. Null when nothing can be. */
async function pendingOf(run: Run, { kind, opportunity }: Creation): Promise<CreateIntent | null> {
  if (run.pair.intent?.kind === kind) return run.pair.intent;
  const bornAtMs = await storeBornAtMs(run.parts);
  const inherits = mayHaveBegun(opportunity, { bornAtMs, nowMs: run.parts.clock.now() });
  return inherits ? inheritedIntent(kind, bornAtMs) : null;
}

async function first(run: Run, creation: Creation): Promise<Created> {
  const now = run.parts.clock.now();
  const intent: CreateIntent = {
    kind: creation.kind,
    requestId: run.parts.random.uuid(),
    startedAtMs: now,
    sentAtMs: now,
    payload: creation.payload(),
    values: creation.values,
    lookedUpAtMs: [],
  };
  return send(run, intent, null);
}

/** `doubted` is the intent as it stands when an earlier try may still show; null for the first try. */
async function send(run: Run, intent: CreateIntent, doubted: CreateIntent | null): Promise<Created> {
  if (await isPaused(run, "crm-to-partner-center")) {
    run.pair = { ...run.pair, intent: doubted };
    return { kind: "paused" };
  }
  const now = run.parts.clock.now();
  await checkpoint(run, { ...run.pair, intent: { ...intent, sentAtMs: now, lookedUpAtMs: [] } });
  const { requestId, payload } = must(run.pair.intent, "the intent was just saved");
  try {
    const referral = await run.parts.partnerCenter.create(payload, { requestId, correlationId: run.correlationId });
    return { kind: "created", referral, answered: true };
  } catch (thrown) {
    const error = toRelayError(thrown);
    // A bug of ours in reading the answer says nothing about what happened over there.
    if (error.details.inDoubt === true || error.kind === "bug") return waiting(firstLookUpMs(now));
    // A definite no: nothing was created, so the next try may send what the opportunity holds then. Unless only this
    // repetition was turned away, which says nothing about the tries before it.
    run.pair = { ...run.pair, intent: error.kind === "rejected" ? null : doubted };
    throw error;
  }
}

function waiting(untilMs: number): Created {
  return {
    kind: "in-doubt",
    outcome: { outcome: "create-in-doubt", next: { kind: "later", atMs: untilMs, keepEvents: true } },
  };
}
