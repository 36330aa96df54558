import { opportunityTable } from "../../sync-relay/simulator/dataverse/catalogue/opportunity-table";
import type { Column } from "../../sync-relay/simulator/dataverse/catalogue/table";
import type { ColumnTypes } from "./checks/columns";

/** Memos are texts of this length or more; shorter ones are single lines. */
const MEMO_LENGTH = 2000;

/** The two choices that Dataverse treats by themselves. */
const states: { readonly [column: string]: string } = { statecode: "state", statuscode: "status" };

/** Columns of the shipped Opportunity table, as the simulated CRM has them from the product's documentation. */
const shipped = new Map(
  [...opportunityTable().columns.values()]
    .filter(({ name }) => !name.startsWith("cosell_"))
    .map((column) => [column.name, typeOf(column)]),
);

/** What a zip defines, together with what is there without it. */
export function withShippedColumns(defined: ColumnTypes): ColumnTypes {
  return new Map([...defined, ["opportunity", new Map([...shipped, ...(defined.get("opportunity") ?? [])])]]);
}

function typeOf({ name, type }: Column): string {
  switch (type.kind) {
    case "text":
      return type.maxLength >= MEMO_LENGTH ? "ntext" : "nvarchar";
    case "choice":
      return states[name] ?? "picklist";
    case "yes-no":
      return "bit";
    case "date":
    case "date-time":
      return "datetime";
    case "id":
      return "primarykey";
    default:
      return type.kind;
  }
}
