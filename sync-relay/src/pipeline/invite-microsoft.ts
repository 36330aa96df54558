import { readCrm } from "../core/mapping/read-crm";
import { microsoftReferral } from "../core/new-referral";
import type { Opportunity } from "../core/opportunity";
import { MICROSOFT_ORGANIZATION, type Referral } from "../core/referral";
import { fieldKeys, helpIn } from "../core/deal-kind";
import { create, type Created } from "./create-in-doubt";
import { withMicrosoft } from "./read-microsoft";
import { checkpoint, NOTHING_NEXT, report, type Run, type RunOutcome } from "./run";

/** The pair whose engagement Microsoft is invited into. */
export interface Invitation {
  readonly opportunity: Opportunity;
  readonly own: Referral;
  /** False when only an earlier invitation is to be cleared up. */
  readonly wanted: boolean;
}

/**
 * Invites Microsoft into the engagement: the second post of a co-sell, or the step that turns an existing deal into one.
 * Null when that is settled; otherwise how the run ended.
 */
export async function inviteMicrosoft(run: Run, { opportunity, own, wanted }: Invitation): Promise<RunOutcome | null> {
  const { values } = readCrm(run.parts.map, opportunity.values);
  const there = wanted && mayBeThere(run) ? await findMicrosoft(run, own) : null;
  const created: Created =
    there === null
      ? await create(run, {
          kind: "invite-microsoft",
          opportunity,
          values,
          wanted,
          payload: () => microsoftReferral(run.parts.map, values, own),
          find: () => findMicrosoft(run, own),
        })
      : { kind: "created", referral: there, answered: false };
  if (created.kind === "in-doubt") return created.outcome;
  if (created.kind === "paused") return { outcome: "paused", next: NOTHING_NEXT };
  if (created.kind === "dropped") return null;
  const help = sentHelp(run) ?? created.referral.helpCode;
  // Which of the two referrals the invitation answers with is not documented; the partner's own tells nothing new.
  const isTheirs = created.referral.organizationId === MICROSOFT_ORGANIZATION;
  const pair = isTheirs ? withMicrosoft(run.pair, created.referral) : run.pair;
  await checkpoint(run, { ...pair, intent: null, helpSent: help });
  report(run, {
    direction: "crm-to-partner-center",
    action: "invite-microsoft",
    result: "done",
    changes: [{ field: fieldKeys.help, before: null, after: help }],
  });
  return null;
}

/**
 * Whether Microsoft may have joined an engagement that was there before this run: while the sync was off, or in a time that a
 * store which was put back knows nothing of. What is under way already is looked for in any case.
 */
function mayBeThere({ pair, claim }: Run): boolean {
  return pair.intent === null && (claim.pair?.referralId ?? null) !== null;
}

/** The code that this store invited with; null when a store before it did. */
function sentHelp({ pair: { intent } }: Run): string | null {
  return intent === null ? null : helpIn(intent.values);
}

async function findMicrosoft(run: Run, own: Referral): Promise<Referral | null> {
  if (own.engagementId === null) return null;
  const members = await run.parts.partnerCenter.listEngagement(own.engagementId, run.correlationId);
  return members.find((member) => member.organizationId === MICROSOFT_ORGANIZATION) ?? null;
}
