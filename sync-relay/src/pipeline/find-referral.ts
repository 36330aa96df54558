// An opportunity without a known pair may have a referral all the same: it carries the id (our store was lost), or an
// event led here from a referral that names the opportunity. Both are proved by reading the referral.

import type { Opportunity } from "../core/opportunity";
import type { Referral } from "../core/referral";
import { linked } from "../core/link";
import { attention } from "./attention";
import { checkpoint, report, type Run, type RunOutcome } from "./run";

export type FoundReferral =
  { readonly kind: "linked" } | { readonly kind: "none" } | { readonly kind: "ended"; readonly outcome: RunOutcome };

export async function findReferral(run: Run, opportunity: Opportunity): Promise<FoundReferral> {
  const onRecord = opportunity.section.referralId?.toLowerCase() ?? null;
  if (onRecord !== null) return link(run, onRecord, "on-record");
  const named = run.events.find((event) => !event.kind.startsWith("opportunity"));
  return named === undefined ? { kind: "none" } : link(run, named.recordId, "named");
}

async function link(run: Run, referralId: string, because: "on-record" | "named"): Promise<FoundReferral> {
  const owner = await run.parts.pairs.byReferral(referralId);
  if (owner !== null && owner.opportunityId !== run.pair.opportunityId) {
    return { kind: "ended", outcome: await attention(run, "referral-linked-elsewhere") };
  }
  const read = await run.parts.partnerCenter.read(referralId, run.correlationId);
  const verdict = read.kind === "found" ? verdictOn(run, read.referral, because) : unreadable[read.kind];
  if (verdict === "ours" && read.kind === "found") {
    await checkpoint(run, linked(run.pair, read.referral, run.parts.map));
    report(run, { direction: null, action: "link", result: "done" });
    return { kind: "linked" };
  }
  // A referral that an event named by mistake is no concern of this opportunity; one on record is the seller's.
  if (because === "named" || verdict === "ours") return { kind: "none" };
  return { kind: "ended", outcome: await attention(run, verdict) };
}

const unreadable = { missing: "referral-gone", forbidden: "referral-foreign" } as const;

/** A referral is the opportunity's when it names it; one on record may also name none yet. */
function verdictOn(run: Run, referral: Referral, because: "on-record" | "named"): "ours" | "referral-linked-elsewhere" {
  const external = referral.externalReferenceId?.toLowerCase() ?? "";
  const ours = external === run.pair.opportunityId || (because === "on-record" && external === "");
  return ours ? "ours" : "referral-linked-elsewhere";
}
