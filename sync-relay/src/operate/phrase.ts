import type { Labels, Language } from "../../../solution/schema/labels";

/** Values for the places of a text, `{name}`; some are words in each language themselves. */
export type PhraseValues = Readonly<Record<string, string | number | Labels>>;

/** Something to say to an operator, in whatever language is asked for. */
export interface Phrase {
  readonly text: Labels;
  readonly values: PhraseValues;
}

export function phrase(text: Labels, values: PhraseValues = {}): Phrase {
  return { text, values };
}

/** What is the same in every language: names, numbers, addresses. */
export function verbatim(words: string): Phrase {
  return phrase({ en: words, fr: words });
}

export function phraseIn(language: Language, { text, values }: Phrase): string {
  return text[language].replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name] ?? place;
    return typeof value === "object" ? value[language] : String(value);
  });
}
