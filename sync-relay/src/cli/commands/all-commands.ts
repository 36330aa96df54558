import type { CommandFile } from "../command";
import { completionCommand } from "./completion";
import { initCommand } from "./init";
import { operateCommands } from "./operate-commands";

/** Every command, in the order of the help. */
export const allCommands: readonly CommandFile[] = [
  initCommand,
  ...operateCommands,
  completionCommand(() => allCommands),
];
