import { directions, pauseFact, resumeText } from "../../core/pause";
import { pausedDirections } from "../../operate/status";
import type { Storage } from "../../compose/storage";
import type { CommandContext } from "../context";
import type { CommandFile } from "../command";
import { exitCode } from "../exit-code";
import { openSettings } from "../open/open-settings";
import { withStore } from "../open/with-store";
import { progressBar } from "../texts/operate-shown";
import { operateTexts as texts } from "../texts/operate-texts";

type Store = Storage["store"];

const LOOK_EVERY_MS = 300;
/** Without any progress for so long the rest is left to the relay. */
const STALLED_MS = 20_000;

export const resumeCommand: CommandFile = {
  path: "resume",
  summary: texts.resumeSummary,
  arguments: [{ name: "direction", what: texts.direction, required: false, choices: directions }],
  options: [{ flags: "--background", what: texts.noWait }],
  examples: [{ line: "cosell resume", what: texts.resumeExample }],
  async run(context, given) {
    const wanted = directions.filter((one) => (given.argument("direction") ?? one) === one);
    return await withStore(context, openSettings(context), async ({ store }) => {
      const paused = (await pausedDirections(store.pairs)).map(({ direction }) => direction);
      const before = await toCatchUp(store);
      for (const direction of wanted) {
        const resumes = paused.includes(direction);
        if (resumes) await store.pairs.setFact(pauseFact(direction), resumeText(context.world.clock.now()));
        context.out.line(context.text(resumes ? texts.isResumed : texts.wasGoing, { direction }));
      }
      const left = given.has("--background") ? before : await catchUp(context, store, before);
      return {
        exit: exitCode.ok,
        json: { resumed: wanted.filter((one) => paused.includes(one)), caughtUp: before - left, left },
      };
    });
  },
};

/** Pairs that a pause holds back, and events that wait. */
async function toCatchUp({ pairs, queue }: Store): Promise<number> {
  const going = (await pausedDirections(pairs)).length === 0;
  const held = await pairs.pausedPairs();
  return held.length + (going || held.length === 0 ? (await queue.depth()).events : 0);
}

/** Shows how what was held back is worked off. Answers how much is left when it ends, stalls or is interrupted. */
async function catchUp(context: CommandContext, store: Store, before: number): Promise<number> {
  if ((await store.operator.runningRelays()) === 0) {
    context.out.line(context.text(texts.noRelayRuns));
    return before;
  }
  const left = await context.progress.during("", (say) => watch(context, store, { before, say }));
  const words = left === 0 ? texts.caughtUp : texts.leftOver;
  context.out.line(context.text(words, { count: left === 0 ? before : left }));
  return left;
}

interface Watch {
  readonly before: number;
  readonly say: (text: string) => void;
}

async function watch(context: CommandContext, store: Store, { before, say }: Watch): Promise<number> {
  const { clock, stopping } = context.world;
  let least = Number.POSITIVE_INFINITY;
  let progressAtMs = clock.now();
  for (;;) {
    const left = await toCatchUp(store);
    if (left < least) progressAtMs = clock.now();
    least = Math.min(least, left);
    const all = Math.max(before, left);
    say(context.text(texts.catchingUp, { bar: progressBar(all - left, all), done: all - left, all }));
    if (left === 0 || stopping.aborted || clock.now() - progressAtMs > STALLED_MS) return left;
    await clock.sleep(LOOK_EVERY_MS, stopping);
  }
}
