import type { Log } from "../../ports/log";
import type { Binaries } from "./binaries";
import type { ServerOwner } from "./server-owner";

/** What every step of the supervisor needs to know. */
export interface ServerContext {
  /** Real path of the cluster. */
  readonly dataDir: string;
  readonly binaries: Binaries;
  readonly owner: ServerOwner | null;
  readonly log: Log;
}
