// What is installed and set: solutions, environment variables, products.

import { environmentVariables, type EnvironmentVariableRole } from "../../../solution/schema/environment-variables";
import { publisher, solutionUniqueName } from "../../../solution/schema/publisher";
import { packageNames } from "../../../solution/schema/solution-packages";
import { solutionTable } from "../../../solution/schema/solution-table";
import type { InstalledSolution, ProductCount, VariableValue, VariableValues } from "../findings";
import { mapSeen, rowsOf, text, type Row, type Seen, type WebApi } from "../web-api";

const OURS: readonly string[] = Object.keys(packageNames).map(
  (key) => packageNames[key as keyof typeof packageNames].uniqueName,
);
const SOLUTIONS = `solutions?$select=uniquename,version,ismanaged,installedon&$filter=startswith(uniquename,'${solutionUniqueName}')`;

export async function readSolutions(api: WebApi): Promise<Seen<readonly InstalledSolution[]>> {
  return mapSeen(await api.get(SOLUTIONS), (body) => {
    const rows = rowsOf(body);
    return rows === undefined ? undefined : rows.map(solutionOf).filter(isOurs);
  });
}

/** A customer's own solution may begin with the same name. */
function isOurs({ uniqueName }: InstalledSolution): boolean {
  return OURS.indexOf(uniqueName) >= 0;
}

function solutionOf(row: Row): InstalledSolution {
  return {
    uniqueName: text(row["uniquename"]),
    version: text(row["version"]),
    isManaged: row["ismanaged"] === true,
    installedOn: text(row["installedon"]),
  };
}

const VALUES = "environmentvariabledefinition_environmentvariablevalue";
const VARIABLES = `environmentvariabledefinitions?$select=schemaname,defaultvalue&$filter=startswith(schemaname,'${publisher.prefix}_')&$expand=${VALUES}($select=value)`;

export async function readVariables(api: WebApi): Promise<Seen<VariableValues>> {
  return mapSeen(await api.get(VARIABLES), (body) => {
    const rows = rowsOf(body);
    return rows === undefined ? undefined : variablesIn(rows);
  });
}

function variablesIn(rows: readonly Row[]): VariableValues {
  const found: { [R in EnvironmentVariableRole]?: VariableValue } = {};
  for (const role of Object.keys(environmentVariables) as EnvironmentVariableRole[]) {
    const row = rows.find((one) => one["schemaname"] === environmentVariables[role].schemaName);
    if (row !== undefined) found[role] = valueOf(row);
  }
  return found;
}

function valueOf(row: Row): VariableValue {
  const [own] = rowsOf(row, VALUES) || [];
  const value = own === undefined ? "" : text(own["value"]);
  if (value.trim() !== "") return { value: value.trim(), isDefault: false };
  const fallback = text(row["defaultvalue"]).trim();
  return { value: fallback === "" ? null : fallback, isDefault: true };
}

/** Dataverse counts no further than this when it counts the rows of a query. */
const COUNTED_AT_MOST = 5_000;
const PRODUCTS = `${solutionTable.entitySetName}?$select=${solutionTable.primaryKey}&$filter=statecode eq 0&$count=true&$top=1`;

export async function readProducts(api: WebApi): Promise<Seen<ProductCount>> {
  return mapSeen(await api.get(PRODUCTS), (body) => {
    const count = body["@odata.count"];
    return typeof count === "number" ? { count, isAtLeast: count >= COUNTED_AT_MOST } : undefined;
  });
}
