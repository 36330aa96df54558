import type { CommandFile } from "../command";
import { completionCommand } from "./completion";
import { mappingApplyCommand } from "./mapping/apply";
import { mappingCheckCommand } from "./mapping/check";
import { mappingDiffCommand } from "./mapping/diff";
import { mappingExplainCommand } from "./mapping/explain";
import { mappingExportCommand } from "./mapping/export";
import { mappingInitCommand } from "./mapping/init";
import { mappingPreviewCommand } from "./mapping/preview";

/** Every command, in the order of the help. */
export const allCommands: readonly CommandFile[] = [
  mappingInitCommand,
  mappingCheckCommand,
  mappingExplainCommand,
  mappingPreviewCommand,
  mappingDiffCommand,
  mappingApplyCommand,
  mappingExportCommand,
  completionCommand(() => allCommands),
];
