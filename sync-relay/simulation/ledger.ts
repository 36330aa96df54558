// What happened in one history, for the checks at its end: who put which value where, and what the relay wrote.

import type { RelayEvent } from "../src/core/event";
import type { Json } from "../src/core/json";
import type { Side } from "../src/core/merge/conflict";
import { nothingMadeTwice, type MadeTwice } from "./made-twice";

/** A value that a person, or a rule of a server, gave a field. */
export interface Edit {
  readonly opportunityId: string;
  readonly field: string;
  readonly side: Side;
  readonly value: Json;
  readonly atMs: number;
  /** The record was created with it. */
  readonly initial: boolean;
}

/** A value of a field that the relay's write replaced. */
export interface Written {
  readonly opportunityId: string;
  readonly field: string;
  readonly side: Side;
  readonly before: Json;
  readonly after: Json;
  readonly atMs: number;
}

export interface Ledger {
  readonly edits: Edit[];
  readonly written: Written[];
  /** The opportunity of each write of the relay that took effect, whatever it changed. */
  readonly writtenTo: string[];
  calls: number;
  /** Deeds of people and of Microsoft. */
  deeds: number;
  /** When the relay was told that an opportunity was deleted. */
  readonly deletionTold: Map<string, number>;
  /** When the store was lost or put back; -Infinity: never. */
  storeLostMs: number;
  /** Until when that matters to opportunities of which something was under way then; Infinity: it does still. */
  readonly cutByLoss: Map<string, number>;
  /** What may be made twice with reason. */
  readonly mayBeMadeTwice: MadeTwice;
  /** Opportunities of which the operator was told that two referrals name them. */
  readonly doublesTold: Set<string>;
  /** Codes of the errors that were logged for the operator. */
  readonly alarms: Set<string>;
  /** Those that must be logged before the history ends. */
  readonly expectedAlarms: Set<string>;
  /** Each begins with the name of the invariant that does not hold. */
  readonly violations: string[];
  /** One line an occurrence, when the history is told. */
  readonly trace: string[] | null;
  /** A number that everything that happened leads to: the same seed must give the same one. */
  fingerprint: number;
}

export function createLedger(told: boolean): Ledger {
  return {
    edits: [],
    written: [],
    writtenTo: [],
    calls: 0,
    deeds: 0,
    deletionTold: new Map(),
    storeLostMs: -Infinity,
    cutByLoss: new Map(),
    mayBeMadeTwice: nothingMadeTwice(),
    doublesTold: new Set(),
    alarms: new Set(),
    expectedAlarms: new Set(),
    violations: [],
    trace: told ? [] : null,
    fingerprint: 0x811c9dc5,
  };
}

/** Lets something that happened be part of the fingerprint. */
export function mark(ledger: Ledger, what: number): void {
  ledger.fingerprint = Math.imul(ledger.fingerprint ^ what, 0x01000193) >>> 0;
}

/** Remembers the first time that the relay was told of a deletion. */
export function noteDeletion(ledger: Ledger, { kind, recordId }: RelayEvent, atMs: number): void {
  const isNews = kind === "opportunity-deleted" && !ledger.deletionTold.has(recordId);
  if (isNews) ledger.deletionTold.set(recordId, atMs);
}
