// Columns as Dataverse exports them: a long list of properties in a fixed order, of which most are the same for every
// column, and a part that depends on the type.

import type { Labels } from "../../schema/labels";
import type { ColumnType, OpportunityColumn } from "../../schema/opportunity-columns";
import { INTRODUCED_VERSION } from "./introduced-version";
import { descriptions, displayNames } from "./labels";
import { renderLocalChoice } from "./render-choice";
import { element, properties, type XmlElement } from "./xml";

/** What differs from column to column, whichever table it is in. */
export interface RenderedColumn {
  readonly schemaName: string;
  readonly type: string;
  readonly labels: Labels;
  readonly description?: Labels;
  readonly requiredLevel: "none" | "required" | "systemrequired";
  readonly displayMask: string;
  readonly custom: boolean;
  readonly audited: boolean;
  readonly secured: boolean;
  readonly searchable: boolean;
  readonly update: boolean;
  readonly create: boolean;
  readonly typePart: readonly XmlElement[];
}

/** How a column that users may search for, put on forms and into views is offered. */
export const OFFERED_EVERYWHERE = "ValidForAdvancedFind|ValidForForm|ValidForGrid";
/** A column that only the relay understands is not offered for searching. */
const OFFERED_TO_CUSTOMISERS = "ValidForForm|ValidForGrid";

/** A column of the co-sell section. */
export function renderOpportunityColumn(
  column: OpportunityColumn,
  options: { readonly description: Labels; readonly secured: boolean },
): XmlElement {
  return renderColumn({
    schemaName: column.schemaName,
    type: dataverseTypes[column.type.kind],
    labels: column.labels,
    description: options.description,
    requiredLevel: "none",
    displayMask: column.shown ? OFFERED_EVERYWHERE : OFFERED_TO_CUSTOMISERS,
    custom: true,
    // What people decide is worth an audit; what the relay writes after every round would only fill it.
    audited: column.writer === "seller",
    secured: options.secured,
    searchable: false,
    update: true,
    create: true,
    typePart: typePartOf(column),
  });
}

/** A column with all its properties, in the order of an export. */
export function renderColumn(column: RenderedColumn): XmlElement {
  const logicalName = column.schemaName.toLowerCase();
  return element("attribute", { PhysicalName: column.schemaName }, [
    ...properties({
      Type: column.type,
      Name: logicalName,
      LogicalName: logicalName,
      RequiredLevel: column.requiredLevel,
      DisplayMask: column.displayMask,
      ImeMode: "auto",
      ValidForUpdateApi: flag(column.update),
      ValidForReadApi: 1,
      ValidForCreateApi: flag(column.create),
      IsCustomField: flag(column.custom),
      IsAuditEnabled: flag(column.audited),
      IsSecured: flag(column.secured),
      IntroducedVersion: INTRODUCED_VERSION,
      IsCustomizable: 1,
      IsRenameable: 1,
      CanModifySearchSettings: 1,
      CanModifyRequirementLevelSettings: flag(column.requiredLevel !== "systemrequired"),
      CanModifyAdditionalSettings: 1,
      SourceType: 0,
      IsGlobalFilterEnabled: 0,
      IsSortableEnabled: 0,
      CanModifyGlobalFilterSettings: 1,
      CanModifyIsSortableSettings: 1,
      IsDataSourceSecret: 0,
      AutoNumberFormat: "",
      IsSearchable: flag(column.searchable),
      IsFilterable: 0,
      IsRetrievable: 0,
      IsLocalizable: 0,
    }),
    ...column.typePart,
    displayNames(column.labels),
    ...descriptions(column.description),
  ]);
}

/** Names of column types in solution files. */
export const dataverseTypes = {
  "yes-no": "bit",
  choice: "picklist",
  text: "nvarchar",
  url: "nvarchar",
  "multi-line": "ntext",
  "date-time": "datetime",
} as const satisfies { readonly [K in ColumnType["kind"]]: string };

/** Length in characters, and in bytes where the type has one. */
export function textPart(format: "text" | "url", maxLength: number): readonly XmlElement[] {
  return properties({ Format: format, MaxLength: maxLength, Length: 2 * maxLength });
}

function typePartOf({ type, logicalName, labels }: OpportunityColumn): readonly XmlElement[] {
  switch (type.kind) {
    case "yes-no": {
      const options = [
        { value: 1, labels: type.labels.yes },
        { value: 0, labels: type.labels.no },
      ];
      return [
        ...properties({ AppDefaultValue: flag(type.defaultValue) }),
        renderLocalChoice(`opportunity_${logicalName}`, "bit", { labels, options }),
      ];
    }
    case "choice":
      return properties({ AppDefaultValue: -1, OptionSetName: type.choice });
    case "text":
    case "url":
      return textPart(type.kind, type.maxLength);
    case "multi-line":
      return properties({ Format: "text", MaxLength: type.maxLength });
    case "date-time":
      return properties({ Format: "datetime", CanChangeDateTimeBehavior: 1, Behavior: 1 });
  }
}

function flag(value: boolean): number {
  return value ? 1 : 0;
}
