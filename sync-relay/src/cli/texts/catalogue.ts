import { objectionTexts } from "../../config/objection-texts";
import { problemTexts } from "../../config/problem-texts";
import { yamlTexts } from "../../config/yaml-texts";
import { completionTexts } from "./completion-texts";
import { doctorTexts } from "./doctor-texts";
import { errorTexts } from "./error-texts";
import { frameTexts } from "./frame-texts";
import { initTexts } from "./init-texts";
import { inputTexts } from "./input-texts";
import { keysTexts } from "./keys-texts";
import { loginTexts } from "./login-texts";
import { loadTexts } from "./load-texts";
import { mappingTexts } from "./mapping-texts";
import { openTexts } from "./open-texts";
import { operateTexts } from "./operate-texts";
import { commandGroups } from "../commands/command-groups";
import { setupTexts } from "./setup-texts";
import type { Text } from "./text";
import { uninstallTexts } from "./uninstall-texts";
import { webhookTexts } from "./webhook-texts";

/** Every text of the command line, by file; a test compares the languages. */
export const catalogue: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  completion: completionTexts,
  doctor: doctorTexts,
  frame: frameTexts,
  groups: commandGroups,
  init: initTexts,
  input: inputTexts,
  keys: keysTexts,
  login: loginTexts,
  objections: objectionTexts,
  "setting problems": problemTexts,
  yaml: yamlTexts,
  load: loadTexts,
  mapping: mappingTexts,
  open: openTexts,
  operate: operateTexts,
  setup: setupTexts,
  uninstall: uninstallTexts,
  webhook: webhookTexts,
  errors: Object.fromEntries(
    Object.entries(errorTexts).flatMap(([code, { meaning, action }]) => [
      [`${code} meaning`, meaning],
      [`${code} action`, action],
    ]),
  ),
};
