import type { CommandFile } from "../command";
import { completionCommand } from "./completion";
import { initCommand } from "./init";
import { mappingApplyCommand } from "./mapping/apply";
import { mappingCheckCommand } from "./mapping/check";
import { mappingDiffCommand } from "./mapping/diff";
import { mappingExplainCommand } from "./mapping/explain";
import { mappingExportCommand } from "./mapping/export";
import { mappingInitCommand } from "./mapping/init";
import { mappingPreviewCommand } from "./mapping/preview";
import { mappingTestCommand } from "./mapping/test";
import { operateCommands } from "./operate-commands";

/** Every command, in the order of the help. */
export const allCommands: readonly CommandFile[] = [
  initCommand,
  mappingInitCommand,
  mappingCheckCommand,
  mappingExplainCommand,
  mappingPreviewCommand,
  mappingDiffCommand,
  mappingApplyCommand,
  mappingExportCommand,
  mappingTestCommand,
  ...operateCommands,
  completionCommand(() => allCommands),
];
