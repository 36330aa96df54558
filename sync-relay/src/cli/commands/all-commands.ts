import type { CommandFile } from "../command";
import { completionCommand } from "./completion";
import { doctorCommand } from "./doctor";
import { explainCommand } from "./explain";
import { pauseCommand } from "./pause";
import { replayCommand } from "./replay";
import { resumeCommand } from "./resume";
import { retryCommand } from "./retry";
import { statusCommand } from "./status";
import { syncCommand } from "./sync";

/** Every command, in the order of the help. */
export const allCommands: readonly CommandFile[] = [
  doctorCommand,
  statusCommand,
  explainCommand,
  syncCommand,
  retryCommand,
  replayCommand,
  pauseCommand,
  resumeCommand,
  completionCommand(() => allCommands),
];
