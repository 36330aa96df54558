// Creates that may be made twice with reason: those that were under way when the time that guards them went on by itself,
// or of which the store that took the place of another knows nothing.

import type { MemoryData } from "../src/adapters/store/memory/memory-data";
import type { Opportunity } from "../src/core/opportunity";
import type { CreateIntent, Pair } from "../src/core/pair";
import { readShadow } from "../src/core/shadow-state";
import { isPairAtRest } from "./under-way";

/** A create that no server keeps from being made twice: an opportunity is made under an id of its own. */
export type RepeatableCreate = Exclude<CreateIntent["kind"], "create-opportunity">;

/** Opportunities, by what may be made twice for them. */
export type MadeTwice = Readonly<Record<RepeatableCreate, Set<string>>>;

export function nothingMadeTwice(): MadeTwice {
  return { "create-referral": new Set(), "invite-microsoft": new Set() };
}

const REPEATABLE: readonly RepeatableCreate[] = ["create-referral", "invite-microsoft"];

/** The clock goes forward: what was sent before seems to be longer ago than it is. */
export function noteDoubted(madeTwice: MadeTwice, { pairs }: MemoryData): void {
  for (const { opportunityId, intent } of pairs.values()) {
    if (intent === null || intent.kind === "create-opportunity" || intent.sentAtMs === null) continue;
    madeTwice[intent.kind].add(opportunityId);
  }
}

/** A store and the one that is put in its place. */
export interface PutBack {
  readonly lost: MemoryData;
  readonly kept: MemoryData;
  /** The opportunity as it is, which tells what the relay wrote onto it. */
  readonly opportunity: (id: string) => Opportunity | undefined;
}

/**
 * The store is put back: what it sent or made since, and the opportunity does not tell, is known to nobody. Of a pair that
 * was at rest the sweeps show all of it.
 */
export function noteForgotten(madeTwice: MadeTwice, { lost, kept, opportunity }: PutBack): void {
  for (const pair of lost.pairs.values()) {
    const there = opportunity(pair.opportunityId);
    const before = kept.pairs.get(pair.opportunityId);
    if (there === undefined || isPairAtRest(pair)) continue;
    for (const kind of REPEATABLE) {
      const isForgotten = isSentSince(kind, pair, before) || isMadeSince(kind, pair, before);
      if (isForgotten && !isTold(kind, there)) madeTwice[kind].add(pair.opportunityId);
    }
  }
}

function isSentSince(kind: RepeatableCreate, { intent }: Pair, before: Pair | undefined): boolean {
  const isSent = intent?.kind === kind && intent.sentAtMs !== null;
  return isSent && (before?.intent?.kind !== kind || before.intent.sentAtMs !== intent.sentAtMs);
}

function isMadeSince(kind: RepeatableCreate, pair: Pair, before: Pair | undefined): boolean {
  return kind === "create-referral"
    ? pair.referralId !== null && (before?.referralId ?? null) === null
    : pair.helpSent !== null && (before?.helpSent ?? null) === null;
}

function isTold(kind: RepeatableCreate, { section }: Opportunity): boolean {
  return kind === "create-referral"
    ? section.referralId !== null
    : (readShadow(section.syncState).helpSent ?? null) !== null;
}
