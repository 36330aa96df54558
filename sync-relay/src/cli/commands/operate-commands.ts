import type { CommandFile } from "../command";
import { doctorCommand } from "./doctor";
import { explainCommand } from "./explain";
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
];
