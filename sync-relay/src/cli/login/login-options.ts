import type { OptionEntry } from "../command";
import { loginTexts } from "../texts/login-texts";

/** Ways to sign in; the browser unless one is given. */
export const loginOptions: readonly OptionEntry[] = [
  { flags: "--device-code", what: loginTexts.deviceCode },
  { flags: "--refresh-token-stdin", what: loginTexts.tokenStdin },
  { flags: "--refresh-token-file <file>", what: loginTexts.tokenFile },
  { flags: "--print-url", what: loginTexts.printUrl },
  { flags: "--port <number>", what: loginTexts.port },
  { flags: "--user <account>", what: loginTexts.user },
];
