// Prints the figures of the built control for `npm run bench`, one JSON object a line. `--quick` takes few samples.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { BUILT_CONTROL_FOLDER } from "../support/run-control-build";
import { measureRender, type Figure } from "./measure-render";

const QUICK_ROUNDS = 5;

void main();

async function main(): Promise<void> {
  const quick = process.argv.includes("--quick");
  const { firstRenderMs, updateMs, unfoldedUpdateMs, rounds } = await measureRender(
    quick ? { rounds: QUICK_ROUNDS } : {},
  );
  const bundle = readFileSync(join(BUILT_CONTROL_FOLDER, "bundle.js"));
  times("control.first-render", firstRenderMs, rounds);
  times("control.update", updateMs, rounds);
  times("control.update-unfolded", unfoldedUpdateMs, rounds);
  print("control.bundle", bundle.length / 1024, { unit: "KB", samples: 1 });
  print("control.bundle-gzip", gzipSync(bundle).length / 1024, { unit: "KB", samples: 1 });
}

function times(name: string, { median, p95 }: Figure, samples: number): void {
  print(`${name}.p50`, median, { unit: "ms", samples });
  print(`${name}.p95`, p95, { unit: "ms", samples });
}

function print(
  name: string,
  value: number,
  { unit, samples }: { readonly unit: string; readonly samples: number },
): void {
  process.stdout.write(`${JSON.stringify({ name, value: Math.round(value * 100) / 100, unit, samples })}\n`);
}
