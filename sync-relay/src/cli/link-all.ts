import type { OpportunityChanges, Opportunity } from "../core/opportunity";
import { untilDone, type Asked } from "../operate/ask";
import { linkDeal, type Linked } from "../operate/link-deals";
import type { CommandContext } from "./context";
import type { OpenRelay } from "./open/with-relay";
import { progressBar } from "./texts/operate-shown";
import { loadTexts as texts } from "./texts/load-texts";
import { operateTexts } from "./texts/operate-texts";

/** One deal to be linked. `changes` says what is written onto the opportunity first; null: nothing. */
export interface DealToLink {
  readonly opportunityId: string;
  readonly changes: (opportunity: Opportunity) => OpportunityChanges | null;
}

export interface LinkedAll {
  readonly done: number;
  readonly left: number;
  readonly failed: readonly { readonly opportunityId: string; readonly because: Exclude<Linked, "asked"> }[];
}

/** Longest wait for the relay to link what it was handed; it goes on afterwards. */
const WATCH_MS = 120_000;

/** Hands deals to the relay one after the other. Ctrl-C ends it between two of them; the next run does the rest. */
export async function linkAll(
  context: CommandContext,
  relay: OpenRelay,
  deals: readonly DealToLink[],
): Promise<LinkedAll> {
  const parts = { ...relay.parts, inbox: relay.store.inbox, operator: relay.store.operator };
  const failed: LinkedAll["failed"][number][] = [];
  const dedupeIds: string[] = [];
  let done = 0;
  await context.progress.during("", async (say) => {
    for (const { opportunityId, changes } of deals) {
      if (context.world.stopping.aborted) return;
      say(context.text(texts.linking, { bar: progressBar(done, deals.length), done, all: deals.length }));
      const { linked, asked } = await linkDeal(parts, opportunityId, changes);
      if (linked === "asked") dedupeIds.push(...asked.dedupeIds);
      else failed.push({ opportunityId, because: linked });
      done += 1;
    }
  });
  const all = deals.length;
  if (done < all) context.out.line(context.text(texts.interruptedAt, { done, all }));
  context.checkpoint();
  context.out.line(context.text(texts.linked, { count: done - failed.length }));
  showFailed(context, failed);
  return { done, failed, left: await watch(context, relay, { keys: [], dedupeIds }) };
}

function showFailed(context: CommandContext, failed: LinkedAll["failed"]): void {
  if (failed.length === 0) return;
  context.out.line(context.text(texts.notLinked, { count: failed.length }));
  context.out.table(failed.map(({ opportunityId, because }) => ["", opportunityId, context.text(texts[because])]));
}

/** Shows how the relay works off what it was handed. */
export async function watch(context: CommandContext, relay: OpenRelay, asked: Asked): Promise<number> {
  const all = asked.dedupeIds.length;
  if (all === 0) return 0;
  if ((await relay.store.operator.runningRelays()) === 0) {
    context.out.line(context.text(operateTexts.noRelayRuns));
    return all;
  }
  const { operator } = relay.store;
  const left = await context.progress.during("", (say) =>
    untilDone({ operator, clock: context.world.clock }, asked, {
      forMs: WATCH_MS,
      stopping: context.world.stopping,
      tell: (count) => {
        say(context.text(operateTexts.catchingUp, { bar: progressBar(all - count, all), done: all - count, all }));
      },
    }),
  );
  const words = left === 0 ? operateTexts.caughtUp : operateTexts.leftOver;
  context.out.line(context.text(words, { count: left === 0 ? all : left }));
  return left;
}
