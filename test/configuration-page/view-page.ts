import { viewIds } from "../../solution/schema/component-ids";
import { solutionColumns } from "../../solution/schema/solution-table";
import { opportunityColumns } from "../../solution/schema/opportunity-columns";
import { standardOpportunityColumns } from "../../solution/schema/standard-columns";
import { syncStatuses } from "../../solution/schema/sync-status";
import { opportunityViews, type ViewColumn } from "../../solution/schema/views";
import { viewIcon } from "../../webresources/web-resources";
import { globalsAfter } from "../webresources/built-scripts";

// The view of co-sell opportunities as a plain table: its columns, labels and widths from the schema, its icons from the
// built script and the built images.

/** Columns that fit a page. */
const SHOWN = 6;

const cells: Readonly<Record<string, readonly string[]>> = {
  parentaccountid: ["Contoso Ltd", "Northwind Traders", "Fabrikam", "Adatum", "Litware", "Tailspin Toys"],
  estimatedvalue: ["€75,000.00", "€120,000.00", "€18,500.00", "€42,000.00", "€9,900.00", "€5,000.00"],
  estimatedclosedate: ["31/03/2027", "15/02/2027", "30/06/2027", "28/02/2027", "31/01/2027", "30/04/2027"],
  cosell_helprequired: ["Quotes or licensing", "", "Proof of concept or demo", "", "General or other", ""],
};

/** The page; `read` gives the text of a built web resource. */
export function viewPage(deals: readonly string[], read: (name: string) => string): string {
  const view = opportunityViews.find(({ id }) => id === viewIds.coSellOpportunities);
  if (view === undefined) throw new Error("The schema has no view of co-sell opportunities.");
  const columns = view.columns.slice(0, SHOWN);
  const { CoSell } = globalsAfter([read(viewIcon.script)]) as {
    CoSell: { syncIcon: (row: string, language: number) => readonly [string, string] };
  };
  const rows = syncStatuses.map(({ value }, n) => {
    const row = JSON.stringify({ [`${opportunityColumns.syncStatus.logicalName}_Value`]: value });
    const [image, tooltip] = CoSell.syncIcon(row, 1033);
    const icon = `<img alt="${tooltip}" src="data:image/svg+xml;base64,${Buffer.from(read(image)).toString("base64")}">`;
    return columns.map(({ column, icon: isIcon }) => (isIcon === true ? icon : (wordsOf(column, deals)[n] ?? "")));
  });
  return `<!doctype html><html lang="en"><head><title>${view.labels.en}</title><style>${style}</style></head>
<body><main><h1>${view.labels.en} <span>⌄</span></h1><table>
<tr>${columns.map((column) => `<th style="width: ${column.width}px">${headingOf(column)}</th>`).join("")}</tr>
${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("\n")}
</table></main></body></html>`;
}

function wordsOf(column: string, deals: readonly string[]): readonly string[] {
  return column === standardOpportunityColumns.name.logicalName ? deals : (cells[column] ?? []);
}

function headingOf({ column, icon }: ViewColumn): string {
  if (icon === true) return "Sync";
  const known = [...Object.values(opportunityColumns), ...Object.values(standardOpportunityColumns)];
  return known.find(({ logicalName }) => logicalName === column)?.labels.en ?? solutionColumns.name.labels.en;
}

const style = `
  body { margin: 0; font: 14px/20px "Segoe UI", sans-serif; color: #242424; background: #fff }
  main { padding: 16px 24px; width: 1032px }
  h1 { margin: 0 0 12px; font-size: 18px; font-weight: 600 }
  span { color: #616161 }
  table { border-collapse: collapse; width: 100%; table-layout: fixed }
  th { text-align: left; font-weight: 600; color: #424242; border-bottom: 1px solid #d1d1d1; padding: 8px }
  td { border-bottom: 1px solid #f0f0f0; padding: 8px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
  img { width: 16px; height: 16px; vertical-align: -2px }
`;
