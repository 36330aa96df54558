// The merge. Both sides are compared with the last durable observation and the last decision, not with a "base both
// agreed on": after a crash or a time-out nobody knows whether the last write took effect, and an agreed base would then
// make the relay's own write look like a user's edit, or the reverse. A side changed if and only if its value is neither
// the last observation, nor the decision, nor one of our own unconfirmed writes.
//
// What this file promises, for any input:
// 1. A field changed on one side only takes that side's value.
// 2. A field changed on neither side keeps the decision, so an interrupted write is completed.
// 3. A field changed on both sides follows its conflict rule, and the losing value is reported.
// 4. Merging again with the result yields no write.
// 5. A field that flows one way equals its source; a field that may not be sent any more is held, never lost in silence.

import { sameJson, type Json } from "../json";
import type { MappedField } from "../mapping/field-map";
import { sameValue } from "../mapping/same-value";
import type { FieldMemory, FieldValues, HeldField } from "../pair";
import type { FieldConflict, Side } from "./conflict";

export interface MergeInput {
  readonly fields: readonly MappedField[];
  readonly memory: Readonly<Record<string, FieldMemory>>;
  /** Canonical values of now. A field that could not be converted is absent and left alone. */
  readonly crm: FieldValues;
  readonly partnerCenter: FieldValues;
  /** Our own writes of which nobody knows yet whether they took effect. */
  readonly sentToCrm: readonly FieldValues[];
  readonly sentToPartnerCenter: readonly FieldValues[];
  /** The side that was written last, for the rule `newest`. */
  readonly newest: Side;
  /** Fields that a side stores in another form than was written: left alone until somebody changes them. */
  readonly unstable: ReadonlySet<string>;
  /** Fields that this run has written everywhere it may and that still differ: they become unstable. */
  readonly givenUp: ReadonlySet<string>;
}

export interface Merged {
  readonly memory: Readonly<Record<string, FieldMemory>>;
  readonly toCrm: FieldValues;
  readonly toPartnerCenter: FieldValues;
  readonly conflicts: readonly FieldConflict[];
  readonly held: readonly HeldField[];
  /** Fields that somebody changed since they were last seen. */
  readonly edited: readonly string[];
}

/** Decides every field. Pure and total: the same input gives the same decision, no input throws. */
export function mergeFields(input: MergeInput): Merged {
  const memory: Record<string, FieldMemory> = { ...input.memory };
  const toCrm: Record<string, Json> = {};
  const toPartnerCenter: Record<string, Json> = {};
  const conflicts: FieldConflict[] = [];
  const held: HeldField[] = [];
  const edited: string[] = [];
  for (const field of input.fields) {
    const decision = mergeField(field, input);
    if (decision === null) continue;
    if (decision.memory !== null) memory[field.key] = decision.memory;
    if (decision.toCrm !== undefined) toCrm[field.key] = decision.toCrm;
    if (decision.toPartnerCenter !== undefined) toPartnerCenter[field.key] = decision.toPartnerCenter;
    if (decision.conflict !== null) conflicts.push(decision.conflict);
    if (isEdited(field, input)) edited.push(field.key);
    if (decision.held !== null) held.push({ field: field.key, because: decision.held });
  }
  return { memory, toCrm, toPartnerCenter, conflicts, held, edited };
}

interface Decision {
  /** Null leaves what is remembered as it is. */
  readonly memory: FieldMemory | null;
  readonly toCrm?: Json;
  readonly toPartnerCenter?: Json;
  readonly conflict: FieldConflict | null;
  readonly held: HeldField["because"] | null;
}

interface Now {
  readonly field: MappedField;
  readonly crm: Json;
  readonly partnerCenter: Json;
  readonly before: FieldMemory | undefined;
}

/** Both sides of a field; null when either could not be converted. */
function present(field: MappedField, input: MergeInput): Now | null {
  const crm = input.crm[field.key];
  const partnerCenter = input.partnerCenter[field.key];
  if (crm === undefined || partnerCenter === undefined) return null;
  return { field, crm, partnerCenter, before: input.memory[field.key] };
}

function mergeField(field: MappedField, input: MergeInput): Decision | null {
  const now = present(field, input);
  if (now === null) return null;
  if (!field.sentOnUpdate && !field.takenOnUpdate) return frozen(now);
  if (sameValue(field, now.crm, now.partnerCenter)) return agreed(now);
  if (isUnstable(now, input)) return keepApart(now, "unstable");
  if (!field.takenOnUpdate) return outgoing(now);
  if (!field.sentOnUpdate) return incoming(now, input);
  return twoWay(now, input);
}

/** Sent at creation only: the first observation stays, so that a later change is noticed, held and named. */
function frozen(now: Now): Decision {
  const memory = now.before ?? observed(now, now.partnerCenter);
  const changed = !sameJson(now.crm, memory.crm) && !sameValue(now.field, now.crm, now.partnerCenter);
  return {
    memory: { ...memory, partnerCenter: now.partnerCenter },
    conflict: null,
    held: changed ? "not-changeable" : null,
  };
}

/** Flows from the CRM only. */
function outgoing(now: Now): Decision {
  return isLeftToOthers(now) ? keepAsThere(now) : settle(now, now.crm);
}

/**
 * Whom the CRM names when both records meet for the first time is not added to a list that others made, then or later,
 * until the CRM names somebody else. A list that the relay sent, in the form that the server gave it, is its own.
 */
function isLeftToOthers({ field, crm, before }: Now): boolean {
  if (field.compare !== "contains") return false;
  if (before === undefined) return true;
  return before.form !== true && sameJson(crm, before.crm) && !sameJson(crm, before.decided);
}

function keepAsThere(now: Now): Decision {
  return { memory: observed(now, now.partnerCenter), conflict: null, held: null };
}

/** Flows from Partner Center only; a seller's change to it cannot be sent and is held. */
function incoming(now: Now, input: MergeInput): Decision {
  const crmChanged = changed(now, "crm", input.sentToCrm);
  const partnerCenterChanged = changed(now, "partnerCenter", input.sentToPartnerCenter);
  if (!crmChanged && !partnerCenterChanged) return settle(now, now.before?.decided ?? now.partnerCenter);
  const held = now.field.sentOnCreate && !partnerCenterChanged && !isUndelivered(now, "crm");
  return held ? { memory: null, conflict: null, held: "not-changeable" } : settle(now, now.partnerCenter);
}

function twoWay(now: Now, input: MergeInput): Decision {
  const crmChanged = changed(now, "crm", input.sentToCrm);
  const partnerCenterChanged = changed(now, "partnerCenter", input.sentToPartnerCenter);
  if (crmChanged && (partnerCenterChanged || meetsEdit(now, "crm", input))) return conflicting(now, input);
  if (partnerCenterChanged && meetsEdit(now, "partnerCenter", input)) return conflicting(now, input);
  if (crmChanged) return settle(now, now.crm);
  if (partnerCenterChanged) return settle(now, now.partnerCenter);
  return settle(now, now.before?.decided ?? now.crm);
}

/**
 * Whether a change here meets an edit of the other side that is still under way to here: both were made without
 * knowledge of each other. A server's form of a value, and sides that were left apart on purpose, are no edits.
 */
function meetsEdit(now: Now, at: Side, input: MergeInput): boolean {
  return now.before?.form !== true && !input.unstable.has(now.field.key) && isUndelivered(now, at);
}

/** The last decision came from the other side and has not reached this one. */
function isUndelivered(now: Now, to: Side): boolean {
  return now.before !== undefined && !sameJson(now.before.decided, now.before[to]);
}

function isUnstable(now: Now, input: MergeInput): boolean {
  if (!input.givenUp.has(now.field.key) && !input.unstable.has(now.field.key)) return false;
  return !changed(now, "crm", input.sentToCrm) && !changed(now, "partnerCenter", input.sentToPartnerCenter);
}

function isEdited(field: MappedField, input: MergeInput): boolean {
  const now = present(field, input);
  if (now?.before === undefined) return false;
  return changed(now, "crm", input.sentToCrm) || changed(now, "partnerCenter", input.sentToPartnerCenter);
}

function conflicting(now: Now, input: MergeInput): Decision {
  const rule = now.field.conflict;
  if (rule === "ask") {
    const kept = { field: now.field.key, winner: null, kept: now.crm, lost: now.partnerCenter };
    // The old observation stays, so that the question stays open until both sides hold the same value.
    return { memory: null, conflict: kept, held: "conflict" };
  }
  const winner = rule === "newest" ? input.newest : rule;
  const kept = winner === "crm" ? now.crm : now.partnerCenter;
  const lost = winner === "crm" ? now.partnerCenter : now.crm;
  return { ...settle(now, kept), conflict: { field: now.field.key, winner, kept, lost } };
}

function changed(now: Now, side: Side, sent: readonly FieldValues[]): boolean {
  const value = now[side];
  const before = now.before;
  // Without a memory (first contact of two existing records) both sides count as changed: the conflict rule decides.
  if (before === undefined) return true;
  if (sameJson(value, before[side]) || sameJson(value, before.decided)) return false;
  return !sent.some((values) => sameJson(values[now.field.key], value));
}

function agreed(now: Now): Decision {
  return { memory: observed(now, now.crm), conflict: null, held: null };
}

function keepApart(now: Now, held: HeldField["because"]): Decision {
  return { memory: observed(now, now.crm), conflict: null, held };
}

function settle(now: Now, decided: Json): Decision {
  const isForm = now.before?.form === true && sameJson(decided, now.before.decided);
  return {
    memory: isForm ? { ...observed(now, decided), form: true } : observed(now, decided),
    ...(now.field.takenOnUpdate && !sameJson(now.crm, decided) ? { toCrm: decided } : {}),
    ...(now.field.sentOnUpdate && !sameValue(now.field, decided, now.partnerCenter)
      ? { toPartnerCenter: decided }
      : {}),
    conflict: null,
    held: null,
  };
}

function observed(now: Now, decided: Json): FieldMemory {
  return { crm: now.crm, partnerCenter: now.partnerCenter, decided };
}
