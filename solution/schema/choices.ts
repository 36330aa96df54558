import { helpOptions } from "./help-options";
import type { Labels } from "./labels";
import type { ColumnType } from "./opportunity-columns";
import { syncStatuses } from "./sync-status";

/** Name of a choice that several columns may share. */
export type ChoiceName = Extract<ColumnType, { kind: "choice" }>["choice"];

/** A choice that stands on its own, beside the tables. */
export interface GlobalChoice {
  readonly name: ChoiceName;
  readonly labels: Labels;
  readonly options: readonly { readonly value: number; readonly labels: Labels }[];
}

/** The global choices by name. */
export const globalChoices: { readonly [N in ChoiceName]: GlobalChoice } = {
  cosell_help: {
    name: "cosell_help",
    labels: { en: "How can Microsoft help?", fr: "Comment Microsoft peut-il vous aider ?" },
    options: helpOptions,
  },
  cosell_syncstatus: {
    name: "cosell_syncstatus",
    labels: { en: "Co-sell sync status", fr: "État de la synchronisation de co-vente" },
    options: syncStatuses,
  },
};
