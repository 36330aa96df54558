import type { Catalogue } from "./catalogue/catalogue";
import type { RowStore } from "./rows/row-store";
import type { RowWriter } from "./rows/row-writer";
import type { SimulatorSettings } from "./simulator-settings";

/** Fixed ids of the simulated environment. */
export const environmentIds = {
  organization: "5f0d2b6e-7a41-4c1e-9a55-0d6f0c2b1a01",
  businessUnit: "5f0d2b6e-7a41-4c1e-9a55-0d6f0c2b1a02",
  applicationUser: "5f0d2b6e-7a41-4c1e-9a55-0d6f0c2b1a03",
  humanUser: "5f0d2b6e-7a41-4c1e-9a55-0d6f0c2b1a04",
  relayRole: "5f0d2b6e-7a41-4c1e-9a55-0d6f0c2b1a05",
  administratorUser: "5f0d2b6e-7a41-4c1e-9a55-0d6f0c2b1a07",
  administratorRole: "5f0d2b6e-7a41-4c1e-9a55-0d6f0c2b1a08",
  salespersonRole: "5f0d2b6e-7a41-4c1e-9a55-0d6f0c2b1a09",
  solution: "5f0d2b6e-7a41-4c1e-9a55-0d6f0c2b1a06",
} as const;

/** What every part of the simulator works on. */
export interface Environment {
  readonly catalogue: Catalogue;
  readonly store: RowStore;
  readonly writer: RowWriter;
  readonly settings: SimulatorSettings;
  /** Address of the Web API, without a slash at the end; known once the server listens. */
  readonly apiUrl: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Delta tokens issued at or before this version are treated as expired. */
  expiredUpTo: number;
}
