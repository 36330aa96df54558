import type { MappedField } from "../mapping/field-map";
import { sameValue } from "../mapping/same-value";
import type { FieldMemory, FieldValues } from "../pair";
import type { Side } from "./conflict";

/** Values that a side has taken. */
export interface Delivery {
  readonly fields: readonly MappedField[];
  readonly side: Side;
  readonly sent: FieldValues;
  /** What the side shows since then. */
  readonly kept: FieldValues;
}

/**
 * The memory after a side confirmed that it took what was sent. When it keeps a value in a form of its own, that form is
 * the decision from now on: it still goes to the other side, but it is nobody's edit and gives way to any.
 */
export function delivered(
  memory: Readonly<Record<string, FieldMemory>>,
  { fields, side, sent, kept }: Delivery,
): Readonly<Record<string, FieldMemory>> {
  const taken = fields.flatMap((field) => {
    const before = memory[field.key];
    const value = sent[field.key];
    if (before === undefined || value === undefined) return [];
    const now = kept[field.key] ?? value;
    const same = side === "crm" ? sameValue(field, now, value) : sameValue(field, value, now);
    const after: FieldMemory = same ? { ...before, [side]: now } : { ...before, [side]: now, decided: now, form: true };
    return [[field.key, after] as const];
  });
  return { ...memory, ...Object.fromEntries(taken) };
}
