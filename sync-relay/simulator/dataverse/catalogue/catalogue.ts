import { notFound } from "../dataverse-error";
import { automationTables } from "./automation-tables";
import { opportunityTable } from "./opportunity-table";
import { registrationTables } from "./registration-tables";
import { securityTables } from "./security-tables";
import { standardTables } from "./standard-tables";
import { variableTables } from "./variable-tables";
import type { Column, LookupTarget, Table } from "./table";

/** Every table of the simulated environment. */
export interface Catalogue {
  readonly tables: readonly Table[];
  bySet(set: string): Table;
  byName(name: string): Table;
}

/** The tables of a Sales environment with the co-sell solution installed. */
export function createCatalogue(extraOpportunityColumns: readonly Column[] = []): Catalogue {
  const tables = [
    opportunityTable(extraOpportunityColumns),
    ...standardTables,
    ...registrationTables,
    ...automationTables,
    ...securityTables,
    ...variableTables,
  ];
  const find = (name: string, found: Table | undefined): Table => {
    if (found) return found;
    throw notFound(`Resource not found for the segment '${name}'.`, "badRequest");
  };
  return {
    tables,
    bySet: (set) =>
      find(
        set,
        tables.find((one) => one.set === set),
      ),
    byName: (name) =>
      find(
        name,
        tables.find((one) => one.name === name),
      ),
  };
}

/** The lookup column and target behind a single-valued navigation property. */
export function findNavigation(table: Table, name: string): { column: Column; target: LookupTarget } | undefined {
  for (const column of table.columns.values()) {
    if (column.type.kind !== "lookup") continue;
    const target = column.type.targets.find((one) => one.navigation === name);
    if (target) return { column, target };
  }
  return undefined;
}

/** Name of a column in Web API JSON and queries: lookups are read as `_name_value`. */
export function wireName(column: Column): string {
  return column.type.kind === "lookup" ? `_${column.name}_value` : column.name;
}

/** The readable column behind a wire name. */
export function findByWireName(table: Table, name: string): Column | undefined {
  const lookup = /^_(.+)_value$/.exec(name)?.[1];
  const column = table.columns.get(lookup ?? name);
  return column && column.readable && wireName(column) === name ? column : undefined;
}
