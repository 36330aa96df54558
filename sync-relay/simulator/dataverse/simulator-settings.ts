/** Behaviours that may be changed while the simulator runs. Where the product documentation is silent, both answers exist. */
export interface SimulatorSettings {
  /** Time that every Web API call takes, milliseconds. */
  latencyMs: number;
  /** Whether won and lost opportunities take writes without being reopened. */
  closedRowsWritable: boolean;
  /** Whether roles decide who may do what, or everybody may do everything. */
  privileges: "checked" | "everyone-may";
  /** Whether the application user may name steps to bypass (prvBypassCustomBusinessLogic). */
  canBypassSteps: boolean;
  /** Columns of the opportunity that column security locks. */
  securedColumns: readonly string[];
  /** Languages that are switched on, as Microsoft numbers them. */
  languages: readonly number[];
  /** Rows of a page when the client does not ask for fewer. */
  pageSize: number;
  /** How long a delta token is good for, milliseconds. */
  deltaTokenLifetimeMs: number;
  /** What an expired delta token gets: all rows, or a refusal. */
  expiredDeltaToken: "everything" | "error";
  /** Service protection: requests of one user in one window. */
  requestsPerWindow: number;
  /** Service protection: length of the sliding window, milliseconds. */
  windowMs: number;
  /** Service protection: requests of one user at the same time. */
  concurrentRequests: number;
  /** Whether a win, a loss or a reopening is announced as an Update of the opportunity. */
  closeRaisesUpdate: boolean;
  /** How GUIDs and dates are written in webhook bodies. */
  scalars: "bare" | "wrapped";
  /** Whether text in webhook bodies arrives as written, or as UTF-8 that was read as Windows-1252. */
  charset: "utf8" | "mojibake";
  /** Whether the `tag` of a write shows in the shared variables of its webhooks. */
  tagInSharedVariables: boolean;
  /** Offset of the organisation's time zone, which distorts `OperationCreatedOn`, minutes. */
  organizationOffsetMinutes: number;
  /** Largest webhook body that is sent whole, bytes. */
  webhookBodyLimitBytes: number;
  /** How far the server's clock, as its answers tell it, is ahead of the clock of this machine, milliseconds. */
  clockAheadMs: number;
  /** How long a webhook receiver may take, milliseconds. */
  webhookTimeoutMs: number;
  /** Pause before the one retry of a webhook, milliseconds. */
  webhookRetryDelayMs: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const KIBIBYTE = 1024;

/** The documented behaviour of the service. */
export const defaultSettings: Readonly<SimulatorSettings> = {
  latencyMs: 0,
  closedRowsWritable: false,
  privileges: "everyone-may",
  canBypassSteps: true,
  securedColumns: [],
  languages: [1033, 1036],
  pageSize: 5000,
  deltaTokenLifetimeMs: 90 * DAY_MS,
  expiredDeltaToken: "everything",
  requestsPerWindow: 6000,
  windowMs: 5 * MINUTE_MS,
  concurrentRequests: 52,
  closeRaisesUpdate: true,
  scalars: "bare",
  charset: "utf8",
  tagInSharedVariables: true,
  organizationOffsetMinutes: 120,
  webhookBodyLimitBytes: 256 * KIBIBYTE,
  clockAheadMs: 0,
  webhookTimeoutMs: MINUTE_MS,
  webhookRetryDelayMs: 0,
};
