import { problemTexts } from "./problem-texts";
import type { Environment, SettingProblem } from "./setting-texts";
import { words } from "./words";

/** Node's own switch. It goes for every connection of the process, and nothing that is set elsewhere undoes it. */
const CHECKS_CERTIFICATES = "NODE_TLS_REJECT_UNAUTHORIZED";

/** What is said to Node itself and would make the relay unsafe. */
export function nodeProblems(env: Environment): readonly SettingProblem[] {
  if (env[CHECKS_CERTIFICATES] !== "0") return [];
  return [{ name: CHECKS_CERTIFICATES, message: words(problemTexts.trustsAnybody) }];
}
