import { referralKey } from "../../core/event";
import { askFor } from "../../operate/ask";
import { planBackfill, type BackfillPlan, type Match } from "../../operate/backfill";
import type { CommandContext } from "../context";
import type { CommandFile, Outcome } from "../command";
import { exitCode } from "../exit-code";
import { linkAll, watch, type DealToLink } from "../link-all";
import { withRelay, type OpenRelay } from "../open/with-relay";
import { loadTexts as texts } from "../texts/load-texts";

const PAGE = 500;
/** Referrals that are left alone and listed. */
const MOST_LISTED = 20;

export const backfillCommand: CommandFile = {
  path: "backfill",
  summary: texts.backfillSummary,
  options: [
    { flags: "--dry-run", what: texts.dryRun },
    { flags: "--by-name", what: texts.byName },
    { flags: "--take-over", what: texts.takeOver },
  ],
  examples: [
    { line: "cosell backfill --dry-run", what: texts.backfillExampleDry },
    { line: "cosell backfill", what: texts.backfillExample },
  ],
  async run(context, given) {
    return await withRelay(context, async (relay) => {
      const plan = await context.progress.during(context.text(texts.reading), () =>
        makePlan(relay, given.has("--by-name")),
      );
      const takeOver = given.has("--take-over") ? plan.unclaimed : [];
      showPlan(context, plan, takeOver.length);
      const nothingToDo = plan.matches.length + takeOver.length === 0;
      if (given.has("--dry-run") || nothingToDo || !(await confirmed(context))) {
        context.out.line(context.text(texts.nothingChanged));
        return { exit: exitCode.ok, json: { ...plan, dryRun: given.has("--dry-run"), linked: 0 } };
      }
      return await carryOut(context, relay, { plan, takeOver });
    });
  },
};

async function makePlan(relay: OpenRelay, byName: boolean): Promise<BackfillPlan> {
  const [opportunities, referrals, knownOpportunities] = await Promise.all([
    relay.environment.listOpportunities([]),
    relay.clouds.partnerCenter.listChangedSince(0, relay.parts.random.uuid()),
    linkedOpportunities(relay),
  ]);
  return planBackfill({ opportunities, referrals, knownOpportunities, byName });
}

async function linkedOpportunities({ store }: OpenRelay): Promise<ReadonlySet<string>> {
  const linked = new Set<string>();
  let after: string | null = null;
  for (;;) {
    const page = await store.operator.pairsAfter(after, PAGE);
    for (const pair of page) if (pair.referralId !== null) linked.add(pair.opportunityId);
    after = page.at(-1)?.opportunityId ?? null;
    if (page.length < PAGE || after === null) return linked;
  }
}

function showPlan(context: CommandContext, plan: BackfillPlan, takeOver: number): void {
  const say = (...given: Parameters<CommandContext["text"]>): void => context.out.line(context.text(...given));
  const by = (how: Match["by"]): number => plan.matches.filter((match) => match.by === how).length;
  const counts = { crm: by("crm"), partnerCenter: by("partner-center"), name: by("name") };
  say(texts.planKnown, { count: plan.known });
  say(texts.planMatches, { count: plan.matches.length, ...counts });
  if (plan.unshared.length > 0) say(texts.planUnshared, { count: plan.unshared.length });
  if (takeOver > 0) say(texts.planTakeOver, { count: takeOver });
  else if (plan.unclaimed.length > 0) say(texts.planUnclaimed, { count: plan.unclaimed.length });
  if (plan.ambiguous.length === 0) return;
  say(texts.planAmbiguous, { count: plan.ambiguous.length });
  const shown = plan.ambiguous.slice(0, MOST_LISTED);
  context.out.table(shown.map(({ referralId, opportunityIds }) => ["", referralId, opportunityIds.join(", ")]));
}

function confirmed(context: CommandContext): Promise<boolean> {
  return context.ask.confirm({ message: context.text(texts.confirmBackfill), flag: "--yes" });
}

interface ToDo {
  readonly plan: BackfillPlan;
  readonly takeOver: readonly string[];
}

async function carryOut(context: CommandContext, relay: OpenRelay, { plan, takeOver }: ToDo): Promise<Outcome> {
  const linked = await linkAll(context, relay, plan.matches.map(dealOf));
  const ask = { ...relay.parts, inbox: relay.store.inbox, operator: relay.store.operator };
  const left = takeOver.length === 0 ? 0 : await watch(context, relay, await askFor(ask, takeOver.map(referralKey)));
  const fine = linked.failed.length === 0 && linked.left + left === 0;
  const json = { ...plan, linked: linked.done - linked.failed.length, failed: linked.failed, left: linked.left + left };
  return { exit: fine ? exitCode.ok : exitCode.problems, json };
}

/** The opportunity gets its referral's id and is switched on, unless it is so already. */
function dealOf({ opportunityId, referralId }: Match): DealToLink {
  return {
    opportunityId,
    changes: ({ section }) => {
      if (section.syncOn && section.referralId?.toLowerCase() === referralId) return null;
      return { values: {}, section: { syncOn: true, referralId } };
    },
  };
}
