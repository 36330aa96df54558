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
import { loginDataverseCommand } from "./login-dataverse";
import { loginPartnerCenterCommand } from "./login-partner-center";
import { keysRotateCommand } from "./keys-rotate";
import { setupCommand } from "./setup";
import { uninstallCommand } from "./uninstall";
import { webhookListCommand } from "./webhook-list";
import { webhookRegisterCommand } from "./webhook-register";
import { webhookRemoveCommand } from "./webhook-remove";
import { webhookRestoreCommand } from "./webhook-restore";
import { webhookRotateCommand } from "./webhook-rotate";
import { webhookTestCommand } from "./webhook-test";

/** Every command, in the order of the help. */
export const allCommands: readonly CommandFile[] = [
  initCommand,
  loginDataverseCommand,
  setupCommand,
  loginPartnerCenterCommand,
  webhookListCommand,
  webhookRegisterCommand,
  webhookTestCommand,
  webhookRotateCommand,
  webhookRemoveCommand,
  webhookRestoreCommand,
  mappingInitCommand,
  mappingCheckCommand,
  mappingExplainCommand,
  mappingPreviewCommand,
  mappingDiffCommand,
  mappingApplyCommand,
  mappingExportCommand,
  mappingTestCommand,
  ...operateCommands,
  keysRotateCommand,
  uninstallCommand,
  completionCommand(() => allCommands),
];
