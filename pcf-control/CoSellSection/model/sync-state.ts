// Where the sync of this opportunity stands, told to the seller. The relay writes the status a moment after a save, so
// what the form shows may be older than the switch: then the switch decides what is said.

import { syncStatuses, type SyncStatus } from "../../../solution/schema/sync-status";
import { formatDateTime } from "./time-format";
import type { Columns, HostState } from "./host-state";
import { sentences } from "./sentences";
import type { Say, StringId } from "./strings";

/** What is said about the sync. `after-save` and `stopped` are the section's own: the relay has not spoken yet. */
export type SyncState = SyncStatus | "after-save" | "stopped" | "unknown";

/** The status line of the section. */
export interface StatusLine {
  readonly state: SyncState;
  readonly title: string;
  /** The title as it leads on to the details. */
  readonly lead: string;
  /** One sentence each; often none. */
  readonly details: readonly string[];
}

/** The status that the relay wrote: null when empty or not readable, "unknown" for an option of nobody's. */
export function writtenStatus({ syncStatus }: Pick<Columns, "syncStatus">): SyncStatus | "unknown" | null {
  if (syncStatus.value === null) return null;
  return syncStatuses.find(({ value }) => value === syncStatus.value)?.name ?? "unknown";
}

/** Whether the opportunity has a referral. */
export function isLinked(columns: Columns): boolean {
  if (columns.referralId.bound && columns.referralId.readable) return (columns.referralId.value ?? "").trim() !== "";
  const status = writtenStatus(columns);
  return status === "synced" || status === "closed";
}

/** Whether the referral is closed: Partner Center refuses every change from then on. */
export function isClosed(columns: Columns): boolean {
  return writtenStatus(columns) === "closed" || /^closed\b/i.test(columns.referralStatus.value ?? "");
}

export function syncState(columns: Columns): SyncState {
  const written = writtenStatus(columns);
  if (isClosed(columns) && written !== "needs-attention") return "closed";
  if (columns.sync.readable && columns.sync.value !== true) return isLinked(columns) ? "stopped" : "not-shared";
  if (written === null || written === "not-shared") return columns.sync.readable ? "after-save" : "not-shared";
  return written;
}

/** The status line; null when the status is not on the form. */
export function statusLine(host: HostState, columns: Columns, say: Say): StatusLine | null {
  if (!columns.syncStatus.bound || !columns.syncStatus.readable) return null;
  const state = syncState(columns);
  const title = titleOf(state, { host, columns, say });
  const details = detailsOf(state, columns);
  return { state, title, lead: details.length === 0 ? title : say("colon", title), details };
}

interface TitleParts {
  readonly host: HostState;
  readonly columns: Columns;
  readonly say: Say;
}

const titles: { readonly [S in SyncState]: StringId } = {
  "not-shared": "status_not_shared",
  "after-save": "status_after_save",
  waiting: "status_waiting",
  synced: "status_synced",
  retrying: "status_retrying",
  "needs-attention": "status_needs_you",
  closed: "status_closed",
  stopped: "status_stopped",
  unknown: "status_unknown",
};

function titleOf(state: SyncState, { host, columns, say }: TitleParts): string {
  const at = state === "synced" ? timeOf(columns, host) : "";
  return at === "" ? say(titles[state]) : say("status_synced_at", at);
}

/** The host formats times by the user's settings; the fallback is ours by the same settings. */
function timeOf({ lastSyncedOn }: Columns, host: HostState): string {
  if (lastSyncedOn.value === null) return "";
  if (lastSyncedOn.formatted !== "") return lastSyncedOn.formatted;
  return formatDateTime(lastSyncedOn.value, host.minutesAheadOfUtc(lastSyncedOn.value), host.patterns);
}

/** What the relay says counts only for the status that it wrote. */
function detailsOf(state: SyncState, columns: Columns): readonly string[] {
  if (state !== writtenStatus(columns) && state !== "unknown") return [];
  const message = sentences(columns.syncMessage.value);
  if (message.length > 0 || state !== "closed") return message;
  return sentences(columns.referralStatus.value);
}
