// Prints the result of a test run as one plain line, from Jest's JSON report. A suite that could not even run, and a
// run without a report, count as failures. Runs on any Node.

import { readFileSync } from "node:fs";

const report = readReport(process.argv[2]);
const failed = report === null ? 1 : report.numFailedTests + report.numRuntimeErrorTestSuites;
const passed = report === null ? 0 : report.numPassedTests;
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}
