// Which sides must be read now. A side that no event touched, and whose last write is confirmed, is taken from memory:
// every write is conditional on its version, so a stale memory is found out before anything is overwritten.

import { isEcho } from "../core/echo";
import type { RelayEvent } from "../core/event";
import type { Opportunity } from "../core/opportunity";
import type { Pair, Unconfirmed } from "../core/pair";
import type { Referral } from "../core/referral";

/** What a run has to read. */
export interface ToRead {
  readonly crm: boolean;
  readonly partnerCenter: boolean;
  readonly microsoft: boolean;
}

/** Null when every event is an echo, or there is none, and nothing is left over: there is nothing to do at all. */
export function sidesToRead(pair: Pair, events: readonly RelayEvent[]): ToRead | null {
  const news = events.filter((event) => !isEcho(event, pair));
  if (news.length === 0 && isSettled(pair) && !isSought(pair, events)) return null;
  const onReferral = news.filter((event) => !event.kind.startsWith("opportunity"));
  const onOwn = onReferral.some((event) => event.recordId === pair.referralId);
  const all = isUncertain(pair, events);
  return {
    crm: all || isUnsure(pair.crm, pair.unconfirmedCrm) || news.length > onReferral.length,
    partnerCenter: all || isUnsure(pair.partnerCenter, pair.unconfirmedPartnerCenter) || onOwn,
    microsoft: onReferral.some((event) => isAboutMicrosoft(event, pair)),
  };
}

function isSettled({ intent, unfinished }: Pair): boolean {
  return intent === null && !unfinished;
}

/** Without any event: the time has come to look again for a referral that could not be seen. */
function isSought({ referralId, partnerCenter }: Pair, events: readonly RelayEvent[]): boolean {
  return events.length === 0 && referralId !== null && partnerCenter === null;
}

/**
 * After a dead letter nothing is known for sure: the events that led there are gone, and time has passed. Neither is it
 * after a run that was cut off: in a store that was restored that is long ago, and what it was about to send is old.
 */
function isUncertain(pair: Pair, events: readonly RelayEvent[]): boolean {
  const isRevived = pair.deadBecause !== null || events.some(({ source }) => source === "redrive");
  return events.length === 0 || isRevived || pair.unfinished;
}

/** Never seen, or a write to it is still unconfirmed. */
function isUnsure(seen: Opportunity | Referral | null, unconfirmed: Unconfirmed | null): boolean {
  return seen === null || unconfirmed !== null;
}

function isAboutMicrosoft(event: RelayEvent, pair: Pair): boolean {
  if (event.kind.startsWith("related-referral")) return true;
  return pair.referralId !== null && event.recordId !== pair.referralId;
}
