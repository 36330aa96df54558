// How often both clouds are called for one change when both sides are edited at the same time, without faults and with
// one in twenty calls failing in one of the ways in which calls fail.

import { must } from "../src/core/must";
import type { LoopbackClouds } from "../simulator/demo/loopback-clouds";
import { rounded, type Figure, type Suite, type SuiteOptions } from "./figure";
import { createSeededMoments, type SeededMoments } from "./processes/seeded-moments";
import { withRelay } from "./relay-under-test";
import { changeOpportunity, changeReferral, makeSyncedPairs, opportunityHas, referralHas } from "./synced-pairs";
import { forgetCalls, untilQuiet, upstreamCalls } from "./upstream-calls";
import { waitUntil } from "./wait-until";

const PAIRS = 20;
const ROUNDS = 10;
const FIRST_VALUE = 400_000;
/** Five in a hundred of the 50 calls that a round costs without faults. */
const FAULTS_A_ROUND = [2, 3];

export const faultyCalls: Suite = {
  prefix: "change-calls.",
  measure: (options) => withRelay({}, ({ clouds }) => measure(clouds, options)),
};

type Fault = (clouds: LoopbackClouds) => void;

/** Each strikes one call, at a step of a change, in a way of its own. */
const FAULTS: readonly [Fault, ...Fault[]] = [
  ({ dataverse }) => dataverse.faults.request({ method: "PATCH", effect: { kind: "status", status: 503 } }),
  ({ dataverse }) => dataverse.faults.request({ method: "PATCH", effect: { kind: "hidden-effect", seen: "drop" } }),
  ({ dataverse }) => dataverse.faults.request({ method: "GET", effect: { kind: "drop" } }),
  ({ dataverse }) => dataverse.faults.request({ effect: { kind: "status", status: 429, retryAfterSeconds: 1 } }),
  ({ partnerCenter }) => partnerCenter.faults.order({ kind: "server-error", method: "PATCH" }),
  ({ partnerCenter }) => partnerCenter.faults.order({ kind: "timeout-after-effect", method: "PATCH" }),
  ({ partnerCenter }) => partnerCenter.faults.order({ kind: "drop-before-effect", method: "GET" }),
  ({ partnerCenter }) => partnerCenter.faults.order({ kind: "throttle", retryAfterSeconds: 1 }),
];

async function measure(clouds: LoopbackClouds, { quick, seed }: SuiteOptions): Promise<readonly Figure[]> {
  const moments = createSeededMoments(seed);
  const pairs = await makeSyncedPairs(clouds, PAIRS);
  const rounds = quick ? 1 : ROUNDS;
  let value = FIRST_VALUE;
  const count = async (faults: (round: number) => number): Promise<number> => {
    let calls = 0;
    for (let round = 0; round < rounds; round += 1) {
      forgetCalls(clouds);
      order(clouds, moments, faults(round));
      const arrived = pairs.map((pair, n) => {
        value += 1;
        const wanted = value;
        (n % 2 === 0 ? changeOpportunity : changeReferral)(clouds, pair, wanted);
        return () => (n % 2 === 0 ? referralHas : opportunityHas)(clouds, pair, wanted);
      });
      await waitUntil("all changes have arrived", () => arrived.every((has) => has()));
      await untilQuiet(clouds);
      calls += upstreamCalls(clouds);
    }
    return calls;
  };
  // The first round learns what is not asked again.
  await count(() => 0);
  const samples = rounds * PAIRS;
  const figure = (name: string, calls: number): Figure => {
    return { name, value: rounded(calls / samples), unit: "calls", samples };
  };
  return [
    figure("change-calls.no-faults", await count(() => 0)),
    figure("change-calls.faults-5-percent", await count((round) => must(FAULTS_A_ROUND[round % 2], "two numbers"))),
  ];
}

function order(clouds: LoopbackClouds, moments: SeededMoments, faults: number): void {
  for (let n = 0; n < faults; n += 1) moments.pick(FAULTS)(clouds);
}
