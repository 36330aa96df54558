import type { FieldMemory, FieldValues } from "../pair";
import type { Side } from "./conflict";

/**
 * The memory after a side confirmed that it took these values. What it shows instead of them is then a change of that
 * side alone (the server keeps it in a form of its own), not a conflict with the value that was sent.
 */
export function delivered(
  memory: Readonly<Record<string, FieldMemory>>,
  side: Side,
  values: FieldValues,
): Readonly<Record<string, FieldMemory>> {
  const taken = Object.entries(values).flatMap(([field, value]) => {
    const before = memory[field];
    return before === undefined ? [] : [[field, { ...before, [side]: value }] as const];
  });
  return { ...memory, ...Object.fromEntries(taken) };
}
