import type { CrmColumns } from "../core/mapping/crm-column";

/** What the CRM says of its own columns: for checking a mapping before it counts. */
export interface CrmMetadata {
  /** Every readable column of the opportunity, and of the records behind these look-ups, e.g. `parentaccountid`. */
  everyColumn(lookups: readonly string[]): Promise<CrmColumns>;
  /** The columns behind these paths of the opportunity; a path without a column is absent. */
  columns(paths: readonly string[]): Promise<CrmColumns>;
}
