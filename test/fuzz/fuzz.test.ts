// 100,000 mutated inputs to every door of the relay; `npm run fuzz` feeds as many as wanted and watches time and memory.

import type { FuzzTarget } from "../../sync-relay/fuzz/fuzz-target";
import { createDice } from "../../sync-relay/fuzz/dice";
import { runFuzz } from "../../sync-relay/fuzz/run-fuzz";
import { fuzzTargets } from "../../sync-relay/fuzz/targets";

// The machine may be busy.
jest.setTimeout(300_000);

const INPUTS = 100_000;
const SEED = 20_260_601;

/** Outcomes that must occur, or the inputs would not reach what is behind the first check. */
const reached: Readonly<Record<string, readonly string[]>> = {
  "dataverse-body": ["verified", "malformed", "verified, no event"],
  "dataverse-headers": ["bad-secret"],
  "notification-body": ["verified", "malformed", "ignored"],
  "notification-request": ["verified", "bad-signature", "bad-secret", "certificate-refused", "missing-header"],
  "certificate-url": ["allowed", "refused"],
  "certificate-file": ["trusted", "not-a-certificate"],
  "partner-center-answer": ["understood", "CS-1106", "CS-1104", "CS-1101", "CS-1102", "CS-1105"],
  "dataverse-answer": ["understood", "CS-1001", "CS-1002", "CS-1004", "CS-1005"],
  "dataverse-list": ["understood", "CS-1001", "CS-1002", "CS-1004", "CS-1005"],
  "authority-answer": ["understood", "CS-1201", "CS-1202", "CS-1203"],
  "raw-request": ["400", "404", "200", "202"],
  "sealed-secret": ["understood", "CS-1204"],
};

async function feed(name: string): Promise<void> {
  const target = fuzzTargets.find((candidate) => candidate.name === name);
  if (target === undefined) throw new Error(`no target ${name}`);
  const run = await runFuzz(target, { seed: SEED, inputs: (INPUTS * target.perMille) / 1000 });
  expect(run.failures).toEqual([]);
  expect([...run.outcomes.keys()]).toEqual(expect.arrayContaining([...(reached[name] ?? [])]));
  expect([...run.outcomes.values()].reduce((sum, times) => sum + times, 0)).toBe(run.inputs);
}

test("[FZ1] mutated bodies of Dataverse's webhooks", () => feed("dataverse-body"));

test("[FZ1] mutated bodies of Partner Center's notifications", () => feed("notification-body"));

test("[FZ2] mutated headers of Dataverse's webhooks", () => feed("dataverse-headers"));

test("[FZ2] mutated requests of Partner Center", () => feed("notification-request"));

test("[FZ2] mutated addresses of certificates", () => feed("certificate-url"));

test("[FZ3] mutated certificates", () => feed("certificate-file"));

test("[FZ4] mutated answers of Partner Center", () => feed("partner-center-answer"));

test("[FZ4] mutated answers of Dataverse", () => feed("dataverse-answer"));

test("[FZ4] mutated answers of Dataverse to what checks and commands ask", () => feed("dataverse-list"));

test("[FZ4] mutated answers of the sign-in authority", () => feed("authority-answer"));

test("[FZ5] mutated requests over real connections", () => feed("raw-request"));

test("[SE3] mutated envelopes", () => feed("sealed-secret"));

test("[FZ7] every input has its place, and the targets share them all", () => {
  expect(fuzzTargets.map(({ name }) => name).sort()).toEqual(Object.keys(reached).sort());
  expect(fuzzTargets.reduce((sum, { perMille }) => sum + perMille, 0)).toBe(1_000);
});

test("[FZ7] the same seed throws the same, another seed, target or input something else", () => {
  const thrown = (seed: number, target: string, input: number) => {
    const dice = createDice(seed, target, input);
    return Array.from({ length: 8 }, () => dice.below(1_000));
  };
  expect(thrown(1, "a", 1)).toEqual(thrown(1, "a", 1));
  const others = [thrown(1, "a", 1), thrown(2, "a", 1), thrown(1, "b", 1), thrown(1, "a", 2)];
  expect(new Set(others.map(String)).size).toBe(others.length);
});

function aTarget(attempt: (n: number) => Promise<string>): FuzzTarget {
  let n = 0;
  return { name: "probe", perMille: 0, start: async () => ({ input: () => () => attempt((n += 1)) }) };
}

test("[FZ8] what an input broke is told with its number, and the run goes on", async () => {
  const run = await runFuzz(
    aTarget((n) => (n === 3 ? Promise.reject(new Error("broken")) : Promise.resolve("good"))),
    { seed: 1, inputs: 5, from: 10 },
  );
  expect(run.failures).toMatchObject([{ input: 12, what: expect.stringContaining("broken") as string }]);
  expect(run.outcomes).toEqual(new Map([["good", 4]]));
});

/** Work, not time: on a busy machine most of the time is other people's. */
function busy(microseconds: number): void {
  const before = process.threadCpuUsage();
  let used = 0;
  while (used < microseconds) {
    const { user, system } = process.threadCpuUsage(before);
    used = user + system;
  }
}

test("[FZ8] an input that keeps the event loop busy each time is told; once may be somebody else's doing", async () => {
  const always = await runFuzz(
    aTarget(async () => (busy(60_000), "slow")),
    { seed: 1, inputs: 1 },
  );
  expect(always.stalls).toMatchObject([{ input: 0 }]);
  const once = await runFuzz(
    aTarget(async (n) => (n === 1 ? (busy(60_000), "slow") : "fast")),
    { seed: 1, inputs: 1 },
  );
  expect(once.stalls).toEqual([]);
});

test("[FZ8] much work in many turns of the event loop holds nobody up", async () => {
  const run = await runFuzz(
    aTarget(async () => {
      for (let turn = 0; turn < 6; turn += 1) {
        busy(20_000);
        await new Promise((resolve) => setImmediate(resolve));
      }
      return "patient";
    }),
    { seed: 1, inputs: 1 },
  );
  expect(run.stalls).toEqual([]);
  expect(run.longestMs).toBeGreaterThan(10);
});
