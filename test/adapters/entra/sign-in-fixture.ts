import type { Clock } from "../../../sync-relay/src/ports/clock";
import type { Log, LogFields } from "../../../sync-relay/src/ports/log";
import type { Metrics } from "../../../sync-relay/src/ports/metrics";
import type { SecretStore } from "../../../sync-relay/src/ports/secret-store";

export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

/** A clock that moves only when told. */
export function handClock(): Clock & { advance(ms: number): void } {
  let nowMs = Date.parse("2026-03-01T00:00:00Z");
  return {
    now: () => nowMs,
    sleep: () => Promise.resolve(),
    advance: (ms) => {
      nowMs += ms;
    },
  };
}

/** Secrets in memory, as they would be in the database. */
export function memorySecrets(): SecretStore & { readonly stored: Map<string, string>; failNext(error: Error): void } {
  const stored = new Map<string, string>();
  let failure: Error | null = null;
  const failOnce = (): void => {
    const error = failure;
    failure = null;
    if (error !== null) throw error;
  };
  return {
    stored,
    failNext: (error) => {
      failure = error;
    },
    load: async (name) => stored.get(name) ?? null,
    async save(name, sealed) {
      failOnce();
      stored.set(name, sealed);
    },
    async replace(name, { from, to }) {
      failOnce();
      if (stored.get(name) !== from) return false;
      stored.set(name, to);
      return true;
    },
    async remove(name) {
      stored.delete(name);
    },
    names: async () => [...stored.keys()],
  };
}

/** Keeps what was logged, as text. */
export function listLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const add = (message: string, fields?: LogFields) => {
    lines.push(`${message} ${JSON.stringify(fields ?? {})}`);
  };
  return { lines, debug: add, info: add, warn: add, error: add };
}

/** Keeps the last value of each gauge by name and first label value. */
export function lastGauges(): Metrics & { readonly gauges: Map<string, number> } {
  const gauges = new Map<string, number>();
  return {
    gauges,
    count: () => undefined,
    observe: () => undefined,
    set: (name, value, labels) => {
      gauges.set([name, ...Object.values(labels ?? {})].join(" "), value);
    },
  };
}
