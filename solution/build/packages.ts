// Which solution has what.

import { globalChoices } from "../schema/choices";
import { columnDescriptions } from "../schema/column-descriptions";
import { columnSecurityProfiles, securedColumns } from "../schema/column-security";
import { environmentVariables } from "../schema/environment-variables";
import { opportunityColumns, referralKey, type OpportunityColumnRole } from "../schema/opportunity-columns";
import { packageNames } from "../schema/solution-packages";
import { securityRoles } from "../schema/security-roles";
import { solutionColumns, solutionTable } from "../schema/solution-table";
import { standardOpportunityColumns } from "../schema/standard-columns";
import { opportunityViews, solutionViews } from "../schema/views";
import { controlPart } from "./control-part";
import type { BuildInputs } from "./inputs";
import { neededByColumnSecurity, neededByMain, neededBySalesInsights } from "./needed-components";
import { renderGlobalChoice } from "./render/render-choice";
import { renderOpportunityColumn } from "./render/render-column";
import { renderEnvironmentVariable } from "./render/render-environment-variable";
import { renderKeys } from "./render/render-key";
import { ownFormColumns, ownOpportunityForm, shippedForm, type FormContents } from "./forms/render-opportunity-forms";
import { renderColumnSecurityProfile, renderRole } from "./render/render-security";
import { solutionForm } from "./forms/render-solution-form";
import { renderSolutionTable } from "./render/render-solution-table";
import { renderView } from "./render/render-view";
import { componentTypes as types, type RootComponent, type SolutionPackage } from "./solution-package";
import type { TablePart } from "./table";
import { webResourceParts } from "./web-resource-parts";
import { element, type XmlElement } from "./render/xml";

/** Every solution, by its role. */
export type Packages = { readonly [R in keyof typeof packageNames]: SolutionPackage };

const opportunityTable = {
  schemaName: "Opportunity",
  displayName: "Opportunity",
  extent: "shell",
  info: null,
  forms: [],
  views: [],
} as const satisfies TablePart;
const opportunityRoot: RootComponent = { type: types.table, schemaName: "opportunity", behavior: 2 };
const columnRoles = Object.keys(opportunityColumns) as readonly OpportunityColumnRole[];

export function packagesOf(inputs: BuildInputs): Packages {
  const control = controlPart(inputs.control, inputs.version);
  // The fourth number is Microsoft's; ours has three.
  const version = `${inputs.version}.0`;
  const contents: FormContents = { controlName: control.name, loadHandler: inputs.formLoad };
  const empty = {
    version,
    tables: [],
    roles: [],
    profiles: [],
    choices: [],
    webResources: [],
    controls: [],
    environmentVariables: [],
  };
  return {
    main: { ...empty, ...mainPackage(inputs, contents), controls: [control] },
    salesInsights: {
      ...empty,
      naming: packageNames.salesInsights,
      managedOnly: true,
      rootComponents: [opportunityRoot],
      neededComponents: neededBySalesInsights(version, { control: control.name, script: inputs.formLoad.script }),
      tables: [{ ...opportunityTable, forms: [shippedForm("salesInsights", contents)] }],
    },
    columnSecurity: {
      ...empty,
      naming: packageNames.columnSecurity,
      managedOnly: false,
      rootComponents: [
        opportunityRoot,
        ...columnSecurityProfiles.map(({ id }) => ({ type: types.columnSecurityProfile, id, behavior: 0 }) as const),
      ],
      neededComponents: neededByColumnSecurity(version),
      tables: [{ ...opportunityTable, info: securedOpportunity() }],
      profiles: columnSecurityProfiles.map(renderColumnSecurityProfile),
    },
  };
}

function mainPackage(inputs: BuildInputs, contents: FormContents) {
  const choices = Object.values(globalChoices);
  const webResources = webResourceParts(inputs);
  const variables = Object.values(environmentVariables);
  const named = (type: number, names: readonly string[]): readonly RootComponent[] =>
    names.map((schemaName) => ({ type, schemaName, behavior: 0 }));
  return {
    naming: packageNames.main,
    managedOnly: false,
    rootComponents: [
      ...named(types.table, [solutionTable.logicalName]),
      opportunityRoot,
      ...named(
        types.choice,
        choices.map(({ name }) => name),
      ),
      ...securityRoles.map(({ id }): RootComponent => ({ type: types.role, id, behavior: 0 })),
      ...named(
        types.webResource,
        webResources.map(({ name }) => name),
      ),
      ...named(types.control, [contents.controlName]),
      ...named(
        types.environmentVariable,
        variables.map(({ schemaName }) => schemaName),
      ),
    ],
    neededComponents: neededByMain(ownFormColumns),
    tables: [mainOpportunity(inputs, contents), coSellSolution()],
    roles: securityRoles.map((role) => ({ name: role.labels.en, definition: renderRole(role) })),
    choices: choices.map((choice) => ({ name: choice.name, definition: renderGlobalChoice(choice) })),
    webResources,
    environmentVariables: variables.map((variable) => ({
      name: variable.schemaName,
      definition: renderEnvironmentVariable(variable),
    })),
  };
}

function mainOpportunity(inputs: BuildInputs, contents: FormContents): TablePart {
  const viewed = {
    logicalName: "opportunity",
    primaryKey: "opportunityid",
    primaryName: standardOpportunityColumns.name.logicalName,
    icon: inputs.viewIcon,
  };
  const attributes = columnRoles.map((role) => renderSectionColumn(role, false));
  return {
    ...opportunityTable,
    info: element("entity", { Name: opportunityTable.schemaName }, [
      element("attributes", {}, attributes),
      renderKeys([referralKey]),
    ]),
    forms: [shippedForm("opportunity", contents), ownOpportunityForm(contents)],
    views: opportunityViews.map((view) => renderView(view, viewed)),
  };
}

function coSellSolution(): TablePart {
  const { schemaName, logicalName, primaryKey, labels } = solutionTable;
  const viewed = { logicalName, primaryKey, primaryName: solutionColumns.name.logicalName, icon: null };
  return {
    schemaName,
    displayName: labels.en,
    extent: "whole",
    info: renderSolutionTable(),
    forms: [solutionForm()],
    views: solutionViews.map((view) => renderView(view, viewed)),
  };
}

/** The same columns as in the main solution, but that not everybody may read and write them. */
function securedOpportunity() {
  const roles = columnRoles.filter((role) => securedColumns.includes(opportunityColumns[role].logicalName));
  const attributes = roles.map((role) => renderSectionColumn(role, true));
  return element("entity", { Name: opportunityTable.schemaName }, [element("attributes", {}, attributes)]);
}

function renderSectionColumn(role: OpportunityColumnRole, secured: boolean): XmlElement {
  return renderOpportunityColumn(opportunityColumns[role], { description: columnDescriptions[role], secured });
}
