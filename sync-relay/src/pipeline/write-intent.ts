// Before a write: the observation, the decision and the values about to be sent are made durable. After a crash or a
// time-out the relay then knows its own write when it meets it, and does not take it for somebody's edit.

import { sameJson } from "../core/json";
import type { Side } from "../core/merge/conflict";
import type { FieldValues, Pair, Unconfirmed } from "../core/pair";
import type { Reconciliation } from "../core/reconcile";
import { checkpoint, type Run } from "./run";

/** Makes the decision durable, unless what is stored already covers the values about to be written. */
export async function intendWrites(run: Run, decision: Reconciliation): Promise<void> {
  const pair: Pair = {
    ...run.pair,
    fields: decision.fields,
    held: decision.held,
    unconfirmedCrm: candidates(run.pair.unconfirmedCrm, run.pair.crm?.version ?? "", {
      values: decision.toCrm,
      replaced: observed(decision, "crm", decision.toCrm),
    }),
    unconfirmedPartnerCenter: candidates(run.pair.unconfirmedPartnerCenter, run.pair.partnerCenter?.eTag ?? "", {
      values: decision.sent,
      replaced: observed(decision, "partnerCenter", decision.sent),
    }),
  };
  if (covers(run.durable, decision) && sameCandidates(run.durable, pair)) run.pair = pair;
  else await checkpoint(run, pair);
}

/** Values about to be sent, and what stands in their places. */
interface Sending {
  readonly values: FieldValues;
  readonly replaced: FieldValues;
}

/**
 * Values sent under one version add up: a late write of an older decision may still land while the version stands.
 * Under a new version nothing sent before can land any more.
 */
function candidates(before: Unconfirmed | null, version: string, sending: Sending): Unconfirmed | null {
  const isCurrent = before?.version === version;
  const current = isCurrent ? before.candidates : [];
  const replaced = { ...(isCurrent ? before.replaced : {}), ...sending.replaced };
  const isKnown = current.some((candidate) => sameJson(candidate, sending.values));
  const isNew = Object.keys(sending.values).length > 0 && !isKnown;
  if (isNew) return { version, candidates: [...current, sending.values], replaced };
  return current.length === 0 ? null : { version, candidates: current, replaced };
}

function observed({ fields }: Reconciliation, side: Side, sent: FieldValues): FieldValues {
  return Object.fromEntries(Object.keys(sent).map((field) => [field, fields[field]?.[side] ?? null]));
}

/** Whether the stored memory of the fields about to be written is the one that they were decided by. */
function covers(durable: Pair, decision: Reconciliation): boolean {
  return [...Object.keys(decision.toCrm), ...Object.keys(decision.sent)].every((field) => {
    const stored = durable.fields[field];
    const wanted = decision.fields[field];
    const isStored = stored !== undefined && wanted !== undefined;
    return isStored && memoryParts.every((part) => sameJson(stored[part], wanted[part]));
  });
}

const memoryParts = ["crm", "partnerCenter", "decided"] as const;

function sameCandidates(durable: Pair, pair: Pair): boolean {
  return (
    isStored(durable.unconfirmedCrm, pair.unconfirmedCrm) &&
    isStored(durable.unconfirmedPartnerCenter, pair.unconfirmedPartnerCenter)
  );
}

/** The same values under another version are another write: it may still land when the first one cannot. */
function isStored(stored: Unconfirmed | null, wanted: Unconfirmed | null): boolean {
  if (wanted === null) return true;
  return (
    stored?.version === wanted.version &&
    wanted.candidates.every((values) => stored.candidates.some((known) => sameJson(known, values)))
  );
}
