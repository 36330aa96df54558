import { viewIds } from "./component-ids";
import type { Labels } from "./labels";
import { opportunityColumns } from "./opportunity-columns";
import { solutionColumns, solutionTable } from "./solution-table";
import { standardOpportunityColumns } from "./standard-columns";
import { syncStatuses } from "./sync-status";

/** What Dataverse uses a view for. */
export type ViewKind = "public" | "quick-find" | "lookup" | "associated" | "advanced-find";

/** A test of a row, in the words of FetchXML. */
export interface ViewCondition {
  readonly column: string;
  readonly operator: "eq" | "not-null";
  readonly value?: string;
}

/** A column of a view: logical name and width in pixels. */
export interface ViewColumn {
  readonly column: string;
  readonly width: number;
  /** Shown as an icon by the script of the view. */
  readonly icon?: true;
}

/** A view of one table. */
export interface View {
  readonly id: string;
  readonly kind: ViewKind;
  readonly isDefault: boolean;
  readonly labels: Labels;
  readonly description?: Labels;
  readonly columns: readonly ViewColumn[];
  readonly conditions: readonly ViewCondition[];
  readonly order: { readonly column: string; readonly descending: boolean };
  /** Columns that a quick find looks through. */
  readonly finds?: readonly string[];
}

const column = opportunityColumns;
const standard = standardOpportunityColumns;
const ICON_WIDTH = 60;

const leading: readonly ViewColumn[] = [
  { column: column.syncStatus.logicalName, width: ICON_WIDTH, icon: true },
  { column: standard.name.logicalName, width: 250 },
  { column: standard.account.logicalName, width: 200 },
];

/** Views of opportunities. They stand beside the shipped ones and change none of them. */
export const opportunityViews: readonly View[] = [
  {
    id: viewIds.coSellOpportunities,
    kind: "public",
    isDefault: false,
    labels: { en: "Co-sell opportunities", fr: "Opportunités de co-vente" },
    description: {
      en: "Every opportunity that is kept in step with Partner Center, with its state as an icon.",
      fr: "Toutes les opportunités synchronisées avec l’espace partenaires, avec leur état sous forme d’icône.",
    },
    columns: [
      ...leading,
      { column: standard.estimatedValue.logicalName, width: 120 },
      { column: standard.closeDate.logicalName, width: 120 },
      { column: column.help.logicalName, width: 200 },
      { column: column.referralStatus.logicalName, width: 150 },
      { column: column.lastSyncedOn.logicalName, width: 150 },
      { column: standard.owner.logicalName, width: 150 },
      { column: standard.statusReason.logicalName, width: 110 },
    ],
    conditions: [{ column: column.sync.logicalName, operator: "eq", value: "1" }],
    order: { column: standard.closeDate.logicalName, descending: true },
  },
  {
    id: viewIds.coSellNeedsAttention,
    kind: "public",
    isDefault: false,
    labels: { en: "Co-sell: needs attention", fr: "Co-vente : intervention nécessaire" },
    description: {
      en: "Opportunities whose sync waits for somebody, with what to do.",
      fr: "Opportunités dont la synchronisation attend une intervention, avec ce qu’il faut faire.",
    },
    columns: [
      ...leading,
      { column: column.syncMessage.logicalName, width: 400 },
      { column: column.lastSyncedOn.logicalName, width: 150 },
      { column: standard.owner.logicalName, width: 150 },
    ],
    // With the switch off the relay writes nothing more, and what it wrote last asks nothing of anybody.
    conditions: [
      { column: column.sync.logicalName, operator: "eq", value: "1" },
      { column: column.syncStatus.logicalName, operator: "eq", value: statusValue("needs-attention") },
    ],
    order: { column: column.lastSyncedOn.logicalName, descending: false },
  },
];

const names = solutionTable.pluralLabels;
const name = { column: solutionColumns.name.logicalName, width: 300 };
const solutionId = { column: solutionColumns.solutionId.logicalName, width: 200 };
const solutionType = { column: solutionColumns.solutionType.logicalName, width: 150 };
const byName = { column: name.column, descending: false } as const;
const active: ViewCondition = { column: "statecode", operator: "eq", value: "0" };
const inactive: ViewCondition = { column: "statecode", operator: "eq", value: "1" };

/** Views of the table of solutions: one of each kind that Dataverse asks of a table. */
export const solutionViews: readonly View[] = [
  solutionView("activeSolutions", "public", {
    labels: { en: `Active ${lowerFirst(names.en)}`, fr: `${names.fr} actives` },
  }),
  solutionView("inactiveSolutions", "public", {
    isDefault: false,
    labels: { en: `Inactive ${lowerFirst(names.en)}`, fr: `${names.fr} inactives` },
    conditions: [inactive],
  }),
  solutionView("solutionQuickFind", "quick-find", {
    labels: {
      en: `Quick find active ${lowerFirst(names.en)}`,
      fr: `Recherche rapide : ${lowerFirst(names.fr)} actives`,
    },
    finds: [name.column, solutionId.column],
  }),
  solutionView("solutionLookup", "lookup", {
    labels: { en: "Co-sell solution lookup view", fr: "Vue de recherche des solutions de co-vente" },
    columns: [name, solutionId],
  }),
  solutionView("solutionAssociated", "associated", {
    labels: { en: "Co-sell solution associated view", fr: "Vue associée des solutions de co-vente" },
  }),
  solutionView("solutionAdvancedFind", "advanced-find", {
    labels: { en: "Co-sell solution advanced find view", fr: "Vue de recherche avancée des solutions de co-vente" },
  }),
];

function solutionView(key: keyof typeof viewIds, kind: ViewKind, own: Pick<View, "labels"> & Partial<View>): View {
  const columns = [name, solutionId, solutionType];
  return { id: viewIds[key], kind, isDefault: true, columns, conditions: [active], order: byName, ...own };
}

function statusValue(name: string): string {
  return String(syncStatuses.find((status) => status.name === name)?.value);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
