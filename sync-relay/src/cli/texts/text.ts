import type { Language } from "../language";

/** A text in every language. `{name}` stands for a value. */
export type Text = { readonly [L in Language]: string };

/** Values for the places in a text. */
export type TextValues = Readonly<Record<string, string | number>>;

/** The text in a language with its values put in. A place without a value is a bug and stays visible. */
export function textIn(language: Language, text: Text, values: TextValues = {}): string {
  return text[language].replaceAll(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    return value === undefined ? place : String(value);
  });
}

/** A text that is the same in every language: names, commands, addresses. */
export function verbatim(words: string): Text {
  return { en: words, fr: words };
}
