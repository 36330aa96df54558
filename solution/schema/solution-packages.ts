import { columnSecuritySolution } from "./column-security";
import type { Labels } from "./labels";
import { solutionUniqueName } from "./publisher";

/** A solution as administrators see it in the list of solutions. */
export interface PackageNaming {
  /** Letters, digits and underscore only; it can never change, since upgrades find the old version by it. */
  readonly uniqueName: string;
  readonly labels: Labels;
  readonly description: Labels;
}

/** Every solution that is shipped. */
export const packageNames = {
  main: {
    uniqueName: solutionUniqueName,
    labels: { en: "CoSell Sync", fr: "CoSell Sync" },
    description: {
      en: "The co-sell section on opportunities: shares deals with Microsoft and keeps them in step with Partner Center.",
      fr: "La section de co-vente des opportunités : partage les affaires avec Microsoft et les synchronise avec l’espace partenaires.",
    },
  },
  /** By itself, since not every environment has that form, and an import stops where a form is missing. */
  salesInsights: {
    uniqueName: `${solutionUniqueName}SalesInsights`,
    labels: { en: "CoSell Sync on the Sales Insights form", fr: "CoSell Sync sur le formulaire Sales Insights" },
    description: {
      en: "Puts the co-sell section on the Sales Insights form too. Needs that form and the solution CoSell Sync.",
      fr: "Place la section de co-vente également sur le formulaire Sales Insights. Nécessite ce formulaire et la solution CoSell Sync.",
    },
  },
  columnSecurity: columnSecuritySolution,
} as const satisfies { readonly [role: string]: PackageNaming };
