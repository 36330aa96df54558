// I4: the relay invents no value. I6: it does not go back and forth. I3: what lost a conflict is in the audit trail.

import { sameJson } from "../../src/core/json";
import type { AuditEntry } from "../../src/core/audit-entry";
import type { End } from "./end";
import type { Edit, Written } from "../ledger";
import { alike, bad, isCanonicalised, isCutOff, isDoubled, isNearLoss, isSamePlace, short, show } from "./finding";

export function checkWrittenValues(end: End): void {
  const { edits, written } = end.ledger;
  // People may change the referral that is not followed; the ledger keeps that with the same opportunity.
  const doubled = new Set(end.clouds.crm.all().flatMap(({ id }) => (isDoubled(end, id) ? [id] : [])));
  for (const [at, write] of written.entries()) {
    const about = edits.filter(
      ({ opportunityId, field }) => opportunityId === write.opportunityId && field === write.field,
    );
    if (!about.some((edit) => edit.atMs <= write.atMs && alike(end, edit.value, write.after))) {
      bad(end, `I4 ${write.field}: nobody ever wrote ${show(write.after)}`);
    }
    if (doubled.has(write.opportunityId)) continue;
    if (mayNotGoBack(end, write)) checkNotBack(end, write, { earlier: written.slice(0, at), about });
    checkLoserTold(end, write, about);
  }
}

/** Where the same value comes back on purpose, or a request of a lost store or to make a deleted record lands, it may. */
function mayNotGoBack(end: End, { opportunityId, atMs }: Written): boolean {
  return !end.profile.fewValues && !isNearLoss(end, opportunityId, atMs) && !end.deleted.has(opportunityId);
}

interface Past {
  readonly earlier: readonly Written[];
  readonly about: readonly Edit[];
}

function checkNotBack(end: End, write: Written, { earlier, about }: Past): void {
  const left = earlier.find((old) => isSamePlace(old, write) && sameJson(old.before, write.after));
  if (left === undefined) return;
  const again = about.some((edit) => edit.atMs >= left.atMs && alike(end, edit.value, write.after));
  if (again) return;
  bad(end, `I6 ${short(write.opportunityId)} ${write.field} went back to ${show(write.after)} on ${write.side}`);
}

/** A value that somebody gave and that never reached the other side is replaced only with a word in the audit trail. */
function checkLoserTold(end: End, write: Written, about: readonly Edit[]): void {
  if (isUnclear(end, write)) return;
  const last = about.findLast((edit) => edit.side === write.side && edit.atMs <= write.atMs);
  const isEdit = last !== undefined && !last.initial && sameJson(last.value, write.before);
  if (!isEdit || wasCarriedOver(end, write)) return;
  // Somebody changed it again before anybody could know that the write had arrived.
  const changedAgain = about.some((edit) => edit.side === write.side && edit.atMs >= write.atMs);
  if (changedAgain || end.data.audit.some((entry) => tellsOf(entry, write))) return;
  bad(end, `I3 ${short(write.opportunityId)} ${write.field}: ${show(write.before)} was replaced and nobody is told`);
}

/** Where the trail is gone, or the same value comes back, nobody can say what lost. */
function isUnclear(end: End, write: Written): boolean {
  const { storeLoss, fewValues } = end.profile;
  return storeLoss !== "never" || fewValues || isCanonicalised(end, write.field) || isCutOff(end, write);
}

function wasCarriedOver({ ledger }: End, write: Written): boolean {
  return ledger.written.some(
    (other) => other.side !== write.side && isSameField(other, write) && sameJson(other.after, write.before),
  );
}

function isSameField(a: Written, b: Written): boolean {
  return a.opportunityId === b.opportunityId && a.field === b.field;
}

function tellsOf({ opportunityId, changes }: AuditEntry, { opportunityId: id, field, before }: Written): boolean {
  if (opportunityId !== id) return false;
  return changes.some((change) => {
    return change.field === field && (sameJson(change.lost, before) || sameJson(change.before, before));
  });
}
