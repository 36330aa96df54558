import { NOTHING_NEXT, report, type Run, type RunOutcome } from "./run";

/** A deleted or merged opportunity never closes or deletes its referral; the pair ends and says so. */
export function endWithoutOpportunity(run: Run): RunOutcome {
  const known = run.pair.revision > 0;
  if (!known) return { outcome: "opportunity-unknown", next: NOTHING_NEXT };
  run.pair = { ...run.pair, opportunityGone: true, crm: null, intent: null, failures: 0 };
  run.parts.log.info("an opportunity is gone; its referral stays as it is", { opportunityId: run.pair.opportunityId });
  report(run, {
    direction: "crm-to-partner-center",
    action: "opportunity-gone",
    result: "ignored",
    reason: "opportunity-gone",
  });
  return { outcome: "opportunity-gone", next: NOTHING_NEXT };
}
