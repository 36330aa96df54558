// A failed history, seen through an engine with a mistake in it.

import { runHistory } from "../../sync-relay/simulation/history";
import { createMaps } from "../../sync-relay/simulation/maps";
import { createPrint, printFailures } from "../../sync-relay/simulation/report";
import { shrink } from "../../sync-relay/simulation/shrink";
import { emptyTotals } from "../../sync-relay/simulation/totals";

// A write whose answer was lost is never told.
jest.mock("../../sync-relay/src/pipeline/note-landed", () => ({ noteLanded: () => undefined }));

const options = { maps: createMaps() };

async function firstFailure(): Promise<{ readonly seed: number; readonly violations: readonly string[] }> {
  for (let seed = 1; seed < 1_000; seed += 1) {
    const { violations } = await runHistory(seed, options);
    if (violations.length > 0) return { seed, violations };
  }
  throw new Error("the mistake was not noticed");
}

test("[SIM16] a failed history is shrunk to the faults that it takes, and told with its seed and last events", async () => {
  const { seed, violations } = await firstFailure();
  const whole = await runHistory(seed, options);
  const { needed, history } = await shrink(seed, options);
  const invariant = violations[0]?.split(" ")[0];
  expect(history.violations[0]).toMatch(new RegExp(`^${invariant} `));
  expect(needed.length).toBeLessThan(whole.faults.struck.length);
  const lost = ["reply-lost", "late-effect", "crash", "unavailable"];
  expect(needed.some((name) => lost.includes(name.split("#")[0] ?? ""))).toBe(true);

  const lines: string[] = [];
  await printFailures({ line: (text) => void lines.push(text), progress: () => undefined }, failed(), options);
  expect(lines).toContain(`seed ${seed}`);
  expect(lines.join("\n")).toContain(needed.join(" "));
  expect(lines.filter((line) => /^ {4}\d{13} /.test(line)).length).toBeGreaterThan(5);

  function failed() {
    return { ...emptyTotals(), failures: [{ seed, violations }] };
  }
}, 300_000);

test("[SIM17] progress is shown on a terminal and wiped away by the next line; a log gets a line each half minute", () => {
  const written: string[] = [];
  const stream = (isTTY: boolean) =>
    ({ isTTY, write: (text: string) => written.push(text) > 0 }) as unknown as NodeJS.WriteStream;
  const terminal = createPrint(stream(true), stream(true));
  terminal.progress("half");
  terminal.line("done");
  expect(written).toEqual(["half", "\r    \r", "done\n"]);
  written.length = 0;
  let nowMs = 0;
  const log = createPrint(stream(false), stream(false), () => nowMs);
  for (nowMs = 10_000; nowMs <= 70_000; nowMs += 10_000) log.progress(`after ${nowMs / 1000} s`);
  expect(written).toEqual(["after 30 s\n", "after 60 s\n"]);
});
