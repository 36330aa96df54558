import { sameJson } from "../json";
import type { FieldValues, Unconfirmed } from "../pair";

/** Our own values of which it shows only now that they took effect: their answer was lost, or they came late. */
export function landedValues(unconfirmed: Unconfirmed, values: FieldValues): FieldValues {
  const sent = unconfirmed.candidates.flatMap((candidate) => Object.entries(candidate));
  return Object.fromEntries(sent.filter(([field, value]) => sameJson(values[field], value)));
}
