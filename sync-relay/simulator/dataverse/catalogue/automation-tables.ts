import { column, table, type, type Table } from "./table";

const DEFINITION_LENGTH = 1_048_576;

/** Processes and flows of the environment: what else works on its rows. */
export const automationTables: readonly Table[] = [
  table({
    name: "workflow",
    set: "workflows",
    columns: [
      column("name", type.text(100)),
      column("category", type.choice([0, "Workflow"], [2, "Business Rule"], [5, "Modern Flow"])),
      column("type", type.choice([1, "Definition"], [2, "Activation"], [3, "Template"]), { defaultValue: 1 }),
      /** Definition of a modern flow, JSON, with the connectors that it uses. */
      column("clientdata", type.text(DEFINITION_LENGTH)),
      column("statecode", type.choice([0, "Draft"], [1, "Activated"], [2, "Suspended"]), { defaultValue: 0 }),
    ],
  }),
];
