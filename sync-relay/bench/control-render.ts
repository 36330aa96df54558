// How large the control is, and how long it takes to draw the section in a browser. Measured by a program of its own, in
// the control's own setting, which needs a Chromium.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Figure, Suite, SuiteOptions } from "./figure";

/** The product's folder, seen from the compiled benchmark. */
const ROOT = join(__dirname, "..", "..", "..");
const PROGRAM = ["scripts/run-typescript.mjs", "test/control-browser/measure.ts"];

export const controlRender: Suite = { prefix: "control.", measure };

async function measure({ quick }: SuiteOptions): Promise<readonly Figure[]> {
  const args = [...PROGRAM, ...(quick ? ["--quick"] : [])];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT });
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Figure);
}
