import { z } from "zod";
import type { Labels } from "../../../solution/schema/labels";
import { must } from "../core/must";
import { objectionTexts } from "./objection-texts";
import { words, wordsIn, type Words, type WordValues } from "./words";

/** What became of a setting's text. An objection says what is wrong and what to do; it never repeats the text. */
export type TextRead<T> = { readonly kind: "read"; readonly value: T } | Refused;

export interface Refused {
  readonly kind: "refused";
  readonly objection: Words;
}

/** A schema that reads a setting from its text. */
export function fromText<T>(read: (text: string) => TextRead<T>): z.ZodType<T, string> {
  return z.string().transform((text, context) => {
    const result = read(text);
    if (result.kind === "read") return result.value;
    // The words go beside the message, which is in one language only.
    context.addIssue({
      code: "custom",
      message: wordsIn("en", result.objection),
      params: { objection: result.objection },
    });
    return z.NEVER;
  });
}

/** A text that matches a pattern. */
export function matching(pattern: RegExp, objection: Labels): z.ZodType<string, string> {
  return fromText((text) => (pattern.test(text) ? read(text) : refused(objection)));
}

/** One of a few words. */
export function oneOf<const W extends string>(...choices: readonly W[]): z.ZodType<W, string> {
  return fromText((text) => {
    const found = choices.find((choice) => choice === text.toLowerCase());
    return found === undefined ? refused(objectionTexts.notOneOf, { choices: choices.join(", ") }) : read(found);
  });
}

/** A whole number within limits. */
export function wholeNumber(least: number, most: number): z.ZodType<number, string> {
  return fromText((text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return read(value);
    return refused(objectionTexts.notWholeNumber, { least, most });
  });
}

/** A comma separated list, each item read alone. */
export function listOf<T>(most: number, readItem: (text: string) => TextRead<T>): z.ZodType<readonly T[], string> {
  return fromText((text) => {
    const items = text.split(",").map((item) => readItem(item.trim()));
    if (items.length > most) return refused(objectionTexts.tooMany, { count: items.length, most });
    const values: T[] = [];
    for (const item of items) {
      if (item.kind === "refused") return item;
      values.push(item.value);
    }
    return read(values);
  });
}

export function read<T>(value: T): TextRead<T> {
  return { kind: "read", value };
}

export function refused(text: Labels, values: WordValues = {}): Refused {
  return { kind: "refused", objection: words(text, values) };
}

/** A refusal as the schema reports it. */
export interface Issue {
  readonly message: string;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

/** What the reader of a setting has against its text. */
export function objectionIn(issue: Issue): Words {
  const { objection } = (issue.params ?? {}) as { readonly objection?: Words };
  return must(objection, "every reader says what it objects to");
}
