import { publisher } from "../solution/schema/publisher";
import type { SyncStatus } from "../solution/schema/sync-status";

/** Name of the image web resource that stands for a sync status. */
export function iconName(status: SyncStatus): string {
  return `${publisher.prefix}_/icons/${status}.svg`;
}
