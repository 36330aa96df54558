import type { KnownLookups, OpportunityRecord } from "./opportunity-record";

/**
 * What the last answers told about opportunities, so that a plain write needs no read after it: its answer carries the
 * ids of the lookups but not the rows behind them. Only ids, mapped lookup values and the state are kept.
 */
export interface RecordMemory {
  remember(record: OpportunityRecord): void;
  /** What was seen of this version of the opportunity; null when another version, or none, was seen last. */
  recall(opportunityId: string, version: string): RememberedRecord | null;
  forget(opportunityId: string): void;
}

export interface RememberedRecord {
  readonly version: string;
  readonly closed: boolean;
  readonly lookups: KnownLookups;
}

/** Opportunities remembered: a few kilobytes each, and more than are ever in work at once. */
const REMEMBERED = 2_000;

export function createRecordMemory(): RecordMemory {
  // A Map keeps the order of insertion, so its first key is the one untouched for longest.
  const records = new Map<string, RememberedRecord>();
  return {
    remember({ opportunity, closed, lookups }) {
      records.delete(opportunity.id);
      records.set(opportunity.id, { version: opportunity.version, closed, lookups });
      const [oldest] = records.keys();
      if (records.size > REMEMBERED && oldest !== undefined) records.delete(oldest);
    },
    recall(opportunityId, version) {
      const record = records.get(opportunityId);
      return record?.version === version ? record : null;
    },
    forget: (opportunityId) => void records.delete(opportunityId),
  };
}
