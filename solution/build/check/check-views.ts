import type { View } from "../../schema/views";
import type { SchemaProblem } from "./schema-problem";
import type { SolutionSchema } from "./solution-schema";

/** Columns that Dataverse gives every table of a customer. */
const TABLE_COLUMNS = ["statecode", "statuscode", "createdon", "modifiedon"];

/** Views that name a column which is not there, show one twice, or show none. */
export function checkViews(schema: SolutionSchema): readonly SchemaProblem[] {
  const opportunity = [
    ...Object.values(schema.opportunityColumns),
    ...Object.values(schema.standardOpportunityColumns),
  ].map(({ logicalName }) => logicalName);
  const solution = Object.values(schema.solutionColumns).map(({ logicalName }) => logicalName);
  return [
    ...schema.opportunityViews.flatMap((view, n) => problemsOf(view, `opportunityViews[${n}]`, opportunity)),
    ...schema.solutionViews.flatMap((view, n) => problemsOf(view, `solutionViews[${n}]`, solution)),
  ];
}

function problemsOf(view: View, place: string, columns: readonly string[]): readonly SchemaProblem[] {
  const known = [...columns, ...TABLE_COLUMNS];
  const shown = view.columns.map(({ column }) => column);
  const named: readonly (readonly [part: string, column: string])[] = [
    ...shown.map((column) => ["columns", column] as const),
    ...view.conditions.map(({ column }) => ["conditions", column] as const),
    ["order", view.order.column],
    ...(view.finds ?? []).map((column) => ["finds", column] as const),
  ];
  const unknown = named.filter(([, column]) => !known.includes(column));
  const repeated = shown.filter((column, n) => shown.indexOf(column) !== n);
  const problem = (part: string, found: string, rule: string): SchemaProblem => {
    return { file: "views.ts", place: `${place}.${part}`, found, rule };
  };
  return [
    ...(shown.length === 0 ? [problem("columns", "are none", "A view shows at least one column.")] : []),
    ...unknown.map(([part, column]) =>
      problem(part, `names “${column}”`, "No column of the table has this logical name."),
    ),
    ...repeated.map((column) => problem("columns", `shows “${column}” twice`, "A view shows a column once.")),
  ];
}
