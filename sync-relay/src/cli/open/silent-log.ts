import type { Log } from "../../ports/log";
import type { Metrics } from "../../ports/metrics";

const nothing = (): void => undefined;

/** A command tells a person what happens; what the relay's parts would log is not for the terminal. */
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** A command ends before anybody could read its metrics. */
export const unreadMetrics: Metrics = { count: nothing, observe: nothing, set: nothing };
