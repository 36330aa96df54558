import type { Labels, Language } from "../../../solution/schema/labels";

/** Something to say about a setting, in whatever language is asked for. `{name}` in a text stands for a value. */
export interface Words {
  readonly text: Labels;
  readonly values: WordValues;
}

/** A value may itself be words. */
export type WordValues = Readonly<Record<string, string | number | Words>>;

export function words(text: Labels, values: WordValues = {}): Words {
  return { text, values };
}

/** The words in a language. What a value says is not looked through for places again. */
export function wordsIn(language: Language, { text, values }: Words): string {
  return text[language].replaceAll(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name] ?? place;
    return typeof value === "object" ? wordsIn(language, value) : String(value);
  });
}
