import type { Labels } from "./labels";
import { optionValue } from "./publisher";

/** Where the sync of one opportunity stands, as the seller sees it. */
export const syncStatusNames = ["not-shared", "waiting", "synced", "retrying", "needs-attention", "closed"] as const;

/** Where the sync of one opportunity stands, as the seller sees it. */
export type SyncStatus = (typeof syncStatusNames)[number];

/** One option of the sync status choice. */
export interface SyncStatusOption {
  readonly name: SyncStatus;
  readonly value: number;
  readonly labels: Labels;
}

const labels: { readonly [S in SyncStatus]: Labels } = {
  "not-shared": { en: "Not shared", fr: "Non partagé" },
  waiting: { en: "Waiting", fr: "En attente" },
  synced: { en: "Synced", fr: "Synchronisé" },
  retrying: { en: "Retrying", fr: "Nouvel essai en cours" },
  "needs-attention": { en: "Needs attention", fr: "Intervention nécessaire" },
  closed: { en: "Closed", fr: "Clôturé" },
};

/** Every sync status in the order of the choice; option values start at publisher prefix × 10,000 + 100. */
export const syncStatuses: readonly SyncStatusOption[] = syncStatusNames.map((name, n) => ({
  name,
  value: optionValue(100 + n),
  labels: labels[name],
}));
