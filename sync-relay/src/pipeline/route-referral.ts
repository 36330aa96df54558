// A referral that no known pair owns: find out whose it is and hand its events to the run of its opportunity. Nothing is
// written to either cloud here, so two runs can never act on one pair.

import { opportunityKey, type PairKey } from "../core/event";
import { readReferral } from "../core/mapping/read-referral";
import { newPair, type Pair } from "../core/pair";
import { categoryOf, isClosed, MICROSOFT_ORGANIZATION, namedOpportunity, type Referral } from "../core/referral";
import { NOTHING_NEXT, report, type Run, type RunOutcome } from "./run";
import type { SyncParts } from "./sync-parts";

/** Name of the fact that holds the partner's organisation id, learned from the first referral of our own. */
export const OWN_ORGANIZATION_FACT = "partner-organization-id";

export async function routeReferral(run: Run, referralId: string): Promise<RunOutcome> {
  const read = await run.parts.partnerCenter.read(referralId, run.correlationId);
  if (read.kind !== "found") return ignored(run, referralId, `referral-${read.kind}`);
  const own = await ownReferralOf(run, read.referral);
  return own === null ? ignored(run, referralId, "not-our-referral") : routeOwn(run, own);
}

/** The partner's referral of the same engagement; events on Microsoft's referral concern that one. */
export async function ownReferralOf(run: Run, referral: Referral): Promise<Referral | null> {
  const { pairs, partnerCenter } = run.parts;
  const ownId = await pairs.fact(OWN_ORGANIZATION_FACT);
  if (isOwn(referral, ownId)) return referral;
  if (referral.organizationId !== MICROSOFT_ORGANIZATION || referral.engagementId === null) return null;
  const members = await partnerCenter.listEngagement(referral.engagementId, run.correlationId);
  return members.find((member) => isOwn(member, ownId)) ?? null;
}

/** Until the own organisation is known, whatever is not Microsoft's and can be read counts as one's own. */
function isOwn(referral: Referral, ownId: string | null): boolean {
  if (referral.organizationId === MICROSOFT_ORGANIZATION) return false;
  return ownId === null || referral.organizationId === null || referral.organizationId === ownId;
}

async function routeOwn(run: Run, referral: Referral): Promise<RunOutcome> {
  const known = await run.parts.pairs.byReferral(referral.id);
  if (known !== null) return moved(opportunityKey(known.opportunityId));
  if ((referral.externalReferenceId ?? "").trim() === "") return routeNew(run, referral);
  const opportunityId = namedOpportunity(referral);
  return opportunityId === null
    ? ignored(run, referral.id, "other-crm")
    : routeToOpportunity(run, referral, opportunityId);
}

/** The referral names its opportunity: hand over, unless that opportunity is gone or has another referral. */
async function routeToOpportunity(run: Run, referral: Referral, opportunityId: string): Promise<RunOutcome> {
  const pair = await run.parts.pairs.byOpportunity(opportunityId);
  if (pair !== null && pair.referralId !== null) {
    run.parts.metrics.count("cosell_duplicates_detected_total");
    run.parts.log.error("two referrals name the same opportunity", { opportunityId, referralId: referral.id });
    return ignored(run, referral.id, "duplicate-referral");
  }
  if (pair !== null) return moved(opportunityKey(opportunityId));
  const opportunity = await run.parts.crm.read(opportunityId);
  return opportunity.kind === "missing"
    ? ignored(run, referral.id, "opportunity-gone")
    : moved(opportunityKey(opportunityId));
}

/** A deal that began in Partner Center. The opportunity's id follows from the referral's: it can be created only once. */
async function routeNew(run: Run, referral: Referral): Promise<RunOutcome> {
  if (isClosed(referral)) return ignored(run, referral.id, "already-closed");
  const category = categoryOf(referral);
  if (category !== "co-sell" && !run.parts.rules.syncLeads) return ignored(run, referral.id, category);
  const opportunityId = run.parts.random.uuidFor(`opportunity:${referral.id}`);
  // It was routed before and let go again (another opportunity had it); a second pair would never be stored.
  const earlier = await run.parts.pairs.byOpportunity(opportunityId);
  if (earlier !== null) return moved(opportunityKey(opportunityId));
  run.pair = pairFromReferral(run.parts, opportunityId, referral);
  return moved(opportunityKey(run.pair.opportunityId));
}

/** A pair whose opportunity is still to be created, with the referral's values of now frozen in the intent. */
function pairFromReferral(parts: SyncParts, opportunityId: string, referral: Referral): Pair {
  return {
    ...newPair(opportunityId),
    referralId: referral.id,
    engagementId: referral.engagementId,
    partnerCenter: referral,
    status: "waiting",
    intent: {
      kind: "create-opportunity",
      requestId: parts.random.uuid(),
      startedAtMs: parts.clock.now(),
      sentAtMs: null,
      payload: {},
      values: readReferral(parts.map, referral).values,
      lookedUpAtMs: [],
    },
  };
}

function moved(to: PairKey): RunOutcome {
  return { outcome: "routed", next: { kind: "moved", to } };
}

function ignored(run: Run, referralId: string, reason: string): RunOutcome {
  run.parts.log.info("a referral is left alone", { referralId, reason });
  report(run, {
    direction: "partner-center-to-crm",
    action: "route",
    result: "ignored",
    reason,
    referralId,
    opportunityId: null,
  });
  return { outcome: `ignored-${reason}`, next: NOTHING_NEXT };
}
