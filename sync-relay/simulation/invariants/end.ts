import type { MemoryData } from "../../src/adapters/store/memory/memory-data";
import type { FieldMap } from "../../src/core/mapping/field-map";
import type { Clouds } from "../clouds/clouds";
import type { FaultProfile } from "../fault-profile";
import type { Faults } from "../faults";
import type { Ledger } from "../ledger";
import type { Moment, Vanished } from "../odd-deeds";

/** What the checks look at. */
export interface End {
  readonly clouds: Clouds;
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly profile: FaultProfile;
  readonly map: FieldMap;
  readonly data: MemoryData;
  /** Opportunities that people deleted. */
  readonly deleted: ReadonlyMap<string, Moment>;
  /** Opportunities that got another owner, with the last time. */
  readonly given: ReadonlyMap<string, Moment>;
  /** Referrals that disappeared from Partner Center. */
  readonly vanished: readonly Vanished[];
}
