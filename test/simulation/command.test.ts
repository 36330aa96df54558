import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { batchesOf } from "../../sync-relay/simulation/many-histories";
import { OptionError, readOptions } from "../../sync-relay/simulation/options";
import { createProgressFile } from "../../sync-relay/simulation/progress-file";
import { emptyTotals } from "../../sync-relay/simulation/totals";
import { compiledEntry } from "../end-to-end/compiled-entry";
import { runToEnd } from "../end-to-end/run-to-end";

const simulate = (...args: readonly string[]) => runToEnd(compiledEntry("simulation/main.js"), {}, args);
const LONG_MS = 300_000;

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "cosell-simulation-"));
  folders.push(folder);
  return folder;
}

test("[SIM17] without options it is 100,000 histories from seed 1 on all cores", () => {
  const options = readOptions([]);
  expect(options).toMatchObject({ task: "histories", histories: 100_000, seed: 1, resume: false, only: null });
  expect(options === "help" ? 0 : options.jobs).toBeGreaterThan(0);
  expect(readOptions(["--help"])).toBe("help");
  expect(readOptions(["--trace", "42"])).toMatchObject({ task: "trace", seed: 42 });
});

test.each([
  [["--histories", "0"], '--histories must be a whole number from 1 to 100000000, not "0"'],
  [["--histories", "1e5"], '--histories must be a whole number from 1 to 100000000, not "1e5"'],
  [["--seed", "-1"], "Option '--seed' argument is ambiguous"],
  [["--seed=-1"], '--seed must be a whole number from 0 to 4000000000, not "-1"'],
  [["--trace", "all"], '--trace must be a whole number from 0 to 4000000000, not "all"'],
  [["--jobs", "none"], '--jobs must be a whole number from 1 to 256, not "none"'],
  [["--mutants", "--crash-points"], "--mutants and --crash-points do not go together; choose one of them"],
  [["--only", "x"], "--only goes with --mutants"],
  [["--resume", "--mutants"], "--resume does not go with --mutants"],
  [["--histories", "5", "--trace", "1"], "--histories does not go with --trace"],
  [["--fast"], "Unknown option '--fast'"],
  [["17"], "Unexpected argument '17'"],
])("[SIM17] %j is refused with what would do", (args, message) => {
  expect(() => readOptions(args)).toThrow(OptionError);
  expect(() => readOptions(args)).toThrow(message);
});

test("[SIM17] batches cover every seed once", () => {
  const seeds = [...batchesOf(7, 601)].flatMap(({ from, count }) => Array.from({ length: count }, (_, n) => from + n));
  expect(seeds).toEqual(Array.from({ length: 601 }, (_, n) => 7 + n));
});

test("[SIM17] an interrupted run goes on; progress of another run, or broken, is not used", () => {
  const folder = aFolder();
  const file = createProgressFile(folder, { histories: 1_000, seed: 1 });
  expect(file.load()).toBeNull();
  const totals = { ...emptyTotals(), histories: 250 };
  const progress = { histories: 1_000, seed: 1, done: [1], totals, seconds: 2.5 };
  file.save(progress);
  expect(file.load()).toEqual(progress);
  expect(createProgressFile(folder, { histories: 1_000, seed: 2 }).load()).toBeNull();
  writeFileSync(file.path, '{"histories":1000,');
  expect(file.load()).toBeNull();
  file.remove();
  expect(readdirSync(folder)).toEqual([]);
});

test(
  "[SIM17] the command says how many histories held, with what faults, and ends with 0",
  async () => {
    const { code, output } = await simulate("--histories", "300", "--seed", "4000", "--jobs", "2");
    expect(output).toMatch(/histories +300 in [\d.]+ s, \d+ a second/);
    expect(output).toMatch(/calls per change +\d+\.\d\d/);
    expect(output).toMatch(/webhook-lost +\d+/);
    expect(output).toMatch(/told twice +3 histories/);
    expect(output).toMatch(/violations +0/);
    expect(code).toBe(0);
  },
  LONG_MS,
);

test(
  "[SIM17] the command tells one history event by event, the same way every time, and refuses what it does not know",
  async () => {
    const [once, again] = await Promise.all([simulate("--trace", "7"), simulate("--trace", "7")]);
    const events = (output: string) => output.replace(/, \d+ ms\n$/, "");
    expect(events(again.output)).toBe(events(once.output));
    expect(once.output).toMatch(/^seed 7: \{"calm"/);
    expect(once.output).toMatch(/\d{13} CALL {2}/);
    expect(once.code).toBe(0);
    const mistaken = await simulate("--histories", "many");
    expect(mistaken.output).toContain('not "many"');
    expect(mistaken.output).toContain("Usage: npm run simulate");
    expect(mistaken.code).toBe(2);
  },
  LONG_MS,
);
