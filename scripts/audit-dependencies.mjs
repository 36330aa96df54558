// Asks the registry which weaknesses are known of what runs in production, as the lock file names it, and says by when each
// has to be mended. Ends with 1 when one is severe, or when nobody answered: silence is no good news.

import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
/** Days within which a weakness is mended; SECURITY.md says the same. */
const DAYS = { critical: 7, high: 7, moderate: 30, low: 30, info: 30 };
const SEVERE = new Set(["critical", "high"]);

const found = weaknesses(report());
for (const { name, severity, titles } of found) {
  process.stdout.write(`${severity} (within ${DAYS[severity]} days): ${name}: ${titles.join("; ")}\n`);
}
const severe = found.filter(({ severity }) => SEVERE.has(severity)).length;
process.stdout.write(`${found.length} packages in production with known weaknesses, ${severe} of them severe.\n`);
process.exitCode = severe > 0 ? 1 : 0;

/** What npm was told. It ends with 1 when there is any weakness, and with the same when it got no answer. */
function report() {
  const options = ["audit", "--omit=dev", "--package-lock-only", "--json"];
  try {
    return JSON.parse(npm(options));
  } catch (thrown) {
    const document = parsed(thrown.stdout);
    if (document?.vulnerabilities !== undefined) return document;
    const reason = document?.message ?? document?.error?.summary ?? String(thrown.message).split("\n")[0];
    process.stderr.write(`The registry did not say which weaknesses are known: ${reason}\n`);
    process.exit(1);
  }
}

function npm(options) {
  const limits = { encoding: "utf8", maxBuffer: 64 * 1024 * 1024, stdio: ["ignore", "pipe", "ignore"] };
  return execFileSync("npm", options, { cwd: root, ...limits, shell: process.platform === "win32" });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Packages that have a weakness themselves; those that merely use one of them are told by it. */
function weaknesses({ vulnerabilities }) {
  return Object.values(vulnerabilities).flatMap(({ name, severity, via }) => {
    const titles = via.flatMap((cause) => (typeof cause === "object" ? [`${cause.title} ${cause.url}`] : []));
    return titles.length === 0 ? [] : [{ name, severity, titles }];
  });
}
