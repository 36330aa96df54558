// An opportunity without a known pair may have a referral all the same: it carries the id (our store was lost), an event
// led here from a referral that names the opportunity, or a list showed one that does. All are proved by reading it.

import { linked } from "../core/link";
import type { Opportunity } from "../core/opportunity";
import type { Referral } from "../core/referral";
import { attention } from "./attention";
import { readMicrosoft } from "./read-microsoft";
import { ownReferralOf } from "./route-referral";
import { checkpoint, report, type Run, type RunOutcome } from "./run";

export type FoundReferral =
  { readonly kind: "linked" } | { readonly kind: "none" } | { readonly kind: "ended"; readonly outcome: RunOutcome };

const NONE: FoundReferral = { kind: "none" };

export async function findReferral(run: Run, opportunity: Opportunity): Promise<FoundReferral> {
  const onRecord = opportunity.section.referralId?.toLowerCase() ?? null;
  if (onRecord !== null) return linkOnRecord(run, opportunity, onRecord);
  const told = run.events.filter((event) => !event.kind.startsWith("opportunity")).map((event) => event.recordId);
  const listed = await run.parts.pairs.referralsNaming(opportunity.id);
  for (const referralId of new Set([...told, ...listed])) {
    const found = await linkNamed(run, referralId);
    if (found.kind !== "none") return found;
  }
  return NONE;
}

/** The opportunity carries the id. The referral may name it, or name nobody yet; anything else is for a person to mend. */
async function linkOnRecord(run: Run, opportunity: Opportunity, referralId: string): Promise<FoundReferral> {
  if (await isOthers(run, referralId)) return needsAttention(run, "referral-linked-elsewhere");
  const read = await run.parts.partnerCenter.read(referralId, run.correlationId);
  if (read.kind !== "found") {
    // The relay noted there what came of its create. Only a store that was put back can still be in doubt about it.
    if (opportunity.section.syncState !== null) run.pair = { ...run.pair, intent: null };
    return needsAttention(run, unreadable[read.kind]);
  }
  const external = read.referral.externalReferenceId?.toLowerCase() ?? "";
  const isOurs = external === run.pair.opportunityId || external === "";
  return isOurs ? link(run, read.referral) : needsAttention(run, "referral-linked-elsewhere");
}

const unreadable = { missing: "referral-gone", forbidden: "referral-foreign" } as const;

/**
 * An event or a list told of a referral: it, or one's own of the same engagement, may name the opportunity. One that does not was
 * named by mistake and is no concern of this opportunity.
 */
async function linkNamed(run: Run, referralId: string): Promise<FoundReferral> {
  const read = await run.parts.partnerCenter.read(referralId, run.correlationId);
  const own = read.kind === "found" ? await ownReferralOf(run, read.referral) : null;
  if (own === null || own.externalReferenceId?.toLowerCase() !== run.pair.opportunityId) return NONE;
  return (await isOthers(run, own.id)) ? needsAttention(run, "referral-linked-elsewhere") : link(run, own);
}

async function isOthers(run: Run, referralId: string): Promise<boolean> {
  const owner = await run.parts.pairs.byReferral(referralId);
  return owner !== null && owner.opportunityId !== run.pair.opportunityId;
}

async function link(run: Run, referral: Referral): Promise<FoundReferral> {
  // What a lost store may have had under way is no create of this one, and tells nothing of what was sent.
  if (run.pair.intent?.inherited === true) run.pair = { ...run.pair, intent: null };
  const isOwnCreate = run.pair.intent !== null;
  run.pair = linked(run.pair, referral, run.parts.map);
  // Microsoft may have been there for long, and nothing tells of it until it does something.
  if (!isOwnCreate) await readMicrosoft(run, null);
  await checkpoint(run, run.pair);
  report(run, { direction: null, action: "link", result: "done" });
  return { kind: "linked" };
}

async function needsAttention(run: Run, message: Parameters<typeof attention>[1]): Promise<FoundReferral> {
  return { kind: "ended", outcome: await attention(run, message) };
}
