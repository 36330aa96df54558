import type { Labels } from "../../../../solution/schema/labels";

/** What mends it: a command, or something that a person does elsewhere. */
export type Mend = { readonly command: string } | { readonly deed: Labels };

export interface FindingText {
  /** `bad`: the sync does not work, or will not for long. `note`: somebody should look at it. */
  readonly severity: "bad" | "note";
  readonly what: Labels;
  readonly mend: Mend;
}

export function bad(en: string, fr: string, mend: Mend): FindingText {
  return { severity: "bad", what: { en, fr }, mend };
}

export function note(en: string, fr: string, mend: Mend): FindingText {
  return { severity: "note", what: { en, fr }, mend };
}
