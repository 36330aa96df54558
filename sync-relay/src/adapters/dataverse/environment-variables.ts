import { publisher } from "../../../../solution/schema/publisher";
import { odataLiteral } from "./odata-literal";
import type { JsonObject } from "../../core/json";
import type { CrmVariable } from "../../ports/crm-environment";
import { rowsIn, rowsOf, textIn } from "./answer-rows";
import type { WebApi } from "./web-api";

/** A definition has at most one value, which stands in a row of its own. */
const VALUES = "environmentvariabledefinition_environmentvariablevalue";

/** The environment variables of our publisher. Where no value is set, the default counts. */
export async function readVariables(api: WebApi): Promise<readonly CrmVariable[]> {
  const rows = await rowsOf(api, {
    op: "variables",
    table: "environmentvariabledefinitions",
    select: ["schemaname", "defaultvalue"],
    expand: `${VALUES}($select=value)`,
    filter: `startswith(schemaname,${odataLiteral(`${publisher.prefix}_`)})`,
  });
  return rows.map((row) => ({ name: textIn(row, "schemaname") ?? "", value: valueOf(row) }));
}

function valueOf(row: JsonObject): string | null {
  const [own] = rowsIn(row[VALUES]);
  const set = own === undefined ? null : textIn(own, "value");
  const value = (set ?? "").trim() === "" ? textIn(row, "defaultvalue") : set;
  return value === null || value.trim() === "" ? null : value.trim();
}
