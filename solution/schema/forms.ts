import { ownFormIds, shippedFormIds } from "./component-ids";
import type { Labels } from "./labels";
import { publisher } from "./publisher";

/** A main form: what Dataverse knows it by and what users read. */
export interface MainForm {
  readonly id: string;
  readonly labels: Labels;
  readonly description: Labels;
}

/** Forms of Microsoft's that get the co-sell tab as a difference, with the solution that brings them. */
export const shippedForms = {
  opportunity: { id: shippedFormIds.opportunity, labels: { en: "Opportunity", fr: "Opportunité" } },
  salesInsights: { id: shippedFormIds.salesInsights, labels: { en: "Sales Insights", fr: "Sales Insights" } },
} as const;

/** Forms of the product's own, complete in themselves. */
export const ownForms = {
  coSellOpportunity: {
    id: ownFormIds.coSellOpportunity,
    labels: { en: "Co-sell opportunity", fr: "Opportunité de co-vente" },
    description: {
      en: "An opportunity with the co-sell section, for those who do not want it on the shipped form.",
      fr: "Une opportunité avec la section de co-vente, pour ceux qui ne la souhaitent pas sur le formulaire fourni.",
    },
  },
  coSellSolution: {
    id: ownFormIds.coSellSolution,
    labels: { en: "Information", fr: "Informations" },
    description: { en: "A form for this table.", fr: "Un formulaire pour cette table." },
  },
} as const satisfies { readonly [role: string]: MainForm };

/** The tab that carries the section, and its sections. Scripts of customers find tab and sections by name. */
export const coSellTab = {
  name: `${publisher.prefix}_tab`,
  labels: { en: "Microsoft co-sell", fr: "Co-vente avec Microsoft" },
  section: {
    name: `${publisher.prefix}_section`,
    labels: { en: "Microsoft co-sell", fr: "Co-vente avec Microsoft" },
  },
  /** Not shown: makes the other columns of the section known to the form, so that scripts and rules find them. */
  columnsSection: {
    name: `${publisher.prefix}_columns`,
    labels: { en: "Columns of the co-sell section", fr: "Colonnes de la section de co-vente" },
  },
} as const;

/** Parts of the product's own Opportunity form. */
export const ownFormLabels = {
  summaryTab: { en: "Summary", fr: "Résumé" },
  dealSection: { en: "Deal", fr: "Affaire" },
  timelineSection: { en: "Timeline", fr: "Chronologie" },
} as const satisfies { readonly [part: string]: Labels };

/** Parts of the form of the table of solutions. */
export const solutionFormLabels = {
  tab: { en: "General", fr: "Général" },
  section: { en: "Solution", fr: "Solution" },
} as const satisfies { readonly [part: string]: Labels };
