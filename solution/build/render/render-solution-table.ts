// The table of solutions. It belongs to the organisation, so that one list serves all sellers.

import type { Labels } from "../../schema/labels";
import { solutionColumns, solutionIdKey, solutionTable, solutionTypes } from "../../schema/solution-table";
import { INTRODUCED_VERSION } from "./introduced-version";
import { labelElements, localizedNames, descriptions } from "./labels";
import { renderLocalChoice, renderStates, renderStatusReasons } from "./render-choice";
import { dataverseTypes, OFFERED_EVERYWHERE, renderColumn, textPart, type RenderedColumn } from "./render-column";
import { renderKeys } from "./render-key";
import { element, properties, type XmlElement } from "./xml";

const stateLabels: Labels = { en: "Status", fr: "Statut" };
const reasonLabels: Labels = { en: "Status reason", fr: "Raison du statut" };

/** Names, columns, key and properties of the table. */
export function renderSolutionTable(): XmlElement {
  return element("entity", { Name: solutionTable.schemaName }, [
    localizedNames(solutionTable.labels),
    element("LocalizedCollectionNames", {}, labelElements("LocalizedCollectionName", solutionTable.pluralLabels)),
    ...descriptions(solutionTable.description),
    element("attributes", {}, columns().map(renderColumn)),
    renderKeys([solutionIdKey]),
    ...properties(tableProperties),
  ]);
}

const ordinary = {
  requiredLevel: "none",
  displayMask: OFFERED_EVERYWHERE,
  custom: true,
  audited: true,
  secured: false,
  searchable: false,
  update: true,
  create: true,
} as const;

function columns(): readonly RenderedColumn[] {
  const { name, solutionId, solutionType } = solutionColumns;
  return [
    {
      ...ordinary,
      schemaName: `${solutionTable.schemaName}Id`,
      type: "primarykey",
      labels: solutionTable.labels,
      requiredLevel: "systemrequired",
      displayMask: "ValidForAdvancedFind|RequiredForGrid",
      custom: false,
      audited: false,
      update: false,
      typePart: [],
    },
    {
      ...ordinary,
      ...textColumn(name),
      displayMask: `PrimaryName|${OFFERED_EVERYWHERE}|RequiredForForm`,
      searchable: true,
    },
    { ...ordinary, ...textColumn(solutionId), searchable: true },
    {
      ...ordinary,
      schemaName: solutionType.schemaName,
      type: dataverseTypes.choice,
      labels: solutionType.labels,
      typePart: [
        ...properties({ AppDefaultValue: -1 }),
        renderLocalChoice(`${solutionTable.logicalName}_${solutionType.logicalName}`, "picklist", {
          labels: solutionType.labels,
          options: solutionTypes,
        }),
      ],
    },
    ...stateColumns(),
  ];
}

function textColumn(column: typeof solutionColumns.name) {
  const { schemaName, labels, type } = column;
  const maxLength = type.kind === "text" ? type.maxLength : 0;
  return {
    schemaName,
    labels,
    type: dataverseTypes.text,
    requiredLevel: "required",
    typePart: textPart("text", maxLength),
  } as const;
}

/** Whether a row is offered: its state, and the reason for it. */
function stateColumns(): readonly RenderedColumn[] {
  const system = { ...ordinary, custom: false };
  return [
    {
      ...system,
      schemaName: "statecode",
      type: "state",
      labels: stateLabels,
      requiredLevel: "systemrequired",
      create: false,
      typePart: [renderStates(`${solutionTable.logicalName}_statecode`, stateLabels)],
    },
    {
      ...system,
      schemaName: "statuscode",
      type: "status",
      labels: reasonLabels,
      typePart: [renderStatusReasons(`${solutionTable.logicalName}_statuscode`, reasonLabels)],
    },
  ];
}

/** What the table can do, in the order of an export: a plain list that users keep, and nothing that costs. */
const tableProperties = {
  EntitySetName: solutionTable.entitySetName,
  IsDuplicateCheckSupported: 1,
  IsBusinessProcessEnabled: 0,
  IsRequiredOffline: 0,
  IsInteractionCentricEnabled: 0,
  IsCollaboration: 0,
  AutoRouteToOwnerQueue: 0,
  IsConnectionsEnabled: 0,
  IsDocumentManagementEnabled: 0,
  AutoCreateAccessTeams: 0,
  IsOneNoteIntegrationEnabled: 0,
  IsKnowledgeManagementEnabled: 0,
  IsSLAEnabled: 0,
  IsDocumentRecommendationsEnabled: 0,
  IsBPFEntity: 0,
  OwnershipTypeMask: "OrgOwned",
  IsAuditEnabled: 1,
  IsRetrieveAuditEnabled: 0,
  IsRetrieveMultipleAuditEnabled: 0,
  IsActivity: 0,
  ActivityTypeMask: "",
  IsActivityParty: 0,
  IsReplicated: 0,
  IsReplicationUserFiltered: 0,
  IsMailMergeEnabled: 0,
  IsVisibleInMobile: 0,
  IsVisibleInMobileClient: 0,
  IsReadOnlyInMobileClient: 0,
  IsOfflineInMobileClient: 0,
  DaysSinceRecordLastModified: 0,
  MobileOfflineFilters: "",
  IsMapiGridEnabled: 1,
  IsReadingPaneEnabled: 1,
  IsQuickCreateEnabled: 0,
  SyncToExternalSearchIndex: 0,
  IntroducedVersion: INTRODUCED_VERSION,
  IsCustomizable: 1,
  IsRenameable: 1,
  IsMappable: 1,
  CanModifyAuditSettings: 1,
  CanModifyMobileVisibility: 1,
  CanModifyMobileClientVisibility: 1,
  CanModifyMobileClientReadOnly: 1,
  CanModifyMobileClientOffline: 1,
  CanModifyConnectionSettings: 1,
  CanModifyDuplicateDetectionSettings: 1,
  CanModifyMailMergeSettings: 1,
  CanModifyQueueSettings: 1,
  CanCreateAttributes: 1,
  CanCreateForms: 1,
  CanCreateCharts: 1,
  CanCreateViews: 1,
  CanModifyAdditionalSettings: 1,
  CanEnableSyncToExternalSearchIndex: 1,
  EnforceStateTransitions: 0,
  CanChangeHierarchicalRelationship: 1,
  EntityHelpUrlEnabled: 0,
  ChangeTrackingEnabled: 0,
  CanChangeTrackingBeEnabled: 1,
  IsEnabledForExternalChannels: 0,
  IsSolutionAware: 0,
};
