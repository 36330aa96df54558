import { completionTexts } from "./completion-texts";
import { doctorTexts } from "./doctor-texts";
import { errorTexts } from "./error-texts";
import { frameTexts } from "./frame-texts";
import { initTexts } from "./init-texts";
import { inputTexts } from "./input-texts";
import { objectionTexts } from "./objection-texts";
import { loadTexts } from "./load-texts";
import { openTexts } from "./open-texts";
import { operateTexts } from "./operate-texts";
import { commandGroups } from "../commands/command-groups";
import type { Text } from "./text";

/** Every text of the command line, by file; a test compares the languages. */
export const catalogue: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  completion: completionTexts,
  doctor: doctorTexts,
  frame: frameTexts,
  groups: commandGroups,
  init: initTexts,
  input: inputTexts,
  objections: objectionTexts,
  load: loadTexts,
  open: openTexts,
  operate: operateTexts,
  errors: Object.fromEntries(
    Object.entries(errorTexts).flatMap(([code, { meaning, action }]) => [
      [`${code} meaning`, meaning],
      [`${code} action`, action],
    ]),
  ),
};
