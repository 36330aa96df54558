// The one decision function for a linked pair: both sides as they are now, plus what the pair remembers, give what to
// write where. It only decides; nothing here has a side effect, and no data makes it throw.

import type { HelpCode } from "../../../solution/schema/help-options";
import { dealKind, fieldKeys, helpIn } from "./deal-kind";
import type { Json } from "./json";
import { statusMove, statusOperations } from "./lifecycle";
import type { FieldMap, MappingProblem } from "./mapping/field-map";
import { isPatchable } from "./mapping/patchable-paths";
import { patchOperations } from "./mapping/patch-operations";
import { readCrm } from "./mapping/read-crm";
import { readReferral } from "./mapping/read-referral";
import type { FieldConflict, Side } from "./merge/conflict";
import { mergeFields, type Merged } from "./merge/merge-fields";
import type { Opportunity, Stage } from "./opportunity";
import type { FieldMemory, FieldValues, HeldField, HeldReason, Pair } from "./pair";
import { readinessOf, type ReadinessIssue } from "./readiness";
import { isClosed, MICROSOFT_ORGANIZATION, type PatchOperation, type Referral } from "./referral";

export interface ReconcileInput {
  readonly pair: Pair;
  readonly opportunity: Opportunity;
  readonly referral: Referral;
  readonly map: FieldMap;
  /** Fields that this run has written already, by side. */
  readonly written: WrittenFields;
}

/** Fields written so far in one run, by side. */
export interface WrittenFields {
  readonly crm: ReadonlySet<string>;
  readonly partnerCenter: ReadonlySet<string>;
}

/** What to do about a linked pair. All empty: in sync. */
export interface Reconciliation {
  /** Observation and decision of now, to be durable before anything is written. */
  readonly fields: Readonly<Record<string, FieldMemory>>;
  readonly operations: readonly PatchOperation[];
  /** Canonical values behind the operations. */
  readonly sent: FieldValues;
  /** Canonical values that the opportunity is to take. */
  readonly toCrm: FieldValues;
  /** Help code with which Microsoft is to be invited now. */
  readonly invite: HelpCode | null;
  readonly conflicts: readonly FieldConflict[];
  readonly held: readonly HeldField[];
  readonly issues: readonly ReadinessIssue[];
  /** Fields that somebody changed since they were last seen: what was written to them before no longer counts. */
  readonly edited: readonly string[];
  /** Canonical values of the opportunity, as read. */
  readonly crmValues: FieldValues;
}

export function reconcile(input: ReconcileInput): Reconciliation {
  const { pair, opportunity, referral, map } = input;
  const crm = readCrm(map, opportunity.values);
  const partnerCenter = readReferral(map, referral);
  const fieldwise = mergeFields({
    fields: map.fields.filter((field) => field.key !== fieldKeys.help && field.key !== fieldKeys.statusReason),
    memory: pair.fields,
    crm: crm.values,
    partnerCenter: partnerCenter.values,
    sentToCrm: pair.unconfirmedCrm?.candidates ?? [],
    sentToPartnerCenter: pair.unconfirmedPartnerCenter?.candidates ?? [],
    newest: newestSide(opportunity, referral),
    givenUp: givenUp(input),
    unstable: new Set(pair.held.filter((held) => held.because === "unstable").map((held) => held.field)),
  });
  const sides = { crm: crm.values, partnerCenter: partnerCenter.values };
  const merged = pair.helpSent === null ? fieldwise : visibleToMicrosoft(fieldwise, sides);
  const issues = openIssues(input, crm.values, crm.problems);
  const help = helpDecision(input, crm.values, issues);
  const out = sendable(input, merged, { crm: crm.values, issues });
  return {
    fields: merged.memory,
    operations: out.operations,
    sent: out.sent,
    toCrm: merged.toCrm,
    invite: help.invite,
    conflicts: merged.conflicts,
    held: [...merged.held, ...out.held, ...help.held],
    issues: [
      ...(help.blockedByIssues ? issues : relevantIssues(input, issues, { held: out.held, ...sides })),
      ...notUnderstood(input, partnerCenter.problems),
    ],
    edited: merged.edited,
    crmValues: crm.values,
  };
}

/** Values of both sides as they are now. */
interface Sides {
  readonly crm: FieldValues;
  readonly partnerCenter: FieldValues;
}

/** Who was asked for help sees the deal: both sides say so from then on, whatever the seller's switch said before. */
function visibleToMicrosoft(merged: Merged, sides: Sides): Merged {
  const key = fieldKeys.visible;
  const memory = merged.memory[key];
  if (memory === undefined) return merged;
  const { [key]: _crm, ...toCrm } = merged.toCrm;
  const { [key]: _partnerCenter, ...toPartnerCenter } = merged.toPartnerCenter;
  return {
    ...merged,
    memory: { ...merged.memory, [key]: { ...memory, decided: true } },
    toCrm: sides.crm[key] === true ? toCrm : { ...toCrm, [key]: true },
    toPartnerCenter: sides.partnerCenter[key] === true ? toPartnerCenter : { ...toPartnerCenter, [key]: true },
    conflicts: merged.conflicts.filter((conflict) => conflict.field !== key),
    held: merged.held.filter((held) => held.field !== key),
  };
}

/** Written to every side it flows to, and the sides still differ: a third write would be one too many. */
function givenUp({ map, written }: ReconcileInput): ReadonlySet<string> {
  const fields = map.fields.filter(
    ({ key, sentOnUpdate, takenOnUpdate }) =>
      (sentOnUpdate || takenOnUpdate) &&
      (!sentOnUpdate || written.partnerCenter.has(key)) &&
      (!takenOnUpdate || written.crm.has(key)),
  );
  return new Set(fields.map((field) => field.key));
}

interface Outgoing {
  readonly operations: readonly PatchOperation[];
  readonly sent: FieldValues;
  readonly held: readonly HeldField[];
}

function sendable(
  input: ReconcileInput,
  merged: Merged,
  now: { readonly crm: FieldValues; readonly issues: readonly ReadinessIssue[] },
): Outgoing {
  const held: HeldField[] = [];
  const sent: Record<string, Json> = {};
  for (const [field, value] of Object.entries(merged.toPartnerCenter)) {
    const because = whyHeld(input, { field, value }, now);
    if (because === null) sent[field] = value;
    else held.push({ field, because });
  }
  const { status, ...fields } = sent;
  const move =
    status === undefined ? [] : statusOperations(statusMove(input.referral, status as Stage), reasonOf(now.crm));
  return { operations: [...patchOperations(input.map, fields, input.referral), ...move], sent, held };
}

function whyHeld(
  input: ReconcileInput,
  change: { readonly field: string; readonly value: Json },
  now: { readonly crm: FieldValues; readonly issues: readonly ReadinessIssue[] },
): HeldReason | null {
  const { field, value } = change;
  if (isClosed(input.referral)) return "closed";
  if (now.crm[fieldKeys.status] === "on-hold") return "on-hold";
  if (field === fieldKeys.status) return statusMove(input.referral, value as Stage).kind === "move" ? null : "on-hold";
  if (field === fieldKeys.visible && value === false) return "one-way";
  if (now.issues.some((issue) => issue.field === field)) return "not-ready";
  return isPatchable(field) ? null : "not-changeable";
}

interface HelpDecision {
  readonly invite: HelpCode | null;
  readonly held: readonly HeldField[];
  readonly blockedByIssues: boolean;
}

/** Help is asked once: it turns the deal into a co-sell and can be neither changed nor taken back after that. */
function helpDecision(input: ReconcileInput, crm: FieldValues, issues: readonly ReadinessIssue[]): HelpDecision {
  const { pair, referral } = input;
  const help = helpIn(crm);
  const nothing: HelpDecision = { invite: null, held: [], blockedByIssues: false };
  if (help === pair.helpSent) return nothing;
  const held = (because: HeldReason): HelpDecision => ({ ...nothing, held: [{ field: fieldKeys.help, because }] });
  if (isClosed(referral)) return help === null ? nothing : held("closed");
  if (pair.helpSent !== null) return held("one-way");
  if (pair.microsoftReferralId !== null || referral.invitedBy === MICROSOFT_ORGANIZATION) return held("not-changeable");
  if (crm[fieldKeys.status] === "on-hold") return held("on-hold");
  if (issues.length > 0) return { ...nothing, blockedByIssues: true };
  return { ...nothing, invite: help };
}

/** Hard rules that are broken now; a closed or held deal needs none. */
function openIssues(
  input: ReconcileInput,
  crm: FieldValues,
  problems: readonly MappingProblem[],
): readonly ReadinessIssue[] {
  if (isClosed(input.referral)) return [];
  const issues = readinessOf(crm, problems);
  // Without a wish for help that is still open, nobody needs the customer's contact any more.
  const wantsInvite = dealKind(crm) === "co-sell" && input.pair.helpSent === null;
  return wantsInvite ? issues : issues.filter((issue) => issue.field !== fieldKeys.customerTeam);
}

/**
 * Only gaps that stop something now are told: a field that was fixed at creation does not bother the seller again. A
 * deal that came without a customer is the exception, since nobody else will notice.
 */
function relevantIssues(
  { map, pair }: ReconcileInput,
  issues: readonly ReadinessIssue[],
  now: Sides & { readonly held: readonly HeldField[] },
): readonly ReadinessIssue[] {
  const blocked = new Set(now.held.filter((entry) => entry.because === "not-ready").map((entry) => entry.field));
  const sent = new Set(map.fields.filter((field) => field.sentOnUpdate).map((field) => field.key));
  const cleared = (field: string): boolean => (pair.fields[field]?.crm ?? null) !== null;
  return issues.filter(({ field, because }) => {
    if (blocked.has(field)) return true;
    if (sent.has(field)) return because === "not-understood" || (because === "missing" && cleared(field));
    return field === fieldKeys.customerName && (now.partnerCenter[field] ?? null) === null;
  });
}

/** Values of the referral that nobody understands: left alone, and told, since nothing else would show them. */
function notUnderstood(
  { map, referral }: ReconcileInput,
  problems: readonly MappingProblem[],
): readonly ReadinessIssue[] {
  if (isClosed(referral)) return [];
  const taken = new Set(map.fields.filter((field) => field.takenOnUpdate).map((field) => field.key));
  return problems
    .filter(({ field, because }) => because !== "missing" && taken.has(field))
    .map(({ field, shown }) => ({ field, because: "not-understood", shown }));
}

function newestSide(opportunity: Opportunity, referral: Referral): Side {
  const crm = Date.parse(opportunity.modifiedAt ?? "");
  const partnerCenter = Date.parse(referral.updatedAt);
  return partnerCenter > crm ? "partnerCenter" : "crm";
}

function reasonOf(crm: FieldValues): string | null {
  const reason = crm[fieldKeys.statusReason];
  return typeof reason === "string" ? reason : null;
}
