import { directions, pauseFact, pauseText } from "../../core/pause";
import { shownTime } from "../../operate/since";
import { pausedDirections } from "../../operate/status";
import type { CommandFile } from "../command";
import { exitCode } from "../exit-code";
import { openSettings } from "../open/open-settings";
import { withStore } from "../open/with-store";
import { operateTexts as texts } from "../texts/operate-texts";

export const pauseCommand: CommandFile = {
  path: "pause",
  summary: texts.pauseSummary,
  arguments: [{ name: "direction", what: texts.direction, required: false, choices: directions }],
  examples: [
    { line: "cosell pause", what: texts.pauseExampleBoth },
    { line: "cosell pause partner-center-to-crm", what: texts.pauseExampleOne },
  ],
  async run(context, given) {
    const wanted = directions.filter((one) => (given.argument("direction") ?? one) === one);
    return await withStore(context, openSettings(context), async ({ store }) => {
      const already = await pausedDirections(store.pairs);
      for (const direction of wanted) {
        const before = already.find((one) => one.direction === direction);
        if (before === undefined) await store.pairs.setFact(pauseFact(direction), pauseText(context.world.clock.now()));
        const words = before === undefined ? texts.isPaused : texts.wasPaused;
        const since = shownTime(before?.sinceMs ?? context.world.clock.now());
        context.out.line(context.text(words, { direction, since }));
      }
      return { exit: exitCode.ok, json: { paused: await pausedDirections(store.pairs) } };
    });
  },
};
