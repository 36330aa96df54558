import type { DataverseCrm } from "../adapters/dataverse/dataverse-crm";
import { loadMapping } from "../adapters/mapping-file/load-mapping";
import { formatProblems } from "../adapters/mapping-file/mapping-problem";
import { RelayError } from "../core/errors";
import type { FieldMap } from "../core/mapping/field-map";
import { appliedMapping, newestVersion } from "../pipeline/applied-mappings";
import type { Log } from "../ports/log";
import type { PairStore } from "../ports/pair-store";

/** The mapping that the relay works with, and the CRM read by it. */
export interface MappingInUse {
  /** Taken together at the start of a run, which keeps to them. */
  readonly current: () => { readonly map: FieldMap; readonly crm: DataverseCrm };
  /** Version of the applied mapping; null: the mapping of the start. */
  readonly version: () => number | null;
  /** Looks for a newer version and works with it from now on. Throws CS-1303 when this relay cannot use it. */
  readonly refresh: () => Promise<void>;
}

export interface MappingOptions {
  /** From the file that is set, or the one that comes with the relay. */
  readonly start: FieldMap;
  /** False when a file is set: it counts, whatever was applied. */
  readonly followsApplied: boolean;
  readonly facts: Pick<PairStore, "fact">;
  readonly crmFor: (map: FieldMap) => DataverseCrm;
  readonly log: Log;
}

export function createMappingInUse({ start, followsApplied, facts, crmFor, log }: MappingOptions): MappingInUse {
  let inUse = { map: start, crm: crmFor(start) };
  let version: number | null = null;
  return {
    current: () => inUse,
    version: () => version,
    async refresh() {
      const newest = followsApplied ? await newestVersion(facts) : null;
      if (newest === null || newest === version) return;
      const map = await mapOf(facts, newest);
      inUse = { map, crm: crmFor(map) };
      version = newest;
      log.info("the applied mapping is in use", { version: newest });
    },
  };
}

/** The applied text was checked before; only another version of the relay can find something wrong with it. */
async function mapOf(facts: Pick<PairStore, "fact">, version: number): Promise<FieldMap> {
  const applied = await appliedMapping(facts, version);
  const loaded = loadMapping({ file: `applied mapping ${version}`, text: applied?.text ?? "" });
  if (loaded.kind === "ok") return loaded.map;
  throw new RelayError("CS-1303", { cause: new Error(formatProblems(loaded.problems)) });
}
