// Choices that cannot be taken back. Help that was sent and visibility that was given stay as they are; a closed referral
// takes no change at all. The form alone cannot tell what was sent from what the seller just chose, so the section
// remembers the choices that it found when the relay last wrote to the opportunity: only those can have been sent.

import type { Columns } from "./host-state";
import { isClosed, isLinked } from "./sync-state";

/** What is remembered between two views of the form. */
export interface SentChoices {
  readonly help: number | null;
  readonly visible: boolean;
  /** What the relay had written then. */
  readonly relayWrote: string;
}

/** Why a choice cannot be changed. */
export type Lock = "closed" | "sent" | "by-help";

/** The choices that may have been sent, after the form shows these values; unchanged until the relay writes again. */
export function rememberChoices(before: SentChoices | null, columns: Columns): SentChoices {
  const relayWrote = writtenByRelay(columns);
  if (before !== null && before.relayWrote === relayWrote) return before;
  return { help: columns.help.value, visible: columns.visible.value === true, relayWrote };
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

function writtenByRelay(columns: Columns): string {
  const { referralId, referralStatus, syncStatus, syncMessage, lastSyncedOn, audit } = columns;
  const time = lastSyncedOn.value?.getTime() ?? null;
  const values = [referralId.value, referralStatus.value, syncStatus.value, syncMessage.value, time, audit.value];
  return JSON.stringify(values);
}
