import { settingObjection } from "../../config/check-setting";
import { wordsIn } from "../../config/words";
import { usageProblem } from "../command-problem";
import { initTexts } from "../texts/init-texts";
import { inputTexts } from "../texts/input-texts";
import { accepted, isKnown, type Asking } from "./init-answers";

const NAME = "COSELL_CLIENT_SECRET_ENDS";
const FLAG = "--client-secret-ends";

/** What the relay proves itself with: a certificate tells its end, a secret does not. */
export type CredentialKind = "certificate" | "new secret" | "known secret";

/**
 * The day on which the client secret ends, for the configuration. Only a person can read it, at the app registration. It
 * is asked for with every new secret; the day of a secret that is known already, only when nobody has said it.
 */
export async function secretEnd(asking: Asking, kind: CredentialKind): Promise<ReadonlyMap<string, string | null>> {
  const given = asking.given.text(FLAG)?.trim();
  if (kind === "certificate") {
    if (given !== undefined) throw usageProblem(initTexts.endOfCertificate, { values: { flag: FLAG } });
    return new Map(asking.config.variables.has(NAME) ? [[NAME, null]] : []);
  }
  if (given !== undefined) return new Map([[NAME, future(asking, given)]]);
  const known = isKnown(asking, NAME);
  if (known === "environment" || (known !== null && kind === "known secret")) return new Map();
  return new Map([[NAME, await ask(asking)]]);
}

function ask({ context }: Asking): Promise<string> {
  const check = (answer: string): string | undefined => {
    const objection = settingObjection(NAME, answer.trim());
    if (objection !== null) return wordsIn(context.language, objection);
    return isPast(context.world, answer.trim()) ? context.text(initTexts.endPast) : undefined;
  };
  return context.ask
    .text({ message: context.text(initTexts.askSecretEnd), flag: FLAG, check })
    .then((answer) => answer.trim());
}

function future({ context }: Asking, value: string): string {
  const day = accepted(context, { name: NAME, flag: FLAG, value });
  if (!isPast(context.world, day)) return day;
  throw usageProblem(inputTexts.refusedValue, {
    values: { flag: FLAG, value, objection: context.text(initTexts.endPast) },
  });
}

function isPast({ clock }: Asking["context"]["world"], day: string): boolean {
  return Date.parse(day) <= clock.now();
}
