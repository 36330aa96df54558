import type { CrmColumns } from "../core/mapping/crm-column";

/** What the CRM says of its own columns: for checking a mapping before it counts. */
export interface CrmMetadata {
  /** The columns behind these paths of the opportunity; a path without a column is absent. */
  columns(paths: readonly string[]): Promise<CrmColumns>;
}
