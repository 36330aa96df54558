// Stops a relay by SIGTERM under load, again and again: whatever reached it must be answered as on any other day. The
// senders behave as a balancer does: no new connections to a relay that says it is not ready, kept ones until it hangs up.

import { setTimeout as pause } from "node:timers/promises";
import { withClouds, withDataFolder } from "../relay-under-test";
import { makeSyncedPairs } from "../synced-pairs";
import { proveInbox, type InboxProof } from "./inbox-proof";
import { createKillableRelay, type KillableRelay } from "./killable-relay";
import { createOrderedSenders } from "./ordered-senders";
import { createSeededMoments } from "./seeded-moments";

export interface StopRoundsOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly say: (line: string) => void;
  readonly entry?: string;
}

export interface StopRoundsResult {
  readonly inbox: InboxProof;
  /** Answers other than 202. */
  readonly failed: readonly string[];
  /** Webhooks that the relay took and did not answer. */
  readonly takenUnanswered: readonly string[];
  /**
   * Requests that crossed with the relay's closing of an idle connection and so reached nobody: HTTP cannot rule that out,
   * and whoever sends must send again.
   */
  readonly crossed: number;
  readonly exitCodes: readonly (number | null)[];
  /** From the signal to the end of the process, milliseconds. */
  readonly stopMs: readonly number[];
}

const PAIRS = 16;
const PROBE_EVERY_MS = 20;

export function stopRounds(options: StopRoundsOptions): Promise<StopRoundsResult> {
  return withDataFolder((dataFolder) =>
    withClouds({ latencyMs: 5 }, async (clouds) => {
      const environment = { ...clouds.environment, COSELL_COALESCE_MS: "60", COSELL_SWEEP_SECONDS: "86400" };
      const relay = createKillableRelay({ ...options, environment, dataFolder });
      await relay.start();
      try {
        clouds.callRelayAt(relay.url());
        const senders = await createOrderedSenders(clouds, await makeSyncedPairs(clouds, PAIRS));
        return await rounds({ relay, senders }, options);
      } finally {
        await relay.stop();
      }
    }),
  );
}

interface Parts {
  readonly relay: KillableRelay;
  readonly senders: Awaited<ReturnType<typeof createOrderedSenders>>;
}

async function rounds({ relay, senders }: Parts, options: StopRoundsOptions): Promise<StopRoundsResult> {
  const moments = createSeededMoments(options.seed);
  const exitCodes: (number | null)[] = [];
  const stopMs: number[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    const probe = await startProbe(relay.url());
    senders.start({ url: relay.url, mayConnect: probe.ready, restMs: 2 });
    await pause(moments.between(50, 600));
    const startedMs = performance.now();
    exitCodes.push(await relay.stop());
    stopMs.push(performance.now() - startedMs);
    await senders.stop();
    await probe.end();
    await relay.start();
    const { acknowledged, failed, unanswered } = senders;
    options.say(
      `round ${round}: ${acknowledged.length} acknowledged, ${failed.length} failed, ${unanswered.length} lost`,
    );
  }
  const inbox = await proveInbox(await relay.connection(), senders.acknowledged);
  const takenUnanswered = senders.unanswered.filter((operation) => inbox.stored.has(operation));
  const crossed = senders.unanswered.length - takenUnanswered.length;
  return { inbox, failed: senders.failed, takenUnanswered, crossed, exitCodes, stopMs };
}

/** Asks /readyz over and over, as a balancer does. Begins with a relay that is ready. */
async function startProbe(url: string): Promise<{ ready: () => boolean; end: () => Promise<void> }> {
  let [ready, ended] = [await isReady(url), false];
  const loop = (async () => {
    while (!ended) {
      ready = await isReady(url);
      await pause(PROBE_EVERY_MS);
    }
  })();
  return {
    ready: () => ready,
    end: async () => {
      ended = true;
      await loop;
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`, { headers: { connection: "close" } }).catch(() => null);
  await answer?.arrayBuffer().catch(() => null);
  return answer?.ok === true;
}
