import { helpOptions } from "../../solution/schema/help-options";
import { syncStatuses, type SyncStatus } from "../../solution/schema/sync-status";
import type { HostOptions } from "./fake-context";

/** Option value of a sync status. */
export function statusValue(name: SyncStatus): number {
  return syncStatuses.find((status) => status.name === name)?.value ?? -1;
}

/** Option value of a help option. */
export const someHelp = helpOptions[2]?.value ?? -1;

export const referralId = "0d6d51d5-0bbb-4e2d-a9d8-9a7b3a5c1e2f";
export const auditLine =
  "2026-11-23 09:00 UTC · CRM → Partner Center · updated: deal value · done · 7c9e6679-7425-40de-944b-e07fc1f90ae7";

const linked = {
  sync: true,
  products: "SOL-12345-ABC; SOL-67890-DEF",
  referralId,
  referralLink: `https://partner.microsoft.com/referrals/v2/inbox?id=${referralId}`,
  syncStatus: statusValue("synced"),
  lastSyncedOn: new Date("2026-11-23T09:00:00Z"),
  referralStatus: "Active / Accepted",
  microsoftCrmId: "7-ABCDEF",
  audit: auditLine,
};

const masked = { security: { readable: false, editable: false, secured: true }, raw: "****" };
const uneditable = { security: { readable: true, editable: false, secured: true } };

/** Hosts in every state that a section can be in. */
export const states: Readonly<Record<string, HostOptions>> = {
  "new record": {},
  "not shared": { values: { sync: false, syncStatus: statusValue("not-shared") } },
  "switched on, not saved": { values: { sync: true, products: "SOL-1-A", syncStatus: statusValue("not-shared") } },
  "wrong products": { values: { sync: true, products: "SOL-1-A; something" } },
  waiting: { values: { ...linked, syncStatus: statusValue("waiting"), syncMessage: "On hold." } },
  synced: { values: linked },
  "asked for help": { values: { ...linked, help: someHelp, visible: true } },
  "new referral": {
    values: { ...linked, referralStatus: "New / Pending", expiresOn: new Date(Date.now() + 3 * 86_400_000) },
  },
  retrying: { values: { ...linked, syncStatus: statusValue("retrying"), syncMessage: "Out of reach." } },
  "needs attention": {
    values: {
      ...linked,
      syncStatus: statusValue("needs-attention"),
      syncMessage: "Add the currency. Add the close date.",
    },
  },
  "not ready": {
    values: {
      sync: true,
      syncStatus: statusValue("needs-attention"),
      syncMessage: "Add the currency. Add the close date.",
    },
  },
  closed: { values: { ...linked, syncStatus: statusValue("closed"), referralStatus: "Closed / Won", help: someHelp } },
  "switched off": { values: { ...linked, sync: false } },
  "unknown status": { values: { ...linked, syncStatus: 1 } },
  "read-only form": { values: { ...linked, help: someHelp }, disabled: true },
  "bad link": { values: { ...linked, referralLink: "https://example.org/" } },
  "long trail": { values: { ...linked, audit: Array.from({ length: 200 }, () => auditLine).join("\n") } },
  "secured columns": {
    values: linked,
    properties: {
      products: masked,
      help: masked,
      audit: masked,
      referralId: masked,
      syncStatus: masked,
      visible: uneditable,
    },
  },
  "errors of the host": { values: linked, properties: { products: { error: true, errorMessage: "Too long." } } },
  "only the switch": {
    values: { sync: true },
    unbound: ["help", "visible", "products", "referralId", "referralLink", "audit", "syncStatus", "syncMessage"],
  },
  "in French": { values: { ...linked, help: someHelp }, languageCode: 1036 },
  "right to left": { values: linked, rightToLeft: true },
  narrow: { values: linked, width: 320 },
  wide: { values: linked, width: 1200 },
};
