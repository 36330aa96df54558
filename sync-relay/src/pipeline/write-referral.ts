import type { FieldChange } from "../core/audit-entry";
import type { Reconciliation } from "../core/reconcile";
import { delivered } from "../core/merge/delivered";
import { readReferral } from "../core/mapping/read-referral";
import { must } from "../core/must";
import { isClosed, type PatchOperation, type Referral } from "../core/referral";
import { noteConflicts, withLost } from "./conflicts";
import type { Progress, RoundEnd } from "./progress";
import { isPaused } from "./pause";
import { readOwnReferral } from "./read-own-referral";
import { endWithoutReferral } from "./referral-gone";
import { report, type Run } from "./run";
import { intendWrites } from "./write-intent";

/** Writes what the referral is to take, in one conditional update. `settled` when there is nothing to write. */
export async function writeReferral(run: Run, decision: Reconciliation, progress: Progress): Promise<RoundEnd> {
  const referral = must(run.pair.partnerCenter, "a linked pair has a referral");
  const operations = [...decision.operations, ...ownOperations(run, referral, decision)];
  if (operations.length === 0) return { kind: "settled" };
  noteConflicts(run, decision, progress);
  if (await isPaused(run, "crm-to-partner-center")) return { kind: "settled" };
  await intendWrites(run, decision);
  const condition = { eTag: referral.eTag, correlationId: run.correlationId };
  const written = await run.parts.partnerCenter.patch(referral.id, operations, condition);
  switch (written.kind) {
    case "written":
      confirm(run, decision, { progress, before: referral, after: written.referral });
      return { kind: "again" };
    case "stale":
      return reread(run, referral.id);
    case "missing":
    case "forbidden":
      return { kind: "ended", outcome: await endWithoutReferral(run, written.kind) };
  }
}

/**
 * Operations that are not fields: the opportunity's id on the referral, and a write without effect that makes a
 * late earlier write impossible (it was conditional on the eTag that this one replaces).
 */
function ownOperations(run: Run, referral: Referral, decision: Reconciliation): readonly PatchOperation[] {
  if (isClosed(referral)) return [];
  const { opportunityId, unconfirmedPartnerCenter } = run.pair;
  const named = referral.externalReferenceId?.toLowerCase() === opportunityId;
  const mayLandLate = decision.operations.length === 0 && unconfirmedPartnerCenter?.version === referral.eTag;
  return named && !mayLandLate ? [] : [{ op: "replace", path: "/externalReferenceId", value: opportunityId }];
}

interface Confirmed {
  readonly progress: Progress;
  readonly before: Referral;
  readonly after: Referral;
}

function confirm(run: Run, decision: Reconciliation, { progress, after }: Confirmed): void {
  const { map } = run.parts;
  const kept = readReferral(map, after).values;
  const fields = delivered(decision.fields, { fields: map.fields, side: "partnerCenter", sent: decision.sent, kept });
  run.pair = { ...run.pair, fields, partnerCenter: after, unconfirmedPartnerCenter: null };
  for (const field of Object.keys(decision.sent)) progress.written.partnerCenter.add(field);
  const changes = Object.entries(decision.sent).map(([field, value]): FieldChange => {
    return { field, before: decision.fields[field]?.partnerCenter ?? null, after: value };
  });
  if (changes.length === 0) return;
  report(run, {
    direction: "crm-to-partner-center",
    action: "update",
    result: "done",
    changes: withLost(changes, progress),
  });
}

async function reread(run: Run, referralId: string): Promise<RoundEnd> {
  const ended = await readOwnReferral(run, referralId);
  return ended === null ? { kind: "again" } : { kind: "ended", outcome: ended };
}
