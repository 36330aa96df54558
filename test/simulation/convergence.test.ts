// Seeded random histories of people and faults, with the real core and pipeline; docs/simulation.md says how to run more
// of them and how to read one.

import { runBatch } from "../../sync-relay/simulation/batch";
import { faultKinds, type FaultProfile } from "../../sync-relay/simulation/fault-profile";
import { runHistory, type HistoryResult } from "../../sync-relay/simulation/history";
import { createMaps } from "../../sync-relay/simulation/maps";
import { jumpInDoubt, putBackInCreate, undisturbed } from "../../sync-relay/simulation/mutants/circumstances";
import { addTotals, emptyTotals } from "../../sync-relay/simulation/totals";

const HISTORIES = 5_000;
const FIRST_SEED = 1;

const maps = createMaps();
const totals = emptyTotals();
const { stackTraceLimit } = Error;

beforeAll(async () => {
  // Thousands of expected failures a second: nobody reads where each came from.
  Error.stackTraceLimit = 0;
  addTotals(totals, await runBatch({ from: FIRST_SEED, count: HISTORIES }, { maps }));
}, 3_600_000);

afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

/** `seed 12: I3 …` for everything that does not hold. */
function against(...invariants: readonly string[]): readonly string[] {
  return totals.failures.flatMap(({ seed, violations }) =>
    violations
      .filter((violation) => invariants.some((name) => violation.startsWith(`${name} `)))
      .map((violation) => `seed ${seed}: ${violation}`),
  );
}

test("[SIM1] both sides agree once people and faults rest, and without faults at once", () => {
  expect(against("I1", "I13")).toEqual([]);
});

test("[SIM2] each shared opportunity has exactly one referral and the reverse, and Microsoft is invited once", () => {
  expect(against("I2")).toEqual([]);
});

test("[SIM3] no edit of one side is lost; where both sides edited, the rule decides and the loser is told", () => {
  expect(against("I3")).toEqual([]);
});

test("[SIM4] the relay writes no value that nobody gave, and does not go back and forth", () => {
  expect(against("I4", "I6")).toEqual([]);
});

test("[SIM5] once everything is in step, looking at every record again writes nothing", () => {
  expect(against("I5")).toEqual([]);
});

test("[SIM6] nothing is written to an opportunity whose sync is off, nor to a closed referral", () => {
  expect(against("I7")).toEqual([]);
});

test("[SIM7] every history comes to rest, and nothing is given up before its time", () => {
  expect(against("I9", "I10")).toEqual([]);
});

test("[SIM8] every write of a value is in the audit trail", () => {
  expect(against("I11")).toEqual([]);
});

test("[SIM9] a deletion that was told brings nothing back and closes nothing", () => {
  expect(against("I14")).toEqual([]);
});

test("[SIM18] a referral that disappears is not made anew, and is told once something is to be sent", () => {
  expect(against("I15")).toEqual([]);
});

test("[SIM19] a status that nobody knows closes nothing and is told", () => {
  expect(against("I16")).toEqual([]);
});

test.each([
  { because: "the clock was set anew", profile: jumpInDoubt },
  { because: "the store was put back", profile: putBackInCreate },
])("[SIM20] a referral that was made twice because $because is told", async ({ profile }) => {
  expect(against("I2")).toEqual([]);
  const { ledger, violations } = await firstMadeTwice({ ...undisturbed, ...profile });
  expect(violations).toEqual([]);
  const withoutReason = [...ledger.doublesTold].filter((id) => !ledger.mayBeMadeTwice["create-referral"].has(id));
  expect(withoutReason).toEqual([]);
});

async function firstMadeTwice(profile: Partial<FaultProfile>): Promise<HistoryResult> {
  for (let seed = 1; seed <= 2_000; seed += 1) {
    const history = await runHistory(seed, { maps, profile });
    if (history.ledger.doublesTold.size > 0) return history;
  }
  throw new Error("no history told of a referral that was made twice");
}

test("[SIM10] the histories are as bad as they are meant to be: every kind of fault struck", () => {
  expect(totals.histories).toBe(HISTORIES);
  expect(faultKinds.filter((kind) => totals.faults[kind] < HISTORIES / 100)).toEqual([]);
  expect(totals.calls / HISTORIES).toBeGreaterThan(30);
  expect(totals.writes / HISTORIES).toBeGreaterThan(5);
  expect(totals.faults.crash / HISTORIES).toBeGreaterThan(1);
});

test("[SIM11] what expires is told to the operator", () => {
  expect(against("I12")).toEqual([]);
});

test("[SIM12] an accepted webhook is in the store", () => {
  expect(against("I8")).toEqual([]);
});

test("[SIM13] the same seed gives the same history", async () => {
  expect(totals.repeated).toBe(HISTORIES / 100);
  expect(against("I0")).toEqual([]);
  const seeds = [1, 2, 3, 4, 5];
  const fingerprints = await Promise.all(
    seeds.map(async (seed) => (await runHistory(seed, { maps })).ledger.fingerprint),
  );
  expect(new Set(fingerprints).size).toBe(seeds.length);
});

test("[SIM1] nothing at all is found", () => {
  expect(totals.failures).toEqual([]);
});
