// I11: every write of a value is in the audit trail, nothing is there more often than it was done, and every entry says
// which run it belongs to.

import { fieldKeys } from "../../src/core/deal-kind";
import { sameJson, type Json } from "../../src/core/json";
import type { Side } from "../../src/core/merge/conflict";
import type { End } from "./end";
import type { Written } from "../ledger";
import { followedFields } from "../maps";
import { bad, isCanonicalised, isCutOff, isSamePlace, short, show, type Place } from "./finding";

type Told = Place & { readonly after: Json };

export function checkAuditTrail(end: End): void {
  for (const { action, correlationId } of end.data.audit) {
    if (correlationId === "") bad(end, `I11 an entry of ${action} belongs to no run`);
  }
  checkRule(end);
  if (end.profile.storeLoss !== "never") return;
  const told = toldUpdates(end);
  for (const [at, write] of end.ledger.written.entries()) checkTold(end, told, { write, at });
  if (!end.profile.fewValues) checkDone(end, told);
}

/** I3: who wins is what the rule says, and where people are to be asked nobody does. */
function checkRule({ ledger, data, profile, map }: End): void {
  const loserOf = { crm: "crm-to-partner-center", partnerCenter: "partner-center-to-crm" } as const;
  const rule = profile.rule;
  if (rule === "newest") return;
  const twoWay = new Set(map.fields.filter(({ conflict }) => conflict === rule).map(({ key }) => key));
  for (const { direction, changes } of data.audit) {
    const decided = changes.filter(({ field, lost }) => lost !== undefined && isRuled(field, twoWay));
    if (decided.length === 0 || (rule !== "ask" && direction === loserOf[rule])) continue;
    bad({ ledger }, `I3 a conflict was decided ${direction ?? "nowhere"}, against the rule ${rule}`);
  }
}

/** Name and status have a rule of their own. */
function isRuled(field: string, twoWay: ReadonlySet<string>): boolean {
  return twoWay.has(field) && field !== fieldKeys.name && field !== fieldKeys.status;
}

function toldUpdates({ data }: End): readonly Told[] {
  return data.audit.flatMap((entry) => {
    if (entry.result !== "done" || entry.action !== "update") return [];
    const side: Side = entry.direction === "partner-center-to-crm" ? "crm" : "partnerCenter";
    return entry.changes.map(({ field, after }) => ({ opportunityId: entry.opportunityId ?? "", side, field, after }));
  });
}

function checkTold(end: End, told: readonly Told[], { write, at }: { readonly write: Written; readonly at: number }) {
  // What a new record begins with is told by the entry of its creation, or of its discovery.
  if (isCutOff(end, write) || write.before === null) return;
  // A value that was kept in another form cannot be told from an edit when its answer was lost.
  if (isCanonicalised(end, write.field)) return;
  // Somebody changed it again before anybody could know that it had arrived.
  const changedAgain =
    end.ledger.edits.some((edit) => isSamePlace(edit, write) && edit.atMs >= write.atMs) ||
    end.ledger.written.slice(at + 1).some((later) => isSamePlace(later, write));
  if (changedAgain || told.some((one) => isSamePlace(one, write) && sameJson(one.after, write.after))) return;
  bad(end, `I11 ${short(write.opportunityId)} ${write.side} ${write.field}=${show(write.after)} is not in the trail`);
}

function checkDone(end: End, told: readonly Told[]): void {
  for (const change of told.filter(({ field }) => followedFields.includes(field))) {
    // Whether the relay or a person won a deal cannot be told apart when the relay's answer was lost.
    if (isCanonicalised(end, change.field) || change.field === fieldKeys.status) continue;
    const same = (other: Told): boolean => isSamePlace(other, change) && sameJson(other.after, change.after);
    const toldTimes = told.filter(same).length;
    const doneTimes = end.ledger.written.filter(same).length;
    if (toldTimes <= doneTimes) continue;
    const what = `${short(change.opportunityId)} ${change.side} ${change.field}=${show(change.after)}`;
    bad(end, `I11 ${what}: told ${toldTimes} times, done ${doneTimes} times`);
  }
}
