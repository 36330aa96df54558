import { z } from "zod";

/** What became of a setting's text. `problem` says what is wrong and what to do; it never repeats the text. */
export type TextRead<T> =
  { readonly kind: "read"; readonly value: T } | { readonly kind: "refused"; readonly problem: string };

/** A schema that reads a setting from its text. */
export function fromText<T>(read: (text: string) => TextRead<T>): z.ZodType<T, string> {
  return z.string().transform((text, context) => {
    const result = read(text);
    if (result.kind === "read") return result.value;
    context.addIssue({ code: "custom", message: result.problem });
    return z.NEVER;
  });
}

/** A text that matches a pattern. */
export function matching(pattern: RegExp, problem: string): z.ZodType<string, string> {
  return fromText((text) => (pattern.test(text) ? read(text) : refused(problem)));
}

/** One of a few words. */
export function oneOf<const W extends string>(...words: readonly W[]): z.ZodType<W, string> {
  return fromText((text) => {
    const found = words.find((word) => word === text.toLowerCase());
    return found === undefined ? refused(`is not one of ${words.join(", ")}`) : read(found);
  });
}

/** A whole number within limits. */
export function wholeNumber(least: number, most: number): z.ZodType<number, string> {
  return fromText((text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    return value >= least && value <= most ? read(value) : refused(`is not a whole number from ${least} to ${most}`);
  });
}

/** A comma separated list, each item read alone. */
export function listOf<T>(most: number, readItem: (text: string) => TextRead<T>): z.ZodType<readonly T[], string> {
  return fromText((text) => {
    const items = text.split(",").map((item) => readItem(item.trim()));
    if (items.length > most) return refused(`has ${items.length} items; give at most ${most}, separated by commas`);
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

export function refused(problem: string): { readonly kind: "refused"; readonly problem: string } {
  return { kind: "refused", problem };
}
