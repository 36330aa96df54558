// `npm run bench`: measures what docs/performance.md promises. Prints one JSON object a line and nothing else on stdout;
// progress goes to stderr. `--only <name prefix>` measures some figures, `--quick` takes few samples.

import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { callsPerChange } from "./calls-per-change";
import { dependencies } from "./dependencies";
import { editLatency } from "./edit-latency";
import type { Suite } from "./figure";
import { machine } from "./machine";
import { memoryUse } from "./memory-use";
import { simulationSpeed } from "./simulation-speed";
import { startTime } from "./start-time";
import { webhookAnswer } from "./webhook-answer";

const suites: readonly Suite[] = [
  machine,
  dependencies,
  startTime,
  webhookAnswer,
  editLatency,
  callsPerChange,
  memoryUse,
  simulationSpeed,
];

void main();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: "string", default: "" }, quick: { type: "boolean", default: false } },
  });
  const { only, quick } = values;
  const wanted = suites.filter(({ prefix }) => prefix.startsWith(only) || only.startsWith(prefix));
  if (wanted.length === 0) {
    say(`There are no figures "${only}"; there are ${suites.map(({ prefix }) => prefix).join(", ")}`);
    process.exit(2);
  }
  for (const suite of wanted) {
    say(`${suite.prefix} (machine load ${loadavg()[0]?.toFixed(1) ?? "unknown"})`);
    const figures = await suite.measure({ quick });
    for (const figure of figures.filter(({ name }) => name.startsWith(only))) {
      process.stdout.write(`${JSON.stringify(figure)}\n`);
    }
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
