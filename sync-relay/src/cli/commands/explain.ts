import { explain, type Explanation } from "../../operate/explain";
import { CommandProblem } from "../command-problem";
import type { CommandFile } from "../command";
import { exitCode } from "../exit-code";
import { givenId } from "../given-values";
import { withRelay } from "../open/with-relay";
import { showExplanation } from "../show-explanation";
import { operateTexts as texts } from "../texts/operate-texts";

export const explainCommand: CommandFile = {
  path: "explain",
  summary: texts.explainSummary,
  arguments: [{ name: "id", what: texts.id, required: true }],
  options: [{ flags: "-v, --verbose", what: texts.allFields }],
  examples: [{ line: "cosell explain 0a6c9f4e-5b1d-4c56-9d0f-0d4f3a2b1c11", what: texts.explainExample }],
  async run(context, given) {
    const id = givenId(given);
    return await withRelay(context, async ({ store, parts }) => {
      const found = await context.progress.during(context.text(texts.searching), () =>
        explain({ ...parts, operator: store.operator, audit: store.audit }, id),
      );
      if (isUnknown(found)) throw new CommandProblem(texts.unknownDeal, { values: { id } });
      showExplanation(context, found, given.has("--verbose"));
      return { exit: exitCode.ok, json: withoutRecords(found) };
    });
  },
};

function isUnknown({ pair, opportunity, referral, events }: Explanation): boolean {
  return pair === null && opportunity === null && referral === null && events.length === 0;
}

/** For scripts: the decision by field, not the whole of both records. */
function withoutRecords({
  pair,
  opportunity: _opportunity,
  referral: _referral,
  decision,
  ...rest
}: Explanation): unknown {
  return {
    status: pair?.status ?? null,
    deadBecause: pair?.deadBecause ?? null,
    invite: decision?.invite ?? null,
    ...rest,
  };
}
