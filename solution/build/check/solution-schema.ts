import { globalChoices, type GlobalChoice } from "../../schema/choices";
import { columnSecurityProfiles, type ColumnSecurityProfile } from "../../schema/column-security";
import * as componentIds from "../../schema/component-ids";
import { environmentVariables, type EnvironmentVariable } from "../../schema/environment-variables";
import { coSellTab, ownFormLabels, ownForms, solutionFormLabels, type MainForm } from "../../schema/forms";
import { helpOptions, type HelpOption } from "../../schema/help-options";
import type { Labels } from "../../schema/labels";
import { opportunityColumns, referralKey, type OpportunityColumn } from "../../schema/opportunity-columns";
import { publisher, solutionUniqueName } from "../../schema/publisher";
import { securityRoles, type SecurityRole } from "../../schema/security-roles";
import { packageNames, type PackageNaming } from "../../schema/solution-packages";
import { solutionColumns, solutionIdKey, solutionTable, solutionTypes } from "../../schema/solution-table";
import type { SolutionColumn } from "../../schema/solution-table";
import { standardOpportunityColumns, type StandardColumn } from "../../schema/standard-columns";
import { syncStatuses, type SyncStatusOption } from "../../schema/sync-status";
import { opportunityViews, solutionViews, type View } from "../../schema/views";
import { webhookSteps, type WebhookStep } from "../../schema/webhook-steps";

/** An alternate key of a table. */
export interface AlternateKey {
  readonly schemaName: string;
  readonly logicalName: string;
  readonly columns: readonly string[];
  readonly labels: Labels;
}

/** Everything that `solution/schema` says, as one value, so that a check can be given another one. */
export interface SolutionSchema {
  readonly publisher: {
    readonly uniqueName: string;
    readonly prefix: string;
    readonly optionValuePrefix: number;
    readonly labels: Labels;
  };
  readonly solutionUniqueName: string;
  readonly opportunityColumns: { readonly [role: string]: OpportunityColumn };
  readonly referralKey: AlternateKey;
  readonly solutionTable: {
    readonly schemaName: string;
    readonly logicalName: string;
    readonly primaryKey: string;
    readonly labels: Labels;
    readonly pluralLabels: Labels;
    readonly description: Labels;
  };
  readonly solutionColumns: { readonly [role: string]: SolutionColumn };
  readonly solutionIdKey: AlternateKey;
  readonly solutionTypes: readonly { readonly code: string; readonly value: number; readonly labels: Labels }[];
  readonly helpOptions: readonly HelpOption[];
  readonly syncStatuses: readonly SyncStatusOption[];
  readonly environmentVariables: { readonly [role: string]: EnvironmentVariable };
  readonly securityRoles: readonly SecurityRole[];
  readonly packageNames: { readonly [role: string]: PackageNaming };
  readonly columnSecurityProfiles: readonly ColumnSecurityProfile[];
  readonly webhookSteps: readonly WebhookStep[];
  readonly globalChoices: { readonly [name: string]: GlobalChoice };
  readonly standardOpportunityColumns: { readonly [role: string]: StandardColumn };
  readonly opportunityViews: readonly View[];
  readonly solutionViews: readonly View[];
  readonly ownForms: { readonly [role: string]: MainForm };
  readonly coSellTab: {
    readonly labels: Labels;
    readonly section: { readonly labels: Labels };
    readonly columnsSection: { readonly labels: Labels };
  };
  readonly ownFormLabels: { readonly [part: string]: Labels };
  readonly solutionFormLabels: { readonly [part: string]: Labels };
  /** Identifiers, nested in whatever way. */
  readonly componentIds: unknown;
}

/** What is shipped. */
export const shippedSchema: SolutionSchema = {
  publisher,
  solutionUniqueName,
  opportunityColumns,
  referralKey,
  solutionTable,
  solutionColumns,
  solutionIdKey,
  solutionTypes,
  helpOptions,
  syncStatuses,
  environmentVariables,
  securityRoles,
  packageNames,
  columnSecurityProfiles,
  webhookSteps,
  globalChoices,
  standardOpportunityColumns,
  opportunityViews,
  solutionViews,
  ownForms,
  coSellTab,
  ownFormLabels,
  solutionFormLabels,
  componentIds,
};
