// The questions at the end of a history. Each bad answer is one line that starts with the invariant's name.

import { sameJson, type Json } from "../../sync-relay/src/core/json";
import type { MemoryData } from "../../sync-relay/src/adapters/store/memory/memory-data";
import type { FieldMap } from "../../sync-relay/src/core/mapping/field-map";
import { readCrm } from "../../sync-relay/src/core/mapping/read-crm";
import { readReferral } from "../../sync-relay/src/core/mapping/read-referral";
import { sameValue } from "../../sync-relay/src/core/mapping/same-value";
import type { Side } from "../../sync-relay/src/core/merge/conflict";
import type { Opportunity } from "../../sync-relay/src/core/opportunity";
import type { Referral } from "../../sync-relay/src/core/referral";
import { followedFields, type Clouds } from "./clouds";
import type { FaultProfile } from "./fault-profile";
import type { Ledger } from "./ledger";
import { microsoftsOf } from "./people";

export interface End {
  readonly clouds: Clouds;
  readonly ledger: Ledger;
  readonly profile: FaultProfile;
  readonly map: FieldMap;
  readonly data: MemoryData;
  readonly deleted: ReadonlySet<string>;
}

export function checkEnd(end: End): void {
  checkBijection(end);
  for (const opportunity of end.clouds.crm.all()) {
    const referral = end.clouds.ownReferrals().find(({ id }) => id === opportunity.section.referralId);
    if (referral !== undefined) checkPair(end, opportunity, referral);
  }
  checkWritten(end);
  checkAudit(end);
  checkQueue(end);
}

const bad = ({ ledger }: End, line: string): void => void ledger.violations.push(line);

/** I2, I14: one referral an opportunity, one opportunity a referral, and nothing deleted comes back. */
function checkBijection(end: End): void {
  const { clouds, deleted } = end;
  const own = clouds.ownReferrals();
  for (const { id, section, values } of clouds.crm.all()) {
    // A store that was lost has forgotten what was deleted before its referral could be told.
    if (deleted.has(id) && end.profile.storeLoss === "never") bad(end, `I14 ${short(id)} came back`);
    const naming = own.filter(({ externalReferenceId }) => externalReferenceId === id);
    const closedBeforeShared = values["statuscode"] !== 1 && naming.length === 0;
    if (closedBeforeShared) continue;
    if (naming.length !== 1) bad(end, `I2 ${naming.length} referrals name ${short(id)}`);
    // A closed opportunity cannot be written any more, so it may never learn which referral it had.
    const writable = values["statuscode"] === 1;
    if (writable && naming[0] !== undefined && section.referralId !== naming[0].id)
      bad(end, `I2 ${short(id)} does not know its referral`);
  }
  for (const { id, status, externalReferenceId } of own) {
    const owners = clouds.crm.all().filter(({ section }) => section.referralId === id);
    const opportunityId = externalReferenceId ?? clouds.opportunityIdFor(id);
    const owner = clouds.crm.peek(opportunityId);
    const unwritable = owner !== undefined && owner.values["statuscode"] !== 1;
    if (owners.length === 0 && (deleted.has(opportunityId) || status === "Closed" || unwritable)) continue;
    if (owners.length !== 1) bad(end, `I2 ${owners.length} opportunities have referral ${short(id)}`);
  }
}

/** I1, I3: both sides agree, on a value that somebody gave last. */
function checkPair(end: End, opportunity: Opportunity, referral: Referral): void {
  const crm = readCrm(end.map, opportunity.values).values;
  const partnerCenter = readReferral(end.map, referral).values;
  const pair = end.data.pairs.get(opportunity.id);
  const closed = referral.status === "Closed";
  const held = new Set(pair?.held.filter((entry) => isExpected(end, entry.because)).map(({ field }) => field));
  if (pair?.deadBecause !== null)
    bad(end, `I10 ${short(opportunity.id)} is a dead letter: ${pair?.deadBecause ?? "unknown"}`);
  for (const field of end.map.fields) {
    if (!followedFields.includes(field.key as (typeof followedFields)[number])) continue;
    if (held.has(field.key)) continue;
    const agree = sameValue(field, crm[field.key], partnerCenter[field.key]);
    if (!agree && !closed)
      bad(end, `I1 ${short(opportunity.id)} ${field.key}: ${show(crm[field.key])} ≠ ${show(partnerCenter[field.key])}`);
    // What was deleted and came back (I14) began anew: the edits of its first life are gone with it.
    const isReborn = end.deleted.has(opportunity.id);
    if (field.takenOnUpdate && agree && field.key !== "status" && !isReborn && !isBlurred(end, field.key))
      checkLast(end, opportunity.id, { field: field.key, value: crm[field.key] ?? null });
  }
  const invited = microsoftsOf(end.clouds, referral).length;
  if (invited > 1) bad(end, `I2 Microsoft was invited ${invited} times to ${short(opportunity.id)}`);
}

function isExpected({ profile }: End, because: string): boolean {
  if (because === "unstable") return profile.canonicalising.crm && profile.canonicalising.partnerCenter;
  if (because === "conflict") return profile.rule === "ask";
  return because === "closed" || because === "not-changeable";
}

/** A value that was kept in another form, and whose answer was lost, cannot be told from an edit by anybody. */
function isBlurred({ profile }: End, field: string): boolean {
  const { crm, partnerCenter } = profile.canonicalising;
  const answersAreLost = profile.after + profile.zombie + profile.crash > 0;
  return field === "details.notes" && (crm || partnerCenter) && answersAreLost;
}

function checkLast(end: End, opportunityId: string, now: { readonly field: string; readonly value: Json }): void {
  const edits = end.ledger.edits.filter((edit) => edit.opportunityId === opportunityId && edit.field === now.field);
  const later = edits.filter(({ initial }) => !initial);
  const lastOf = (side: string) => edits.filter((edit) => edit.side === side).at(-1);
  const sides = new Set(later.map(({ side }) => side));
  const allowed = sides.size === 1 ? [later.at(-1)] : [lastOf("crm"), lastOf("partnerCenter")];
  if (allowed.some((edit) => edit !== undefined && alike(end, edit.value, now.value))) return;
  const which = sides.size === 1 ? "one-sided edit lost" : "not the last edit of either side";
  bad(
    end,
    `I3 ${short(opportunityId)} ${now.field}: ${which}: ${show(now.value)}, not ${allowed.map((edit) => show(edit?.value)).join(" or ")}`,
  );
}

/** I4, I6: the relay invents nothing and does not go back and forth. */
function checkWritten(end: End): void {
  const { edits, written } = end.ledger;
  for (const [at, write] of written.entries()) {
    if (write.field === "status") continue;
    const about = edits.filter((edit) => edit.opportunityId === write.opportunityId && edit.field === write.field);
    if (!about.some((edit) => alike(end, edit.value, write.after)))
      bad(end, `I4 ${write.field}: nobody ever wrote ${show(write.after)}`);
    if (end.profile.fewValues) continue;
    const left = written
      .slice(0, at)
      .find(
        (old) =>
          old.side === write.side &&
          old.opportunityId === write.opportunityId &&
          old.field === write.field &&
          sameJson(old.before, write.after),
      );
    if (left === undefined) continue;
    const again = about.some((edit) => edit.atMs >= left.atMs && alike(end, edit.value, write.after));
    if (!again)
      bad(end, `I6 ${short(write.opportunityId)} ${write.field} went back to ${show(write.after)} on ${write.side}`);
  }
}

/** I11: every write of a value is in the audit trail, and nothing is there more often than it was done. */
function checkAudit(end: End): void {
  if (end.profile.storeLoss !== "never") return;
  const changes = end.data.audit.flatMap((entry) => {
    if (entry.result !== "done" || entry.action !== "update") return [];
    const side: Side = entry.direction === "partner-center-to-crm" ? "crm" : "partnerCenter";
    return entry.changes.map(({ field, after }) => ({ opportunityId: entry.opportunityId ?? "", side, field, after }));
  });
  const { written } = end.ledger;
  for (const [at, write] of written.entries()) {
    // What a new record begins with is told by the entry of its creation, or of its discovery.
    if (!end.clouds.crm.peek(write.opportunityId) || write.before === null) continue;
    // A value that was kept in another form cannot be told from an edit when its answer was lost.
    if (isCanonicalised(end, write.field)) continue;
    // Somebody changed it again before anybody could know that it had arrived.
    const changedAgain =
      end.ledger.edits.some((edit) => isSamePlace(edit, write) && edit.atMs >= write.atMs) ||
      written.slice(at + 1).some((later) => isSamePlace(later, write));
    if (changedAgain || changes.some((change) => isSamePlace(change, write) && sameJson(change.after, write.after)))
      continue;
    bad(end, `I11 ${short(write.opportunityId)} ${write.side} ${write.field}=${show(write.after)} is not in the trail`);
  }
  if (end.profile.fewValues) return;
  for (const change of changes.filter(({ field }) => followedFields.some((followed) => followed === field))) {
    // Whether the relay or a person won a deal cannot be told apart when the relay's answer was lost.
    if (isCanonicalised(end, change.field) || change.field === "status") continue;
    const same = (other: Place & { readonly after: Json }): boolean =>
      isSamePlace(other, change) && sameJson(other.after, change.after);
    const told = changes.filter(same).length;
    const done = written.filter(same).length;
    if (told > done)
      bad(
        end,
        `I11 ${short(change.opportunityId)} ${change.side} ${change.field}=${show(change.after)}: ${told} > ${done}`,
      );
  }
}

/** A field of one side of a pair. */
interface Place {
  readonly opportunityId: string;
  readonly side: Side;
  readonly field: string;
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.opportunityId === b.opportunityId && a.side === b.side && a.field === b.field;
}

function isCanonicalised({ profile }: End, field: string): boolean {
  return field === "details.notes" && (profile.canonicalising.crm || profile.canonicalising.partnerCenter);
}

/** I9: nothing waits for ever. */
function checkQueue(end: End): void {
  if (end.data.waiting.size > 0) bad(end, `I9 events wait for ever: ${[...end.data.waiting.keys()].join(", ")}`);
  for (const { opportunityId, unfinished, intent } of end.data.pairs.values()) {
    if (unfinished || intent !== null) bad(end, `I9 ${short(opportunityId)} is never finished`);
  }
}

/** Alike as far as the servers let anybody tell. */
function alike({ profile }: End, a: Json, b: Json): boolean {
  const { crm, partnerCenter } = profile.canonicalising;
  return (crm || partnerCenter) && typeof a === "string" && typeof b === "string"
    ? a.toLowerCase() === b.toLowerCase()
    : sameJson(a, b);
}

const short = (id: string): string => id.slice(-6);
const show = (value: Json | undefined): string => JSON.stringify(value) ?? "nothing";
