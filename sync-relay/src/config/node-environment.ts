import type { Environment, SettingProblem } from "./setting-texts";

/** Node's own switch. It goes for every connection of the process, and nothing that is set elsewhere undoes it. */
const CHECKS_CERTIFICATES = "NODE_TLS_REJECT_UNAUTHORIZED";

/** What is said to Node itself and would make the relay unsafe. */
export function nodeProblems(env: Environment): readonly SettingProblem[] {
  if (env[CHECKS_CERTIFICATES] !== "0") return [];
  const message =
    "makes Node trust any server, so that secrets could go to anybody. Remove it; " +
    "for an authority of your own name its certificate in NODE_EXTRA_CA_CERTS.";
  return [{ name: CHECKS_CERTIFICATES, message }];
}
