import type { Labels } from "./labels";

/** Type of a column as Dataverse knows it. */
export type ColumnType =
  | {
      readonly kind: "yes-no";
      readonly defaultValue: boolean;
      readonly labels: { readonly yes: Labels; readonly no: Labels };
    }
  | { readonly kind: "choice"; readonly choice: "cosell_help" | "cosell_syncstatus" }
  | { readonly kind: "text"; readonly maxLength: number }
  | { readonly kind: "url"; readonly maxLength: number }
  | { readonly kind: "multi-line"; readonly maxLength: number }
  | { readonly kind: "date-time" };

/** Who may write a column: the seller on the form, or the relay only (read-only on every form). */
export type ColumnWriter = "seller" | "relay";

/** One column of the co-sell section on the Opportunity table. */
export interface OpportunityColumn {
  /** Schema name: publisher prefix, then Pascal case. */
  readonly schemaName: string;
  /** Logical name: the schema name in lower case; what the Web API and mappings use. */
  readonly logicalName: string;
  readonly type: ColumnType;
  readonly labels: Labels;
  readonly writer: ColumnWriter;
  /** False for columns that are never put on a form. */
  readonly shown: boolean;
}

/** The columns of the co-sell section by role. Logical names are fixed for the life of the product. */
export const opportunityColumns = {
  sync: seller("cosell_SyncWithPartnerCenter", yesNo({ en: "Yes", fr: "Oui" }, { en: "No", fr: "Non" }), {
    en: "Sync with Partner Center",
    fr: "Synchroniser avec l’espace partenaires",
  }),
  help: seller(
    "cosell_HelpRequired",
    { kind: "choice", choice: "cosell_help" },
    {
      en: "How can Microsoft help?",
      fr: "Comment Microsoft peut-il vous aider ?",
    },
  ),
  products: seller(
    "cosell_Products",
    { kind: "multi-line", maxLength: 4000 },
    {
      en: "Products",
      fr: "Produits",
    },
  ),
  visible: seller(
    "cosell_VisibleToMicrosoft",
    yesNo(
      { en: "Visible to Microsoft sellers", fr: "Visible par les vendeurs de Microsoft" },
      { en: "Not visible to Microsoft sellers", fr: "Non visible par les vendeurs de Microsoft" },
    ),
    { en: "Visible to Microsoft", fr: "Visible par Microsoft" },
  ),
  referralId: relay(
    "cosell_ReferralIdentifier",
    { kind: "text", maxLength: 100 },
    {
      en: "Referral identifier",
      fr: "Identificateur de référence",
    },
  ),
  referralLink: relay(
    "cosell_ReferralLink",
    { kind: "url", maxLength: 500 },
    {
      en: "Referral link",
      fr: "Lien de référence",
    },
  ),
  audit: relay("cosell_Audit", { kind: "multi-line", maxLength: 20_000 }, { en: "Audit", fr: "Audit" }),
  syncStatus: relay(
    "cosell_SyncStatus",
    { kind: "choice", choice: "cosell_syncstatus" },
    {
      en: "Sync status",
      fr: "État de la synchronisation",
    },
  ),
  syncMessage: relay(
    "cosell_SyncMessage",
    { kind: "text", maxLength: 1000 },
    {
      en: "Sync message",
      fr: "Message de synchronisation",
    },
  ),
  lastSyncedOn: relay(
    "cosell_LastSyncedOn",
    { kind: "date-time" },
    {
      en: "Last synced on",
      fr: "Dernière synchronisation",
    },
  ),
  expiresOn: relay("cosell_ExpiresOn", { kind: "date-time" }, { en: "Expires on", fr: "Expire le" }),
  microsoftCrmId: relay(
    "cosell_MicrosoftCrmIdentifier",
    { kind: "text", maxLength: 100 },
    {
      en: "Microsoft CRM identifier",
      fr: "Identificateur CRM de Microsoft",
    },
  ),
  referralStatus: relay(
    "cosell_ReferralStatus",
    { kind: "text", maxLength: 200 },
    {
      en: "Referral status",
      fr: "État de la référence",
    },
  ),
  syncState: {
    ...relay(
      "cosell_SyncState",
      { kind: "multi-line", maxLength: 100_000 },
      {
        en: "Sync state",
        fr: "État interne de la synchronisation",
      },
    ),
    shown: false,
  },
} as const satisfies { readonly [role: string]: OpportunityColumn };

/** Role of a column in the co-sell section. */
export type OpportunityColumnRole = keyof typeof opportunityColumns;

/** The alternate key that makes a referral identifier unique among opportunities. */
export const referralKey = {
  schemaName: "cosell_ReferralKey",
  logicalName: "cosell_referralkey",
  columns: [opportunityColumns.referralId.logicalName],
  labels: { en: "Referral identifier", fr: "Identificateur de référence" },
} as const;

function yesNo(yes: Labels, no: Labels): ColumnType {
  return { kind: "yes-no", defaultValue: false, labels: { yes, no } };
}

function seller(schemaName: string, type: ColumnType, labels: Labels): OpportunityColumn {
  return { schemaName, logicalName: schemaName.toLowerCase(), type, labels, writer: "seller", shown: true };
}

function relay(schemaName: string, type: ColumnType, labels: Labels): OpportunityColumn {
  return { ...seller(schemaName, type, labels), writer: "relay" };
}
