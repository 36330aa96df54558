import { askFor, untilDone } from "../../operate/ask";
import { dryRun, keyOfId } from "../../operate/dry-run";
import type { Pair } from "../../core/pair";
import { phrase, phraseIn } from "../../operate/phrase";
import { statusLabels } from "../../operate/status";
import type { CommandContext } from "../context";
import type { CommandFile, Outcome } from "../command";
import { exitCode } from "../exit-code";
import { givenId } from "../given-values";
import { withRelay, type OpenRelay } from "../open/with-relay";
import { showDryRun } from "../show-dry-run";
import { operateTexts as texts } from "../texts/operate-texts";

/** Longest wait for the relay; it goes on afterwards. */
const WATCH_SECONDS = 60;

export const syncCommand: CommandFile = {
  path: "sync",
  summary: texts.syncSummary,
  arguments: [{ name: "id", what: texts.id, required: true }],
  options: [{ flags: "--dry-run", what: texts.dryRun }],
  examples: [
    { line: "cosell sync 0a6c9f4e-5b1d-4c56-9d0f-0d4f3a2b1c11", what: texts.syncExample },
    { line: "cosell sync 0a6c9f4e-5b1d-4c56-9d0f-0d4f3a2b1c11 --dry-run", what: texts.syncExampleDry },
  ],
  async run(context, given) {
    const id = givenId(given);
    return await withRelay(context, (relay) =>
      given.has("--dry-run") ? showWhatWould(context, relay, id) : syncNow(context, relay, id),
    );
  },
};

async function showWhatWould(context: CommandContext, relay: OpenRelay, id: string): Promise<Outcome> {
  const key = await keyOf(relay, id);
  const run = await context.progress.during(context.text(texts.syncing), () => dryRun(relay.parts, key));
  showDryRun(context, relay.map, run);
  return { exit: exitCode.ok, json: { dryRun: true, writes: run.writes } };
}

async function syncNow(context: CommandContext, relay: OpenRelay, id: string): Promise<Outcome> {
  const { store, parts } = relay;
  const ask = { ...parts, inbox: store.inbox, operator: store.operator };
  const asked = await askFor(ask, [await keyOf(relay, id)]);
  if ((await store.operator.runningRelays()) === 0) {
    context.out.line(context.text(texts.noRelayRuns));
    return { exit: exitCode.problems, json: { done: false, reason: "no-relay" } };
  }
  const wait = { forMs: WATCH_SECONDS * 1000, stopping: context.world.stopping, tell: () => undefined };
  const left = await context.progress.during(context.text(texts.syncing), () => untilDone(ask, asked, wait));
  if (left > 0) {
    context.out.line(context.text(texts.syncStillWaits, { seconds: WATCH_SECONDS, id }));
    return { exit: exitCode.problems, json: { done: false, reason: "still-waiting" } };
  }
  const pair = (await store.pairs.byOpportunity(id)) ?? (await store.pairs.byReferral(id));
  context.out.line(context.text(texts.syncDone, { status: standing(context, pair) }));
  const needsSomebody = pair?.status === "needs-attention";
  if (needsSomebody) context.out.line(`→ cosell explain ${id}`);
  return { exit: needsSomebody ? exitCode.problems : exitCode.ok, json: { done: true, status: pair?.status ?? null } };
}

function standing(context: CommandContext, pair: Pair | null): string {
  return pair === null ? context.text(texts.notKnown) : phraseIn(context.language, phrase(statusLabels(pair.status)));
}

/** An id that no stored pair has is an opportunity's when the CRM has it, else a referral's. */
async function keyOf({ parts }: OpenRelay, id: string) {
  const known = (await parts.pairs.byOpportunity(id)) ?? (await parts.pairs.byReferral(id));
  const kind = known !== null || (await parts.crm.read(id)).kind === "found" ? "opportunity" : "referral";
  return keyOfId(parts, id, kind);
}
