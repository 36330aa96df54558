import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

// Browser tests run the bundle that customers get. It is built when its sources are newer, once for all test files that
// run at the same time.

const root = join(__dirname, "../..");
const LOCK = join(root, "dist", "control-build.lock");
/** A build takes half a minute on a small machine; a lock that is older was left by a process that died. */
const LOCK_LOST_AFTER_MS = 300_000;
const LOOK_AGAIN_AFTER_MS = 250;
const NOT_SOURCE = new Set(["out", "generated", "node_modules", "pictures"]);

/** Where `npm run build:control` puts the built control. */
export const BUILT_CONTROL_FOLDER = join(root, "pcf-control/out/controls/CoSellSection");

/** Time that a test which needs the built control may take before it runs. */
export const CONTROL_BUILD_TIMEOUT_MS = LOCK_LOST_AFTER_MS;

/** Builds the control for production unless that was done since its sources changed. */
export async function buildControl(): Promise<void> {
  await lock();
  try {
    if (isCurrent()) return;
    // On Windows, npm is a command file, which only a shell runs.
    execFileSync("npm", ["run", "build:control"], { cwd: root, stdio: "pipe", shell: process.platform === "win32" });
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
}

function isCurrent(): boolean {
  const built = timeOf(join(BUILT_CONTROL_FOLDER, "bundle.js"));
  return built > Math.max(newest(join(root, "pcf-control")), newest(join(root, "solution/schema")));
}

function newest(folder: string): number {
  const times = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    if (!entry.isDirectory()) return timeOf(join(folder, entry.name));
    return NOT_SOURCE.has(entry.name) ? 0 : newest(join(folder, entry.name));
  });
  return Math.max(0, ...times);
}

/** Time of the last change; 0 when there is no such file. */
function timeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

async function lock(): Promise<void> {
  mkdirSync(join(root, "dist"), { recursive: true });
  while (!taken()) await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_AFTER_MS));
}

function taken(): boolean {
  try {
    mkdirSync(LOCK);
    return true;
  } catch {
    if (Date.now() - timeOf(LOCK) > LOCK_LOST_AFTER_MS) rmSync(LOCK, { recursive: true, force: true });
    return false;
  }
}
