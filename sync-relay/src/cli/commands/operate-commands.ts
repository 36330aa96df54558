import type { CommandFile } from "../command";
import { adoptCommand } from "./adopt";
import { backfillCommand } from "./backfill";
import { diagnosticsCommand } from "./diagnostics";
import { doctorCommand } from "./doctor";
import { explainCommand } from "./explain";
import { exportLinksCommand } from "./export-links";
import { pauseCommand } from "./pause";
import { replayCommand } from "./replay";
import { resumeCommand } from "./resume";
import { retryCommand } from "./retry";
import { statusCommand } from "./status";
import { syncCommand } from "./sync";

/** The commands that watch, mend and steer a relay which is set up. */
export const operateCommands: readonly CommandFile[] = [
  doctorCommand,
  statusCommand,
  explainCommand,
  syncCommand,
  retryCommand,
  replayCommand,
  pauseCommand,
  resumeCommand,
  backfillCommand,
  adoptCommand,
  exportLinksCommand,
  diagnosticsCommand,
];
