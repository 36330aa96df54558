// Choices that cannot be taken back. Help that was sent and visibility that was given stay as they are; a closed referral
// takes no change at all. The form alone cannot tell what was sent from what the seller just chose, so the section
// remembers the choices that it found when the relay last wrote that everything was sent: in step and nothing to tell.
// Beside any other answer a choice may still be held back, and must stay open to be mended or withdrawn.

import type { Columns } from "./host-state";
import { isClosed, isLinked, writtenStatus } from "./sync-state";

/** What is remembered between two views of the form. */
export interface SentChoices {
  readonly help: number | null;
  readonly visible: boolean;
  /** The referral that they were sent to. */
  readonly referralId: string | null;
  /** What the relay had written then. */
  readonly relayWrote: string;
}

/** Why a choice cannot be changed. */
export type Lock = "closed" | "sent" | "by-help";

/** The choices that were sent, after the form shows these values; unchanged until the relay writes again. */
export function rememberChoices(before: SentChoices | null, columns: Columns): SentChoices {
  const relayWrote = writtenByRelay(columns);
  if (before !== null && before.relayWrote === relayWrote) return before;
  const referralId = columns.referralId.value;
  if (everythingWasSent(columns)) {
    return { help: columns.help.value, visible: columns.visible.value === true, referralId, relayWrote };
  }
  const isSameReferral = before !== null && before.referralId === referralId;
  const { help, visible } = isSameReferral ? before : { help: null, visible: false };
  return { help, visible, referralId, relayWrote };
}

export function helpLock(columns: Columns, sent: SentChoices): Lock | null {
  if (isClosed(columns)) return "closed";
  return isLinked(columns) && sent.help !== null ? "sent" : null;
}

export function visibleLock(columns: Columns, sent: SentChoices): Lock | null {
  if (isClosed(columns)) return "closed";
  if (isLinked(columns) && sent.visible) return "sent";
  return columns.help.value !== null ? "by-help" : null;
}

/** Products may change until the referral is closed. */
export function productsLock(columns: Columns): Lock | null {
  return isClosed(columns) ? "closed" : null;
}

function everythingWasSent(columns: Columns): boolean {
  const status = writtenStatus(columns);
  return (status === "synced" || status === "closed") && (columns.syncMessage.value ?? "").trim() === "";
}

function writtenByRelay(columns: Columns): string {
  const { referralId, referralStatus, syncStatus, syncMessage, lastSyncedOn, audit } = columns;
  const time = lastSyncedOn.value?.getTime() ?? null;
  const values = [referralId.value, referralStatus.value, syncStatus.value, syncMessage.value, time, audit.value];
  return JSON.stringify(values);
}
