import { performance } from "node:perf_hooks";
import { runBatch } from "../simulation/batch";
import { createMaps } from "../simulation/maps";
import { percentile, rounded, type Suite } from "./figure";

const SAMPLES = 5;
const HISTORIES_A_SAMPLE = 500;
const QUICK_HISTORIES = 50;
const FIRST_SEED = 1;

/** How many histories of the simulation one core tells a second: the more, the surer what it proves. */
export const simulationSpeed: Suite = {
  prefix: "simulation.",
  async measure({ quick }) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    const count = quick ? QUICK_HISTORIES : HISTORIES_A_SAMPLE;
    const maps = createMaps();
    const rates: number[] = [];
    // The first sample warms the compiler up.
    for (let sample = 0; sample <= (quick ? 1 : SAMPLES); sample += 1) {
      const startedMs = performance.now();
      await runBatch({ from: FIRST_SEED + sample * count, count }, { maps });
      if (sample > 0) rates.push((1_000 * count) / (performance.now() - startedMs));
    }
    Error.stackTraceLimit = stackTraceLimit;
    const value = rounded(percentile(rates, 0.5));
    return [{ name: "simulation.histories-per-second", value, unit: "histories/s", samples: rates.length }];
  },
};
