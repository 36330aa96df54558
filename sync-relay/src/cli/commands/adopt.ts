import { toRelayError } from "../../core/errors";
import { adoptionChanges, planAdoption, type AdoptOptions, type AdoptPlan, type Adoption } from "../../operate/adopt";
import type { ListedOpportunity } from "../../ports/crm-environment";
import { CommandProblem, usageProblem } from "../command-problem";
import type { CommandContext } from "../context";
import type { CommandFile, Given, Outcome } from "../command";
import { exitCode } from "../exit-code";
import { linkAll, type DealToLink } from "../link-all";
import { withRelay, type OpenRelay } from "../open/with-relay";
import { loadTexts as texts } from "../texts/load-texts";
import { shownValue } from "../texts/operate-shown";

const MOST_LISTED = 20;
const COLUMN = /^[a-z_][a-z0-9_]*$/i;

export const adoptCommand: CommandFile = {
  path: "adopt",
  summary: texts.adoptSummary,
  options: [
    { flags: "--referral-column <name>", what: texts.referralColumn },
    { flags: "--sync-column <name>", what: texts.syncColumn },
    { flags: "--strip-ticks", what: texts.stripTicks },
    { flags: "--dry-run", what: texts.dryRun },
  ],
  examples: [
    { line: "cosell adopt --referral-column msft_referralidentifier --dry-run", what: texts.adoptExampleDry },
    { line: "cosell adopt --referral-column msft_referralidentifier --strip-ticks", what: texts.adoptExample },
  ],
  async run(context, given) {
    const options = optionsOf(given);
    return await withRelay(context, async (relay) => {
      await refuseWhileActive(relay, given);
      const plan = planAdoption(await listed(context, relay, options), options);
      showPlan(context, plan);
      const nothingToDo = plan.adoptions.length === 0;
      if (given.has("--dry-run") || nothingToDo || !(await confirmed(context))) {
        context.out.line(context.text(nothingToDo ? texts.nothingToAdopt : texts.nothingChanged));
        return { exit: exitCode.ok, json: { ...plan, dryRun: given.has("--dry-run"), linked: 0 } };
      }
      return await carryOut(context, relay, { plan, options });
    });
  },
};

function optionsOf(given: Given): AdoptOptions {
  const referralColumn = given.text("--referral-column");
  if (referralColumn === undefined) throw usageProblem(texts.needsReferralColumn);
  const syncColumn = given.text("--sync-column") ?? null;
  for (const name of [referralColumn, syncColumn ?? referralColumn]) {
    if (!COLUMN.test(name)) throw usageProblem(texts.badColumn, { values: { given: name } });
  }
  return { referralColumn, syncColumn, stripTicks: given.has("--strip-ticks") };
}

/** Two syncs at once would undo each other's work. A plan may be made all the same. */
async function refuseWhileActive({ environment }: OpenRelay, given: Given): Promise<void> {
  const flows = given.has("--dry-run") ? [] : await activeFlows(environment);
  if (flows.length > 0) throw new CommandProblem(texts.stillActive, { values: { names: flows.join(", ") } });
}

async function activeFlows(environment: OpenRelay["environment"]): Promise<readonly string[]> {
  try {
    return await environment.activePartnerCenterFlows();
  } catch (thrown) {
    if (toRelayError(thrown).code !== "CS-1005") throw thrown;
    throw new CommandProblem(texts.mayNotSeeFlows, { mend: "cosell login dataverse", cause: thrown });
  }
}

async function listed(
  context: CommandContext,
  { environment }: OpenRelay,
  { referralColumn, syncColumn }: AdoptOptions,
): Promise<readonly ListedOpportunity[]> {
  const columns = syncColumn === null ? [referralColumn] : [referralColumn, syncColumn];
  try {
    return await context.progress.during(context.text(texts.reading), () => environment.listOpportunities(columns));
  } catch (thrown) {
    if (toRelayError(thrown).code !== "CS-1007") throw thrown;
    throw new CommandProblem(texts.noColumn, { values: { given: columns.join(", ") }, cause: thrown });
  }
}

function showPlan(context: CommandContext, plan: AdoptPlan): void {
  const { out, language } = context;
  if (plan.done > 0) out.line(context.text(texts.adoptDone, { count: plan.done }));
  if (plan.taken.length > 0) out.line(context.text(texts.adoptTaken, { count: plan.taken.length }));
  if (plan.unreadable.length > 0) {
    out.line(context.text(texts.adoptUnreadable, { count: plan.unreadable.length }));
    const shown = plan.unreadable.slice(0, MOST_LISTED);
    out.table(shown.map(({ opportunityId, value }) => ["", opportunityId, shownValue(value, language)]));
  }
  if (plan.adoptions.length === 0) return;
  out.line(context.text(texts.adoptPlan, { count: plan.adoptions.length }));
  out.table(plan.adoptions.slice(0, MOST_LISTED).map((one) => ["", one.opportunityId, one.referralId, one.name]));
}

function confirmed(context: CommandContext): Promise<boolean> {
  return context.ask.confirm({ message: context.text(texts.confirmAdopt), flag: "--yes" });
}

interface ToDo {
  readonly plan: AdoptPlan;
  readonly options: AdoptOptions;
}

async function carryOut(context: CommandContext, relay: OpenRelay, { plan, options }: ToDo): Promise<Outcome> {
  const deals: DealToLink[] = [];
  const lost: Adoption[] = [];
  for (const adoption of plan.adoptions) {
    context.checkpoint();
    const deal = await dealOf(relay, adoption, options);
    if (deal === null) lost.push(adoption);
    else deals.push(deal);
  }
  if (lost.length > 0) {
    context.out.line(context.text(texts.notLinked, { count: lost.length }));
    context.out.table(lost.map(({ opportunityId }) => ["", opportunityId, context.text(texts.noReferral)]));
  }
  const linked = await linkAll(context, relay, deals);
  const fine = lost.length + linked.failed.length + linked.left === 0;
  const json = { ...plan, linked: linked.done - linked.failed.length, withoutReferral: lost, failed: linked.failed };
  return { exit: fine ? exitCode.ok : exitCode.problems, json };
}

/** Null when the referral cannot be read: then there is nothing to link to. */
async function dealOf(relay: OpenRelay, adoption: Adoption, options: AdoptOptions): Promise<DealToLink | null> {
  const { opportunityId, referralId } = adoption;
  const read = await relay.clouds.partnerCenter.read(referralId, relay.parts.random.uuid());
  if (read.kind !== "found") return null;
  const { referral } = read;
  return { opportunityId, changes: (opportunity) => adoptionChanges(relay.map, { opportunity, referral }, options) };
}
