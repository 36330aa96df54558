import type { CommandFile } from "../command";
import { completionCommand } from "./completion";

/** Every command, in the order of the help. */
export const allCommands: readonly CommandFile[] = [completionCommand(() => allCommands)];
