import type { Labels } from "./labels";
import { optionValue } from "./publisher";

/** One column of the table *Co-sell solution*. */
export interface SolutionColumn {
  readonly schemaName: string;
  readonly logicalName: string;
  readonly type: { readonly kind: "text"; readonly maxLength: number } | { readonly kind: "choice" };
  readonly labels: Labels;
  readonly required: boolean;
}

/**
 * The table *Co-sell solution*: a partner's solutions, so that sellers pick them by name. A row is offered while it is
 * active (`statecode` 0). The relay does not read it: an opportunity keeps the solution ids themselves.
 */
export const solutionTable = {
  schemaName: "cosell_CoSellSolution",
  logicalName: "cosell_cosellsolution",
  /** Name of the collection in the Web API. */
  entitySetName: "cosell_cosellsolutions",
  primaryKey: "cosell_cosellsolutionid",
  labels: { en: "Co-sell solution", fr: "Solution de co-vente" },
  pluralLabels: { en: "Co-sell solutions", fr: "Solutions de co-vente" },
  description: {
    en: "Solutions of the partner that can be named on a co-sell opportunity.",
    fr: "Solutions du partenaire qui peuvent être citées sur une opportunité de co-vente.",
  },
} as const;

/** Its columns by role; beside them it has what every table has, `statecode` among them. */
export const solutionColumns = {
  name: column("cosell_Name", { kind: "text", maxLength: 200 }, { en: "Name", fr: "Nom" }),
  /** What Partner Center calls the solution: `SOL-…`, a GUID or an offer id. */
  solutionId: column(
    "cosell_SolutionId",
    { kind: "text", maxLength: 100 },
    { en: "Solution id", fr: "Identifiant de la solution" },
  ),
  solutionType: {
    ...column("cosell_SolutionType", { kind: "choice" }, { en: "Type", fr: "Type" }),
    required: false,
  },
} as const satisfies { readonly [role: string]: SolutionColumn };

/** The alternate key: a solution id stands in the table once. */
export const solutionIdKey = {
  schemaName: "cosell_SolutionIdKey",
  logicalName: "cosell_solutionidkey",
  columns: [solutionColumns.solutionId.logicalName],
  labels: { en: "Solution id", fr: "Identifiant de la solution" },
} as const;

/** Whose solution it is, as Partner Center's `solutionType` says it; `3P` is the documented value for a partner's own. */
export const solutionTypes = [
  { code: "3P", value: optionValue(200), labels: { en: "Partner solution", fr: "Solution du partenaire" } },
  { code: "1P", value: optionValue(201), labels: { en: "Microsoft solution", fr: "Solution de Microsoft" } },
] as const;

function column(schemaName: string, type: SolutionColumn["type"], labels: Labels): SolutionColumn {
  return { schemaName, logicalName: schemaName.toLowerCase(), type, labels, required: true };
}
