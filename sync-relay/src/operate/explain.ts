// Everything that is known of one deal, in the order in which somebody who wonders would ask: what both sides hold, what
// was decided, what would happen now, what came in and what was done.

import type { AuditEntry } from "../core/audit-entry";
import { opportunityKey, referralKey } from "../core/event";
import { sameJson, type Json } from "../core/json";
import { readCrm } from "../core/mapping/read-crm";
import { readReferral } from "../core/mapping/read-referral";
import { sameValue } from "../core/mapping/same-value";
import type { MappedField } from "../core/mapping/field-map";
import type { Opportunity } from "../core/opportunity";
import { newPair, type FieldMemory, type HeldReason, type Pair } from "../core/pair";
import { readinessOf, type ReadinessIssue } from "../core/readiness";
import { reconcile, type Reconciliation } from "../core/reconcile";
import type { Referral } from "../core/referral";
import type { SyncParts } from "../pipeline/sync-parts";
import type { OperatorStore, PastEvent } from "../ports/operator-store";

export interface ExplainParts extends Pick<SyncParts, "crm" | "partnerCenter" | "pairs" | "map" | "random"> {
  readonly operator: Pick<OperatorStore, "eventsOf" | "dueAt">;
  readonly audit: { newestFirst(opportunityId: string, limit: number): Promise<readonly AuditEntry[]> };
}

/** What becomes of a field at the next run. */
export type FieldVerdict =
  "agrees" | "to-partner-center" | "to-crm" | "not-understood" | "one-way" | { readonly held: HeldReason };

export interface ExplainedField {
  readonly key: string;
  /** Undefined: not known, or not understood. */
  readonly crm: Json | undefined;
  readonly partnerCenter: Json | undefined;
  /** Null: never seen. */
  readonly memory: FieldMemory | null;
  readonly verdict: FieldVerdict;
}

/** A record of one side: there, gone, somebody else's, or none is known. */
export type SideState = "found" | "missing" | "forbidden" | "none";

export interface Explanation {
  readonly opportunityId: string | null;
  readonly referralId: string | null;
  /** Null when the relay does not know the deal. */
  readonly pair: Pair | null;
  readonly opportunity: Opportunity | null;
  readonly referral: Referral | null;
  readonly sides: { readonly crm: SideState; readonly partnerCenter: SideState };
  readonly fields: readonly ExplainedField[];
  /** What a run would decide now; null while a side is not there. */
  readonly decision: Reconciliation | null;
  /** What keeps an opportunity from being shared. */
  readonly issues: readonly ReadinessIssue[];
  /** When the next run is due; null when none is. */
  readonly dueAtMs: number | null;
  readonly events: readonly PastEvent[];
  readonly audit: readonly AuditEntry[];
}

const MOST_EVENTS = 20;
const MOST_AUDIT_ENTRIES = 20;

/** Explains an opportunity or a referral, whichever the id is of. */
export async function explain(parts: ExplainParts, id: string): Promise<Explanation> {
  const pair = (await parts.pairs.byOpportunity(id)) ?? (await parts.pairs.byReferral(id));
  const both = await bothSides(parts, id, pair);
  const decision = decide(parts, pair, both);
  return {
    pair,
    ...both,
    decision,
    fields: parts.map.fields.map((field) => explained(parts, field, { ...both, pair, decision })),
    issues: decision?.issues ?? readiness(parts, both.opportunity),
    ...(await history(parts, pair, both)),
  };
}

type Both = Pick<Explanation, "opportunity" | "referral" | "sides">;

async function bothSides(parts: ExplainParts, id: string, pair: Pair | null): Promise<Both> {
  const crm = await parts.crm.read(pair?.opportunityId ?? id);
  const opportunity = crm.kind === "found" ? crm.opportunity : null;
  const isKnown = pair !== null || opportunity !== null;
  const named = referralIdOf(pair, opportunity);
  // An id that is no opportunity's is tried as a referral's.
  const { referral, state } = await readReferralOf(parts, isKnown ? named : id);
  return { opportunity, referral, sides: { crm: isKnown ? crm.kind : "none", partnerCenter: state } };
}

function opportunityIdOf(pair: Pair | null, opportunity: Opportunity | null): string | null {
  return opportunity?.id ?? pair?.opportunityId ?? null;
}

function referralIdOf(pair: Pair | null, opportunity: Opportunity | null): string | null {
  return pair?.referralId ?? opportunity?.section.referralId ?? null;
}

async function readReferralOf(
  { partnerCenter, random }: ExplainParts,
  referralId: string | null,
): Promise<{ readonly referral: Referral | null; readonly state: SideState }> {
  if (referralId === null) return { referral: null, state: "none" };
  const read = await partnerCenter.read(referralId.toLowerCase(), random.uuid());
  return { referral: read.kind === "found" ? read.referral : null, state: read.kind };
}

const nothingWritten = { crm: new Set<string>(), partnerCenter: new Set<string>() };

function decide({ map }: ExplainParts, pair: Pair | null, { opportunity, referral }: Both): Reconciliation | null {
  if (opportunity === null || referral === null) return null;
  const known = pair ?? { ...newPair(opportunity.id), referralId: referral.id };
  return reconcile({ pair: known, opportunity, referral, map, written: nothingWritten });
}

function readiness({ map }: ExplainParts, opportunity: Opportunity | null): readonly ReadinessIssue[] {
  if (opportunity === null) return [];
  const { values, problems } = readCrm(map, opportunity.values);
  return readinessOf(values, problems);
}

async function history(
  { operator, audit }: ExplainParts,
  pair: Pair | null,
  { opportunity, referral }: Both,
): Promise<Pick<Explanation, "opportunityId" | "referralId" | "dueAtMs" | "events" | "audit">> {
  const opportunityId = opportunityIdOf(pair, opportunity);
  const referralId = referral?.id ?? referralIdOf(pair, opportunity);
  const own = opportunityId === null ? [] : [opportunityKey(opportunityId)];
  const keys = referralId === null ? own : [...own, referralKey(referralId)];
  const [dueAtMs, events, entries] = await Promise.all([
    Promise.all(own.map((key) => operator.dueAt(key))),
    operator.eventsOf(keys, MOST_EVENTS),
    audit.newestFirst(opportunityId ?? "", MOST_AUDIT_ENTRIES),
  ]);
  return { opportunityId, referralId, dueAtMs: dueAtMs.at(0) ?? null, events, audit: entries };
}

function explained(
  { map }: ExplainParts,
  field: MappedField,
  known: Pick<Explanation, "opportunity" | "referral" | "pair" | "decision">,
): ExplainedField {
  const crm = known.opportunity === null ? undefined : readCrm(map, known.opportunity.values).values[field.key];
  const partnerCenter = known.referral === null ? undefined : readReferral(map, known.referral).values[field.key];
  const memory = known.pair?.fields[field.key] ?? null;
  const verdict = decided(field.key, known.decision) ?? compared(field, crm, partnerCenter);
  return { key: field.key, crm, partnerCenter, memory, verdict };
}

function decided(key: string, decision: Reconciliation | null): FieldVerdict | null {
  if (decision === null) return null;
  const held = decision.held.find(({ field }) => field === key);
  if (held !== undefined) return { held: held.because };
  if (decision.sent[key] !== undefined) return "to-partner-center";
  return decision.toCrm[key] === undefined ? null : "to-crm";
}

/** Empty, or not sent: many answers leave out what is empty. */
function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null || value === "";
}

function compared(field: MappedField, crm: Json | undefined, partnerCenter: Json | undefined): FieldVerdict {
  if (isNothing(crm) && isNothing(partnerCenter)) return "agrees";
  if (crm === undefined || partnerCenter === undefined) return "not-understood";
  return sameValue(field, crm, partnerCenter) || sameJson(crm, partnerCenter) ? "agrees" : "one-way";
}
