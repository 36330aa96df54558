import type { Json, JsonObject } from "../../core/json";
import type { CoSellSection, CrmValues } from "../../core/opportunity";
import type { Currencies } from "./currencies";
import { CURRENCY_CODE_PATH, CURRENCY_LOOKUP } from "./lookups";
import { sectionColumns } from "./section-record";

/** Values and section as the body of a write. */
export async function writeColumns(
  changes: { readonly values: CrmValues; readonly section: Partial<CoSellSection> },
  currencies: Currencies,
): Promise<JsonObject> {
  const body: Record<string, Json> = sectionColumns(changes.section);
  for (const [path, value] of Object.entries(changes.values)) {
    if (path === CURRENCY_CODE_PATH) {
      // An opportunity cannot be without a currency: an empty one means "leave it".
      if (value !== null) {
        body[`${CURRENCY_LOOKUP}@odata.bind`] = `/transactioncurrencies(${await currencies.idOf(value)})`;
      }
    } else if (!path.includes(".")) {
      // What a lookup leads to belongs to the customer's own records and is not the opportunity's to change.
      body[path] = columnText(value);
    }
  }
  return body;
}

/** Dataverse wants the values of a multi-select choice as one text. */
function columnText(value: Json): Json {
  return Array.isArray(value) ? value.join(",") || null : value;
}
