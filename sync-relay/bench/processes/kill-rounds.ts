// Kills relay and database at random moments under load, again and again, and proves from the relay's tables and from
// both clouds that nothing was lost, doubled or overtaken.

import { setTimeout as pause } from "node:timers/promises";
import { must } from "../../src/core/must";
import type { LoopbackClouds } from "../../simulator/demo/loopback-clouds";
import { withClouds, withDataFolder } from "../relay-under-test";
import { changeOpportunity, makeSyncedPairs, referralHas, type SyncedPair } from "../synced-pairs";
import { waitUntil } from "../wait-until";
import { proveInbox, type InboxProof } from "./inbox-proof";
import { createKillableRelay, type KillableRelay, type Victim } from "./killable-relay";
import { createOrderedSenders } from "./ordered-senders";
import { createSeededMoments, type SeededMoments } from "./seeded-moments";

export interface KillRoundsOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly say: (line: string) => void;
  readonly entry?: string;
  readonly onLine?: (line: string) => void;
  /** Called when everything is proved, with the relay still running. */
  readonly afterwards?: (relay: KillableRelay, dataFolder: string) => Promise<void>;
}

export interface KillRoundsResult {
  readonly inbox: InboxProof;
  /** Edits of sellers that reached Partner Center in the end, of how many. */
  readonly edits: { readonly made: number; readonly pairs: number };
  /** Opportunities with another number of referrals than one. */
  readonly notPaired: readonly string[];
  readonly struck: Readonly<Record<Victim, number>>;
  /** From the kill until webhooks were taken again, milliseconds. */
  readonly recoveryMs: readonly number[];
}

const PAIRS = 16;
const VICTIMS: readonly [Victim, ...Victim[]] = [
  "relay",
  "relay",
  "relay-and-database",
  "database",
  "whole-database",
  "database-restart",
];
const FIRST_VALUE = 200_000;
const ENVIRONMENT = {
  COSELL_COALESCE_MS: "60",
  // What a killed relay did not hear of is found soon, so that the rounds do not wait for each other.
  COSELL_SWEEP_SECONDS: "5",
  COSELL_CREATE_QUARANTINE_SECONDS: "0",
};

export function killRounds(options: KillRoundsOptions): Promise<KillRoundsResult> {
  return withDataFolder((dataFolder) =>
    withClouds({ latencyMs: 5 }, async (clouds) => {
      const environment = { ...clouds.environment, ...ENVIRONMENT };
      const relay = createKillableRelay({ ...options, environment, dataFolder });
      await relay.start();
      try {
        clouds.callRelayAt(relay.url());
        const result = await rounds({ clouds, relay }, options);
        await options.afterwards?.(relay, dataFolder);
        return result;
      } finally {
        await relay.recovered().catch(() => undefined);
        await relay.stop();
      }
    }),
  );
}

interface Parts {
  readonly clouds: LoopbackClouds;
  readonly relay: KillableRelay;
}

async function rounds({ clouds, relay }: Parts, options: KillRoundsOptions): Promise<KillRoundsResult> {
  const moments = createSeededMoments(options.seed);
  const pairs = await makeSyncedPairs(clouds, PAIRS);
  const senders = await createOrderedSenders(clouds, pairs);
  const sellers = createSellers(clouds, pairs, moments);
  const struck = { relay: 0, database: 0, "whole-database": 0, "relay-and-database": 0, "database-restart": 0 };
  const recoveryMs: number[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    senders.start({ url: relay.url, restMs: 2 });
    await sellers.editFor(moments.between(100, 1_200));
    const victim = moments.pick(VICTIMS);
    struck[victim] += 1;
    const killedMs = performance.now();
    await relay.kill(victim);
    await pause(moments.between(0, 200));
    await relay.recovered();
    recoveryMs.push(performance.now() - killedMs);
    await senders.stop();
    options.say(`round ${round}: ${victim}, ${senders.acknowledged.length} acknowledged so far`);
  }
  await waitUntil("every edit has arrived on the other side", sellers.allArrived);
  const inbox = await proveInbox(await relay.connection(), senders.acknowledged);
  return {
    inbox,
    edits: { made: sellers.made(), pairs: pairs.length },
    notPaired: pairs.filter((pair) => referralsOf(clouds, pair) !== 1).map(({ opportunityId }) => opportunityId),
    struck,
    recoveryMs,
  };
}

function createSellers(clouds: LoopbackClouds, pairs: readonly SyncedPair[], moments: SeededMoments) {
  const last = new Map<SyncedPair, number>();
  let made = 0;
  return {
    made: () => made,
    async editFor(ms: number): Promise<void> {
      const endMs = performance.now() + ms;
      while (performance.now() < endMs) {
        const pair = must(pairs[moments.between(0, pairs.length - 1)], "there are pairs");
        made += 1;
        changeOpportunity(clouds, pair, FIRST_VALUE + made);
        last.set(pair, FIRST_VALUE + made);
        await pause(Math.min(40, Math.max(1, endMs - performance.now())));
      }
    },
    allArrived: () => [...last].every(([pair, value]) => referralHas(clouds, pair, value)),
  };
}

function referralsOf({ partnerCenter }: LoopbackClouds, { opportunityId }: SyncedPair): number {
  return partnerCenter.referrals.all().filter((one) => one["externalReferenceId"] === opportunityId).length;
}
