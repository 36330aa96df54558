// The periodic search for what webhooks did not tell: both clouds are asked what changed since the last look, and
// whatever the relay has not seen becomes an event. With every webhook lost the two sides still converge by this alone.

import { toRelayError } from "../core/errors";
import type { RelayEvent } from "../core/event";
import type { EventKind } from "../core/event";
import { isClosed, MICROSOFT_ORGANIZATION, type Referral } from "../core/referral";
import { isBefore } from "../core/ticks";
import type { Clock } from "../ports/clock";
import type { Crm, CrmChanges } from "../ports/crm";
import type { Inbox } from "../ports/inbox";
import type { Log } from "../ports/log";
import type { Metrics } from "../ports/metrics";
import type { Pair } from "../core/pair";
import type { PairStore } from "../ports/pair-store";
import type { PartnerCenter } from "../ports/partner-center";
import type { Random } from "../ports/clock";
import { isStandingStill } from "./pause";
import { noteEveryName, noteNames } from "./referral-names";
import { storeBornAtMs } from "./store-birth";
import { CRM_POSITION, PARTNER_CENTER_POSITION, SWEEP_ENDED_AT } from "./sweep-positions";

/** The list of referrals may lag behind, so each look starts this much before the last change that it showed. */
const OVERLAP_MS = 10 * 60_000;

/** How far back the first look of a new store goes: what came while the relay was away, or what a lost store knew of. */
const FIRST_LOOK_BACK_MS = 7 * 24 * 3_600_000;

export interface SweepParts {
  readonly crm: Crm;
  readonly partnerCenter: PartnerCenter;
  readonly pairs: PairStore;
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** What one sweep found. */
export interface Swept {
  readonly opportunities: number;
  readonly referrals: number;
  readonly duplicates: number;
}

/**
 * Looks once at both sides. A position moves on only after what was found is stored. One side's failure does not keep
 * the other from being looked at. Throws RelayError.
 */
export async function sweep(parts: SweepParts): Promise<Swept> {
  // An admin who pauses both directions may do so because a cloud asked for quiet.
  if (await isStandingStill(parts.pairs)) return { opportunities: 0, referrals: 0, duplicates: 0 };
  const correlationId = parts.random.uuid();
  await beginLooking(parts);
  const [crm, partnerCenter] = await Promise.allSettled([
    sweepCrm(parts, correlationId),
    sweepPartnerCenter(parts, correlationId),
  ]);
  if (crm.status === "rejected") {
    // Only one of two failures can be thrown.
    if (partnerCenter.status === "rejected") logFailure(parts, partnerCenter.reason);
    throw crm.reason;
  }
  if (partnerCenter.status === "rejected") throw partnerCenter.reason;
  await parts.pairs.setFact(SWEEP_ENDED_AT, String(parts.clock.now()));
  parts.metrics.set("cosell_sweep_last_success_timestamp_seconds", parts.clock.now() / 1000);
  return { opportunities: crm.value, ...partnerCenter.value };
}

function logFailure({ log }: SweepParts, reason: unknown): void {
  log.warn("Partner Center could not be looked at either", { code: toRelayError(reason).code });
}

/** The first look is counted from its first attempt, however late it succeeds. */
async function beginLooking({ pairs, clock }: SweepParts): Promise<void> {
  await storeBornAtMs({ pairs, clock });
  const since = await pairs.fact(PARTNER_CENTER_POSITION);
  if (since === null) await pairs.setFact(PARTNER_CENTER_POSITION, String(clock.now() - FIRST_LOOK_BACK_MS));
}

async function sweepCrm(parts: SweepParts, correlationId: string): Promise<number> {
  const position = await parts.pairs.fact(CRM_POSITION);
  const changes = await parts.crm.changesSince(position);
  const ids = [...changes.changed.map((change) => change.opportunityId), ...changes.deleted];
  const seen = await parts.pairs.seenVersions(ids);
  const missed = changes.changed.filter(({ opportunityId, version, syncOn }) =>
    seen.has(opportunityId) ? seen.get(opportunityId) !== version : syncOn,
  );
  const isWhole = position === null || changes.startedOver;
  const deleted = isWhole ? await missingIn(parts, changes) : changes.deleted.filter((id) => seen.has(id));
  await found(parts, [
    ...missed.map((change) =>
      event({ kind: "opportunity-updated", id: change.opportunityId, mark: change.version, correlationId }),
    ),
    ...deleted.map((id) => event({ kind: "opportunity-deleted", id, mark: changes.position, correlationId })),
  ]);
  if (changes.startedOver) parts.log.warn("the CRM's change list had expired; everything was looked at again");
  await parts.pairs.setFact(CRM_POSITION, changes.position);
  repaired(parts, "crm", missed.length + deleted.length);
  return missed.length + deleted.length;
}

/** A list of everything tells of no deletion: what is known and not in it may be gone, which reading it shows. */
async function missingIn({ pairs }: SweepParts, { changed }: CrmChanges): Promise<readonly string[]> {
  const there = new Set(changed.map(({ opportunityId }) => opportunityId));
  return (await pairs.seenOpportunities()).filter((id) => !there.has(id));
}

async function sweepPartnerCenter(
  parts: SweepParts,
  correlationId: string,
): Promise<Pick<Swept, "referrals" | "duplicates">> {
  const since = Number((await parts.pairs.fact(PARTNER_CENTER_POSITION)) ?? parts.clock.now());
  const changed = await parts.partnerCenter.listChangedSince(since - OVERLAP_MS, correlationId);
  await noteNames(parts.pairs, changed);
  const missed = await missedOf(parts, changed);
  await found(
    parts,
    missed.map(({ id, eTag }) => event({ kind: "referral-updated", id, mark: eTag, correlationId })),
  );
  // Told before the position moves on: a later look may not show them any more.
  const duplicates = await countDuplicates(parts, changed);
  await parts.pairs.setFact(PARTNER_CENTER_POSITION, String(newestOf(changed, since)));
  repaired(parts, "partner-center", missed.length);
  // Last: a page of an old list that cannot be had must not keep anybody from what is new.
  await noteEveryName(parts, correlationId);
  return { referrals: missed.length, duplicates };
}

/** The position is in the server's time: the relay's own clock may be ahead of it and would skip what is to come. */
function newestOf(changed: readonly Referral[], since: number): number {
  const times = changed.map(({ updatedAt }) => Date.parse(updatedAt)).filter((time) => !Number.isNaN(time));
  return times.reduce((newest, time) => Math.max(newest, time), since);
}

/** Referrals that are not known as they are. Times may tie and the list may lag behind; versions and order decide. */
async function missedOf(parts: SweepParts, changed: readonly Referral[]): Promise<readonly Referral[]> {
  const known = await parts.pairs.seenReferrals(changed.map((referral) => referral.id));
  const missed: Referral[] = [];
  for (const referral of changed) {
    const pair = known.has(referral.id) ? await parts.pairs.byReferral(referral.id) : null;
    if (isMissed(referral, pair) || (pair === null && (await isUnknownPartner(parts, referral)))) missed.push(referral);
  }
  return missed;
}

/** Whether Microsoft's referral joined an engagement that is followed, and nobody told. */
async function isUnknownPartner({ pairs }: SweepParts, referral: Referral): Promise<boolean> {
  if (referral.organizationId !== MICROSOFT_ORGANIZATION || referral.engagementId === null) return false;
  return (await pairs.byEngagement(referral.engagementId)) !== null;
}

function isMissed(referral: Referral, pair: Pair | null): boolean {
  if (pair === null) return mayBecomePair(referral);
  if (referral.id === pair.microsoftReferralId) return isBefore(pair.microsoft?.updatedAt ?? null, referral.updatedAt);
  const known = pair.partnerCenter;
  return known === null || (known.eTag !== referral.eTag && !isBefore(referral.updatedAt, known.updatedAt));
}

/**
 * Microsoft's referral of an engagement we do not follow is none of our business. A deal that ended before it was
 * followed stays as it is, and each look would find it again.
 */
function mayBecomePair(referral: Referral): boolean {
  const endedUnfollowed = isClosed(referral) && (referral.externalReferenceId ?? "").trim() === "";
  return referral.organizationId !== MICROSOFT_ORGANIZATION && !endedUnfollowed;
}

/** Two referrals of one's own that name the same opportunity: the trace of a create that took effect too late. */
async function countDuplicates(parts: SweepParts, changed: readonly Referral[]): Promise<number> {
  let duplicates = 0;
  for (const referral of changed) {
    const opportunityId = referral.externalReferenceId?.toLowerCase() ?? "";
    if (opportunityId === "" || referral.organizationId === MICROSOFT_ORGANIZATION) continue;
    const pair = await parts.pairs.byOpportunity(opportunityId);
    if (pair === null || pair.referralId === null || pair.referralId === referral.id) continue;
    duplicates += 1;
    parts.metrics.count("cosell_duplicates_detected_total");
    parts.log.error("two referrals name the same opportunity: close the newer one in Partner Center", {
      opportunityId,
      referralId: referral.id,
      linkedReferralId: pair.referralId,
    });
  }
  return duplicates;
}

interface Finding {
  readonly kind: EventKind;
  readonly id: string;
  /** Version of the record: the same change found twice is one event. */
  readonly mark: string;
  readonly correlationId: string;
}

function event({ kind, id, mark, correlationId }: Finding): RelayEvent {
  return {
    source: "sweep",
    kind,
    recordId: id,
    // Found by its version, so no time may make it look like an echo.
    changedAt: null,
    ownWrite: false,
    dedupeId: `${kind}|${id}|${mark}`,
    correlationId,
  };
}

async function found(parts: SweepParts, events: readonly RelayEvent[]): Promise<void> {
  if (events.length > 0) await parts.inbox.put(events.map((entry) => ({ event: entry })));
}

function repaired(parts: SweepParts, cause: string, count: number): void {
  if (count > 0) parts.metrics.count("cosell_drift_repaired_total", { cause }, count);
}
