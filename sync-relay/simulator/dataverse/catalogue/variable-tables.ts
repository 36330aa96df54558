import { column, table, type, type Table } from "./table";

const VALUE_LENGTH = 2000;

/** Environment variables: what a solution defines, and the values that customisers set, in rows of their own. */
export const variableTables: readonly Table[] = [
  table({
    name: "environmentvariabledefinition",
    set: "environmentvariabledefinitions",
    nameColumn: "schemaname",
    collections: {
      environmentvariabledefinition_environmentvariablevalue: {
        table: "environmentvariablevalue",
        column: "environmentvariabledefinitionid",
      },
    },
    columns: [
      column("schemaname", type.text(100)),
      column("displayname", type.text(100)),
      column("defaultvalue", type.text(VALUE_LENGTH)),
      column("type", type.choice([100_000_000, "String"], [100_000_001, "Number"], [100_000_002, "Boolean"])),
    ],
  }),
  table({
    name: "environmentvariablevalue",
    set: "environmentvariablevalues",
    nameColumn: "schemaname",
    columns: [
      column("schemaname", type.text(100)),
      column("value", type.text(VALUE_LENGTH)),
      column("environmentvariabledefinitionid", {
        kind: "lookup",
        targets: [{ table: "environmentvariabledefinition", navigation: "EnvironmentVariableDefinitionId" }],
      }),
    ],
  }),
];
