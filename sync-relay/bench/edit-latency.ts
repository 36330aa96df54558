// How long a person waits: from the change on one side until the other side has it, while both clouds take 50 ms for
// each call, with the coalescing window as shipped. Changes come at a steady rate, whether or not the last one is through.

import { setTimeout as pause } from "node:timers/promises";
import { must } from "../src/core/must";
import type { LoopbackClouds } from "../simulator/demo/loopback-clouds";
import { times, type Figure, type Suite, type SuiteOptions } from "./figure";
import { withRelay } from "./relay-under-test";
import {
  changeOpportunity,
  changeReferral,
  makeSyncedPairs,
  opportunityHas,
  referralHas,
  type SyncedPair,
} from "./synced-pairs";
import { waitUntil } from "./wait-until";

/** Time that each call to a cloud takes. */
const CLOUD_LATENCY_MS = 50;
/** 100 changes a minute, in turn on either side. */
const CHANGE_EVERY_MS = 600;
/** So many that a pair rests for seconds between two changes; odd, so that each is changed on either side in turn. */
const PAIRS = 21;
const SAMPLES = 120;
const QUICK_SAMPLES = 10;
/** Above the value that pairs start with. */
const FIRST_VALUE = 100_001;

export const editLatency: Suite = {
  prefix: "edit.",
  measure: (options) => withRelay({ latencyMs: CLOUD_LATENCY_MS }, ({ clouds }) => measure(clouds, options)),
};

/** A change on one side, and when the other side has it. */
interface Direction {
  readonly name: string;
  readonly change: (clouds: LoopbackClouds, pair: SyncedPair, value: number) => void;
  readonly arrived: (clouds: LoopbackClouds, pair: SyncedPair, value: number) => boolean;
}

const toPartnerCenter: Direction = {
  name: "edit.crm-to-partner-center",
  change: changeOpportunity,
  arrived: referralHas,
};
const toCrm: Direction = { name: "edit.partner-center-to-crm", change: changeReferral, arrived: opportunityHas };

async function measure(clouds: LoopbackClouds, { quick }: SuiteOptions): Promise<readonly Figure[]> {
  const pairs = await makeSyncedPairs(clouds, PAIRS);
  const directions = Array.from({ length: quick ? QUICK_SAMPLES : SAMPLES }, () => [toPartnerCenter, toCrm]).flat();
  const measured = await Promise.all(
    directions.map(async (direction, n) => {
      await pause(n * CHANGE_EVERY_MS);
      const pair = must(pairs[n % pairs.length], "there are pairs");
      return { direction, ms: await timeOf(clouds, direction, { pair, value: FIRST_VALUE + n }) };
    }),
  );
  return [toPartnerCenter, toCrm].flatMap((direction) => {
    const own = measured.filter((one) => one.direction === direction);
    return times(
      direction.name,
      own.map(({ ms }) => ms),
    );
  });
}

function timeOf(
  clouds: LoopbackClouds,
  { name, change, arrived }: Direction,
  { pair, value }: { readonly pair: SyncedPair; readonly value: number },
): Promise<number> {
  change(clouds, pair, value);
  return waitUntil(`the other side has the change (${name})`, () => arrived(clouds, pair, value));
}
