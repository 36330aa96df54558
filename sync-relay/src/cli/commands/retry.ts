import { isErrorCode } from "../../core/errors";
import { shownTime } from "../../operate/since";
import type { DeadLetter } from "../../ports/operator-store";
import { usageProblem } from "../command-problem";
import type { CommandContext } from "../context";
import type { CommandFile, Given } from "../command";
import { exitCode } from "../exit-code";
import { givenSince } from "../given-values";
import { openSettings } from "../open/open-settings";
import { withStore } from "../open/with-store";
import { operateTexts as texts } from "../texts/operate-texts";

/** Dead letters that are listed before they are retried. */
const MOST_LISTED = 20;

export const retryCommand: CommandFile = {
  path: "retry",
  summary: texts.retrySummary,
  options: [
    { flags: "--reason <code>", what: texts.reason },
    { flags: "--since <time>", what: texts.retrySince },
  ],
  examples: [
    { line: "cosell retry", what: texts.retryExampleAll },
    { line: "cosell retry --reason CS-1006", what: texts.retryExampleReason },
  ],
  async run(context, given) {
    const chosen = choice(context, given);
    return await withStore(context, openSettings(context), async ({ store }) => {
      const dead = (await store.operator.deadLetters()).filter(chosen);
      if (dead.length === 0) {
        context.out.line(context.text(texts.nothingToRetry));
        return { exit: exitCode.ok, json: { retried: 0 } };
      }
      list(context, dead);
      if (!(await context.ask.confirm({ message: context.text(texts.confirmRetry), flag: "--yes" }))) {
        context.out.line(context.text(texts.notDone));
        return { exit: exitCode.ok, json: { retried: 0 } };
      }
      const opportunityIds = dead.map(({ opportunityId }) => opportunityId);
      const retried = await store.redrive({ kind: "opportunities", opportunityIds });
      context.out.line(context.text(texts.retried, { count: retried }));
      if ((await store.operator.runningRelays()) === 0) context.out.line(context.text(texts.noRelayRuns));
      return { exit: exitCode.ok, json: { retried, opportunities: opportunityIds } };
    });
  },
};

function choice(context: CommandContext, given: Given): (dead: DeadLetter) => boolean {
  const reason = given.text("--reason")?.toUpperCase() ?? null;
  if (reason !== null && !isErrorCode(reason)) throw usageProblem(texts.unknownReason, { values: { given: reason } });
  const since = givenSince(context, given);
  return ({ because, sinceMs }) =>
    (reason === null || because === reason) && (since === null || (sinceMs !== null && sinceMs >= since));
}

function list(context: CommandContext, dead: readonly DeadLetter[]): void {
  context.out.line(context.text(texts.retryPlan, { count: dead.length }));
  const rows = dead
    .slice(0, MOST_LISTED)
    .map(({ opportunityId, because, sinceMs }) => [
      "",
      opportunityId,
      because,
      sinceMs === null ? "" : shownTime(sinceMs),
    ]);
  context.out.table(dead.length > MOST_LISTED ? [...rows, ["", "…"]] : rows);
}
