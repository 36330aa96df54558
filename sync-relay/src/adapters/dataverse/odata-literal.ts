import type { Json } from "../../core/json";

/** A value as an OData literal, encoded for an address. Quotes are doubled, which is all that OData asks of a text. */
export function odataLiteral(value: Json): string {
  if (typeof value !== "string") return encodeURIComponent(JSON.stringify(value));
  return encodeURIComponent(`'${value.replaceAll("'", "''")}'`);
}
