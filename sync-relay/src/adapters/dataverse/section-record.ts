import type { Json, JsonObject } from "../../core/json";
import type { CoSellSection } from "../../core/opportunity";
import { opportunityColumns } from "../../../../solution/schema/opportunity-columns";
import { syncStatuses } from "../../../../solution/schema/sync-status";

// The co-sell section of an opportunity and its columns in Dataverse.

/** Column of each part of the section. */
const columnOf: { readonly [Part in keyof CoSellSection]: string } = {
  syncOn: opportunityColumns.sync.logicalName,
  referralId: opportunityColumns.referralId.logicalName,
  referralLink: opportunityColumns.referralLink.logicalName,
  audit: opportunityColumns.audit.logicalName,
  syncStatus: opportunityColumns.syncStatus.logicalName,
  syncMessage: opportunityColumns.syncMessage.logicalName,
  lastSyncedOn: opportunityColumns.lastSyncedOn.logicalName,
  expiresOn: opportunityColumns.expiresOn.logicalName,
  microsoftCrmId: opportunityColumns.microsoftCrmId.logicalName,
  referralStatus: opportunityColumns.referralStatus.logicalName,
  syncState: opportunityColumns.syncState.logicalName,
};

/** Every column of the section. */
export const sectionColumnNames: readonly string[] = Object.values(columnOf);

/** The section of a row. */
export function sectionOf(row: JsonObject): CoSellSection {
  const text = (part: keyof CoSellSection): string | null => {
    const value = row[columnOf[part]];
    return typeof value === "string" ? value : null;
  };
  return {
    syncOn: row[columnOf.syncOn] === true,
    referralId: text("referralId"),
    referralLink: text("referralLink"),
    audit: text("audit") ?? "",
    syncStatus: syncStatuses.find((status) => status.value === row[columnOf.syncStatus])?.name ?? null,
    syncMessage: text("syncMessage"),
    lastSyncedOn: text("lastSyncedOn"),
    expiresOn: text("expiresOn"),
    microsoftCrmId: text("microsoftCrmId"),
    referralStatus: text("referralStatus"),
    syncState: text("syncState"),
  };
}

/** The columns to write for these parts of the section; parts that are not named stay as they are. */
export function sectionColumns(section: Partial<CoSellSection>): Record<string, Json> {
  const columns: Record<string, Json> = {};
  for (const [part, value] of Object.entries(section)) {
    if (isPart(part)) columns[columnOf[part]] = part === "syncStatus" ? statusValue(section.syncStatus ?? null) : value;
  }
  return columns;
}

function isPart(part: string): part is keyof CoSellSection {
  return Object.hasOwn(columnOf, part);
}

function statusValue(name: CoSellSection["syncStatus"]): Json {
  return syncStatuses.find((status) => status.name === name)?.value ?? null;
}
