import { askFor, keysToReplay, untilDone, type Asked, type AskParts } from "../../operate/ask";
import { shownTime } from "../../operate/since";
import { usageProblem } from "../command-problem";
import type { CommandFile } from "../command";
import type { CommandContext } from "../context";
import { exitCode } from "../exit-code";
import { givenSince } from "../given-values";
import { withRelay } from "../open/with-relay";
import { progressBar } from "../texts/operate-shown";
import { operateTexts as texts } from "../texts/operate-texts";

/** Longest wait for the relay; it goes on afterwards. */
const WATCH_MS = 60_000;

export const replayCommand: CommandFile = {
  path: "replay",
  summary: texts.replaySummary,
  options: [
    { flags: "--since <time>", what: texts.replaySince },
    { flags: "--background", what: texts.noWait },
  ],
  examples: [{ line: "cosell replay --since 2h", what: texts.replayExample }],
  async run(context, given) {
    const sinceMs = givenSince(context, given);
    if (sinceMs === null) throw usageProblem(texts.replayNeedsSince);
    return await withRelay(context, async ({ store, clouds, environment, parts }) => {
      const keys = await context.progress.during(context.text(texts.searching), () =>
        keysToReplay(
          { ...parts, operator: store.operator, opportunities: environment, partnerCenter: clouds.partnerCenter },
          sinceMs,
        ),
      );
      if (keys.length === 0) {
        context.out.line(context.text(texts.nothingChanged, { since: shownTime(sinceMs) }));
        return { exit: exitCode.ok, json: { replayed: 0, left: 0 } };
      }
      const ask = { ...parts, inbox: store.inbox, operator: store.operator };
      const asked = await askFor(ask, keys);
      context.out.line(context.text(texts.replaying, { count: keys.length }));
      if ((await store.operator.runningRelays()) === 0) {
        context.out.line(context.text(texts.noRelayRuns));
        return { exit: exitCode.problems, json: { replayed: keys.length, left: keys.length } };
      }
      if (!given.has("--background")) await watch(context, ask, asked);
      const left = await store.operator.waitingOf("redrive", asked.dedupeIds);
      context.out.line(
        context.text(left === 0 ? texts.caughtUp : texts.leftOver, { count: left === 0 ? keys.length : left }),
      );
      return { exit: exitCode.ok, json: { replayed: keys.length, left } };
    });
  },
};

async function watch(context: CommandContext, ask: AskParts, asked: Asked): Promise<void> {
  const all = asked.keys.length;
  await context.progress.during("", (say) =>
    untilDone(ask, asked, {
      forMs: WATCH_MS,
      stopping: context.world.stopping,
      tell: (left) => say(context.text(texts.catchingUp, { bar: progressBar(all - left, all), done: all - left, all })),
    }),
  );
}
