import type { Json } from "../../src/core/json";

/** A JSON value that should be text; anything else counts as empty. */
export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
