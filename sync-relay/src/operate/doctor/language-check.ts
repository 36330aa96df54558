import type { CrmEnvironment } from "../../ports/crm-environment";
import { finding, type Finding } from "./area";
import { findingsOf, looked, seenOr } from "./single-check";

/** The languages that the solution speaks. An import leaves out the labels of languages that are not switched on. */
const SPOKEN: readonly number[] = [1033, 1036];

const switchedOn = { en: "the languages of this environment", fr: "les langues de cet environnement" };

export interface LanguageCheck {
  readonly findings: readonly Finding[];
  /** As numbers of Microsoft, e.g. 1036; empty when they could not be looked at. */
  readonly languages: readonly number[];
}

/** Whether anybody in this environment can read the section in a language that it speaks. */
export async function checkLanguages(environment: Pick<CrmEnvironment, "languages">): Promise<LanguageCheck> {
  const found = await looked(switchedOn, () => environment.languages());
  const findings = findingsOf(found, (languages) =>
    languages.some((one) => SPOKEN.includes(one))
      ? []
      : [finding("language-missing", { languages: languages.join(", ") })],
  );
  return { findings, languages: seenOr(found, []) };
}
