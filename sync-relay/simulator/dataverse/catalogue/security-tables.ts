import { column, table, type, type Table } from "./table";

/** Privileges, and which role has which. Roles and who has them are among the registration tables. */
export const securityTables: readonly Table[] = [
  table({
    name: "privilege",
    set: "privileges",
    columns: [column("name", type.text(100))],
  }),
  table({
    name: "roleprivileges",
    set: "roleprivilegescollection",
    idColumn: "roleprivilegeid",
    nameColumn: "roleprivilegeid",
    columns: [column("roleid", type.guid), column("privilegeid", type.guid)],
  }),
];
