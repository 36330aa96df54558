// `npm run bench`: measures what docs/performance.md promises. Prints one JSON object a line and nothing else on stdout;
// progress goes to stderr. `--only <name prefix>` measures some figures, `--quick` takes few samples, `--seed <number>`
// repeats the random moments of an earlier run.

import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { callsPerChange } from "./calls-per-change";
import { controlRender } from "./control-render";
import { dependencies } from "./dependencies";
import { editLatency } from "./edit-latency";
import { engineDrain } from "./engine-drain";
import { faultyCalls } from "./faulty-calls";
import type { Suite } from "./figure";
import { hiddenLimit } from "./hidden-limit";
import { killing } from "./killing";
import { machine } from "./machine";
import { memoryUse } from "./memory-use";
import { millionEvents } from "./million-events";
import { newSeed } from "./processes/seeded-moments";
import { replicas } from "./replicas";
import { secretCheck } from "./secret-check";
import { simulationSpeed } from "./simulation-speed";
import { startTime } from "./start-time";
import { stopping } from "./stopping";
import { webhookAnswer } from "./webhook-answer";
import { wholeDrain } from "./whole-drain";

const suites: readonly Suite[] = [
  machine,
  dependencies,
  startTime,
  webhookAnswer,
  engineDrain,
  editLatency,
  callsPerChange,
  faultyCalls,
  memoryUse,
  secretCheck,
  controlRender,
  replicas,
  hiddenLimit,
  stopping,
  killing,
  wholeDrain,
  millionEvents,
  simulationSpeed,
];

void main();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: "string", default: "" },
      quick: { type: "boolean", default: false },
      seed: { type: "string", default: String(newSeed()) },
    },
  });
  const { only, quick } = values;
  const seed = Number(values.seed);
  say(`--seed ${seed} repeats the random moments of this run`);
  const wanted = suites.filter(({ prefix }) => prefix.startsWith(only) || only.startsWith(prefix));
  if (wanted.length === 0) {
    say(`There are no figures "${only}"; there are ${suites.map(({ prefix }) => prefix).join(", ")}`);
    process.exit(2);
  }
  for (const suite of wanted) {
    say(`${suite.prefix} (machine load ${loadavg()[0]?.toFixed(1) ?? "unknown"})`);
    const figures = await suite.measure({ quick, seed, say });
    for (const figure of figures.filter(({ name }) => name.startsWith(only))) {
      process.stdout.write(`${JSON.stringify(figure)}\n`);
    }
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
