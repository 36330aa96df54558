import { readFileSync } from "node:fs";
import { join } from "node:path";
import { mutants } from "../../sync-relay/simulation/mutants/mutants";
import { placesOf } from "../../sync-relay/simulation/mutants/put-into";
import { compiledEntry } from "../end-to-end/compiled-entry";
import { runToEnd } from "../end-to-end/run-to-end";

const simulate = (...args: readonly string[]) => runToEnd(compiledEntry("simulation/main.js"), {}, args);

/** A process and a compiler that warms up, on a busy machine. */
const LONG_MS = 300_000;

test("[SIM14] there are at least twenty known mistakes, each at exactly one place of the engine", () => {
  expect(mutants.length).toBeGreaterThanOrEqual(20);
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  const found = mutants.map(({ name, file, text, becomes }) => {
    const source = readFileSync(join(__dirname, "../../sync-relay", `${file}.ts`), "utf8");
    return { name, places: placesOf(text, source), isChange: becomes !== text };
  });
  expect(found.filter(({ places, isChange }) => places !== 1 || !isChange)).toEqual([]);
});

test.each([
  { name: "sync-off-ignored", invariant: "I7" },
  { name: "decision-taken-for-agreement", invariant: "I[134]" },
  { name: "acknowledged-but-not-stored", invariant: "I8" },
  { name: "gone-referral-made-anew", invariant: "I15" },
  { name: "unheard-of-status-not-told", invariant: "I16" },
])(
  "[SIM14] the mistake $name is noticed, by $invariant",
  async ({ name, invariant }) => {
    const { code, output } = await simulate("--mutants", "--only", name);
    expect(output).toMatch(new RegExp(`${name} +noticed after \\d+ histories\\n.+\\n  ${invariant} `));
    expect(output).toContain("0 survived");
    expect(code).toBe(0);
  },
  LONG_MS,
);

test(
  "[SIM14] a mistake that nothing notices is a failure, and so is one that nobody knows",
  async () => {
    const survivor = await simulate("--mutants", "--only", "intents-do-not-add-up", "--histories", "1");
    expect(survivor.output).toContain("SURVIVED 1 histories");
    expect(survivor.code).toBe(1);
    const unknown = await simulate("--mutants", "--only", "no-such-mistake");
    expect(unknown.output).toContain('There is no mutant "no-such-mistake"; there are create-without-look-up, ');
    expect(unknown.code).toBe(1);
  },
  LONG_MS,
);
