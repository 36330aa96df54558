// What must be in an environment before an import. Dataverse looks first and names what is missing; without the list an
// import would fail half way through, with a message about its insides.

import { globalChoices } from "../schema/choices";
import { columnSecurityProfiles, securedColumns } from "../schema/column-security";
import { ownForms, shippedForms } from "../schema/forms";
import type { Labels } from "../schema/labels";
import { opportunityColumns, type OpportunityColumn } from "../schema/opportunity-columns";
import { solutionUniqueName } from "../schema/publisher";
import { standardOpportunityColumns } from "../schema/standard-columns";
import { opportunityViews } from "../schema/views";
import { componentTypes as types, type NeededComponent } from "./solution-package";

type Component = NeededComponent["required"];

/** Who brings the Opportunity table, as its exports name it. */
const SALES = "msdynce_Sales (9.0.4.0076)";
/** Dataverse's word for "somewhere in the environment". */
const ANYWHERE = "Active";

const ofOpportunity = { parentSchemaName: "opportunity", parentDisplayName: "Opportunity" };
const table: Component = { type: types.table, schemaName: "opportunity", displayName: "Opportunity" };
const standardColumns = Object.values(standardOpportunityColumns);

/** The main solution: Dynamics 365 Sales with its Opportunity table, its form and the columns that forms and views show. */
export function neededByMain(ownFormColumns: readonly string[]): readonly NeededComponent[] {
  const ownForm = form(ownForms.coSellOpportunity);
  return [
    need({ ...table, solution: SALES }, table),
    ...standardColumns
      .filter(({ logicalName }) => ownFormColumns.includes(logicalName))
      .map((standard) => need(column(standard, SALES), ownForm)),
    ...opportunityViews.flatMap((view) => {
      const { en } = view.labels;
      const dependent = { type: types.view, schemaName: en, displayName: en, ...ofOpportunity, id: `{${view.id}}` };
      return standardColumns
        .filter(({ logicalName }) => view.columns.some((shown) => shown.column === logicalName))
        .map((standard) => need(column(standard, SALES), dependent));
    }),
    { ...need(form(shippedForms.opportunity, SALES), form(shippedForms.opportunity)), managedOnly: true },
  ];
}

/** The Sales Insights solution: that form, and from the main solution what is put on it. */
export function neededBySalesInsights(
  version: string,
  { control, script }: { readonly control: string; readonly script: string },
): readonly NeededComponent[] {
  const solution = mainSolution(version);
  const { syncState: _, ...shown } = opportunityColumns;
  const dependent = form(shippedForms.salesInsights);
  return [
    need({ ...table, solution: SALES }, table),
    need(form(shippedForms.salesInsights, ANYWHERE), dependent),
    ...Object.values(shown).map((own) => need(column(own, solution), dependent)),
    need({ type: types.webResource, schemaName: script, displayName: script, solution }, dependent),
    need({ type: types.control, schemaName: control, displayName: control, solution }, dependent),
  ];
}

/** Column security: the columns of the main solution, and the choices that they offer. */
export function neededByColumnSecurity(version: string): readonly NeededComponent[] {
  const solution = mainSolution(version);
  const columns: readonly OpportunityColumn[] = Object.values(opportunityColumns);
  const secured = columns.filter(({ logicalName }) => securedColumns.includes(logicalName));
  return [
    need({ ...table, solution: SALES }, table),
    ...columnSecurityProfiles.flatMap(({ id, labels, columns: locked }) => {
      const profile = { type: types.columnSecurityProfile, displayName: labels.en, id: `{${id}}` };
      return secured
        .filter(({ logicalName }) => locked.includes(logicalName))
        .map((own) => need(column(own, solution), profile));
    }),
    ...secured.flatMap((own) => {
      if (own.type.kind !== "choice") return [];
      const { name, labels } = globalChoices[own.type.choice];
      const choice = { type: types.choice, schemaName: name, displayName: labels.en, solution };
      return [need(choice, column(own))];
    }),
  ];
}

function mainSolution(version: string): string {
  return `${solutionUniqueName} (${version})`;
}

function need(required: Component, dependent: Component): NeededComponent {
  return { required, dependent, managedOnly: false };
}

/** A column of the Opportunity table; with the solution that brings it where it is needed. */
function column({ logicalName, labels }: { logicalName: string; labels: Labels }, solution?: string): Component {
  return {
    type: types.column,
    schemaName: logicalName,
    displayName: labels.en,
    ...ofOpportunity,
    ...(solution === undefined ? {} : { solution }),
  };
}

/** A form; with the solution that brings it where it is needed. */
function form({ id, labels }: { readonly id: string; readonly labels: Labels }, solution?: string): Component {
  return {
    type: types.form,
    displayName: labels.en,
    parentDisplayName: "Opportunity",
    ...(solution === undefined ? {} : { solution }),
    id: `{${id}}`,
  };
}
