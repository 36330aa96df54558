import type { Json } from "../../../core/json";

/** A text column of a row; empty when there is none. */
export function rowText(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
