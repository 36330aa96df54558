import type { Labels } from "./labels";

/** How a form shows a column that Dynamics 365 Sales brings along. */
export type StandardColumnKind = "text" | "memo" | "yes-no" | "money" | "date" | "lookup" | "status" | "state";

/** A column of Dynamics 365 Sales that forms and views of the product show. */
export interface StandardColumn {
  readonly logicalName: string;
  readonly kind: StandardColumnKind;
  readonly labels: Labels;
}

/** Columns of the shipped Opportunity table that the product's own forms and views show, in Microsoft's words. */
export const standardOpportunityColumns = {
  name: standard("name", "text", { en: "Topic", fr: "Rubrique" }),
  account: standard("parentaccountid", "lookup", { en: "Account", fr: "Compte" }),
  contact: standard("parentcontactid", "lookup", { en: "Contact", fr: "Contact" }),
  currency: standard("transactioncurrencyid", "lookup", { en: "Currency", fr: "Devise" }),
  systemCalculated: standard("isrevenuesystemcalculated", "yes-no", { en: "Revenue", fr: "Revenu" }),
  estimatedValue: standard("estimatedvalue", "money", { en: "Est. revenue", fr: "Revenu estimé" }),
  closeDate: standard("estimatedclosedate", "date", { en: "Est. close date", fr: "Date de fermeture estimée" }),
  description: standard("description", "memo", { en: "Description", fr: "Description" }),
  owner: standard("ownerid", "lookup", { en: "Owner", fr: "Propriétaire" }),
  state: standard("statecode", "state", { en: "Status", fr: "Statut" }),
  statusReason: standard("statuscode", "status", { en: "Status reason", fr: "Raison du statut" }),
} as const;

/** Role of a standard column. */
export type StandardColumnRole = keyof typeof standardOpportunityColumns;

function standard(logicalName: string, kind: StandardColumnKind, labels: Labels): StandardColumn {
  return { logicalName, kind, labels };
}
