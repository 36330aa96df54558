// What happened in one history, for the checks at its end: who put which value where, and what the relay wrote.

import type { Json } from "../../sync-relay/src/core/json";
import type { Side } from "../../sync-relay/src/core/merge/conflict";

/** A value that a person gave a field. */
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
  /** Writes of the relay that took effect, whatever they changed. */
  writes: number;
  calls: number;
  faults: number;
  crashes: number;
  readonly violations: string[];
  /** One line an occurrence, when the history is told. */
  readonly trace: string[] | null;
}

export function createLedger(told: boolean): Ledger {
  return {
    edits: [],
    written: [],
    writes: 0,
    calls: 0,
    faults: 0,
    crashes: 0,
    violations: [],
    trace: told ? [] : null,
  };
}
