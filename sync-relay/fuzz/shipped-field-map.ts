import { loadMapping } from "../src/adapters/mapping-file/load-mapping";
import type { FieldMap } from "../src/core/mapping/field-map";

/** The mapping that the relay comes with. */
export function shippedFieldMap(): FieldMap {
  const loaded = loadMapping();
  if (loaded.kind !== "ok") throw new Error("the shipped mapping cannot be read");
  return loaded.map;
}
