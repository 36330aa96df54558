// Before a write: the observation, the decision and the values about to be sent are made durable. After a crash or a
// time-out the relay then knows its own write when it meets it, and does not take it for somebody's edit.

import { sameJson } from "../core/json";
import type { FieldValues, Pair, Unconfirmed } from "../core/pair";
import type { Reconciliation } from "../core/reconcile";
import { checkpoint, type Run } from "./run";

/** Makes the decision durable, unless what is stored already covers the values about to be written. */
export async function intendWrites(run: Run, decision: Reconciliation): Promise<void> {
  const pair: Pair = {
    ...run.pair,
    fields: decision.fields,
    held: decision.held,
    unconfirmedCrm: candidates(run.pair.unconfirmedCrm, run.pair.crm?.version ?? "", decision.toCrm),
    unconfirmedPartnerCenter: candidates(
      run.pair.unconfirmedPartnerCenter,
      run.pair.partnerCenter?.eTag ?? "",
      decision.sent,
    ),
  };
  if (covers(run.durable, decision) && sameCandidates(run.durable, pair)) run.pair = pair;
  else await checkpoint(run, pair);
}

/**
 * Values sent under one version add up: a late write of an older decision may still land while the version stands.
 * Under a new version nothing sent before can land any more.
 */
function candidates(before: Unconfirmed | null, version: string, values: FieldValues): Unconfirmed | null {
  const current = before?.version === version ? before.candidates : [];
  if (Object.keys(values).length === 0) return current.length === 0 ? null : { version, candidates: current };
  if (current.some((candidate) => sameJson(candidate, values))) return { version, candidates: current };
  return { version, candidates: [...current, values] };
}

function covers(durable: Pair, decision: Reconciliation): boolean {
  return [...Object.keys(decision.toCrm), ...Object.keys(decision.sent)].every((field) => {
    const stored = durable.fields[field];
    const wanted = decision.fields[field];
    return stored !== undefined && sameJson(stored.crm, wanted?.crm) && sameJson(stored.decided, wanted?.decided);
  });
}

function sameCandidates(durable: Pair, pair: Pair): boolean {
  const all = [...(pair.unconfirmedCrm?.candidates ?? []), ...(pair.unconfirmedPartnerCenter?.candidates ?? [])];
  const stored = [
    ...(durable.unconfirmedCrm?.candidates ?? []),
    ...(durable.unconfirmedPartnerCenter?.candidates ?? []),
  ];
  return all.every((values) => stored.some((known) => sameJson(known, values)));
}
