// Seeded random histories of people and faults, with the real core and pipeline. To tell one history, or to run others:
//   SIM_SEED=42 npx jest test/simulation          prints everything that happened
//   SIM_FROM=1000 SIM_COUNT=20000 npx jest test/simulation

import { shippedMap } from "../pipeline/world";
import { runHistory } from "./history";

const told = process.env["SIM_SEED"];
const from = Number(process.env["SIM_FROM"] ?? 1);
const count = Number(process.env["SIM_COUNT"] ?? 300);

/** Histories that showed a mistake of the engine or of the simulation once. */
const onceFailed = [
  33, 45, 50, 51, 75, 128, 131, 134, 283, 305, 311, 533, 570, 696, 724, 890, 927, 934, 963, 981, 1020, 1318, 1364, 1943,
  2276, 2469, 2613, 2771, 3151, 6057, 7354, 7652, 7792,
];

const seeds =
  told === undefined ? [...onceFailed, ...Array.from({ length: count }, (_, n) => from + n)] : [Number(told)];

/** `seed 12: I3 …` for everything that does not hold. */
const violations: string[] = [];
const total = { calls: 0, faults: 0, crashes: 0, writes: 0 };

beforeAll(async () => {
  for (const seed of seeds) {
    const {
      violations: found,
      ledger,
      profile,
    } = await runHistory(seed, { map: shippedMap, told: told !== undefined });
    violations.push(...found.map((violation) => `seed ${seed}: ${violation}`));
    total.calls += ledger.calls;
    total.faults += ledger.faults;
    total.crashes += ledger.crashes;
    total.writes += ledger.writes;
    if (ledger.trace !== null) process.stdout.write(`${JSON.stringify(profile)}\n${ledger.trace.join("\n")}\n`);
  }
}, 24 * 3_600_000);

const against = (...invariants: readonly string[]): readonly string[] =>
  violations.filter((line) => invariants.some((name) => line.includes(`: ${name} `)));

test("[SIM1] both sides agree once people and faults rest, whatever was lost, repeated, delayed or cut off", () => {
  expect(against("I1")).toEqual([]);
});

test("[SIM2] each shared opportunity has exactly one referral and the reverse, and Microsoft is invited once", () => {
  expect(against("I2")).toEqual([]);
});

test("[SIM3] no edit of one side is lost; where both sides edited, one of their last edits stays", () => {
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

test("[SIM7] every history comes to rest: nothing waits for ever, no pair becomes a dead letter by itself", () => {
  expect(against("I9", "I10")).toEqual([]);
});

test("[SIM8] every write of a value is in the audit trail", () => {
  expect(against("I11")).toEqual([]);
});

test("[SIM9] what was deleted does not come back", () => {
  expect(against("I14")).toEqual([]);
});

test("[SIM10] the histories are as bad as they are meant to be", () => {
  const histories = seeds.length;
  expect(total.calls / histories).toBeGreaterThan(told === undefined ? 30 : 0);
  if (told !== undefined) return;
  expect(total.writes / histories).toBeGreaterThan(5);
  expect(total.faults / histories).toBeGreaterThan(5);
  expect(total.crashes / histories).toBeGreaterThan(0.5);
  expect(violations).toEqual([]);
});
