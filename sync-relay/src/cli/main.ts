#!/usr/bin/env node
// Process entry of the command line (`cosell`): hands the process over to the frame and ends with its exit code.

import "./compile-cache";
import { raiseTlsFloor } from "../adapters/system/tls-floor";
import { processWorld } from "./process-world";
import { runCli } from "./run-cli";

raiseTlsFloor();
// Whoever reads the output may have enough of it (`cosell … | head`): the work goes on without a reader.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
void runCli(processWorld()).then((code) => {
  // Ends whatever is still open, but not before a pipe has taken all that was written.
  process.stdout.write("", () => process.exit(code));
});
