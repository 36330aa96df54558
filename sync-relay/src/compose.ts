// The composition root: settings in, a relay that can be started and stopped out. Only this file and its folder know
// every adapter.

import { pageOriginOf } from "./adapters/dataverse/page-origin";
import { createHttpServer } from "./adapters/http/http-server";
import type { Store } from "./adapters/store/store";
import { createBoundedLog } from "./adapters/system/bounded-log";
import { createSystemClock } from "./adapters/system/system-clock";
import { createPrometheusMetrics } from "./adapters/system/prometheus-metrics";
import { createSystemRandom } from "./adapters/system/system-random";
import { createBackground } from "./compose/background";
import { connectClouds } from "./compose/clouds";
import { doctorParts, type DoctorOptions } from "./compose/doctor";
import { relayHealth } from "./compose/health";
import { createInspection, type Inspection } from "./compose/inspection";
import { createMappingInUse, type MappingInUse } from "./compose/mapping-in-use";
import { openStorage, type Storage } from "./compose/storage";
import { syncParts } from "./compose/sync-parts";
import type { RelaySettings } from "./config/relay-settings";
import type { FieldMap } from "./core/mapping/field-map";
import { RELAY_VERSION_FACT } from "./operate/doctor/relay-area";
import { createDispatcher } from "./pipeline/dispatch";
import { createReceive } from "./pipeline/receive";
import { storeBornAtMs } from "./pipeline/store-birth";
import type { Log } from "./ports/log";

/** A relay that is put together; it does nothing until it is started. */
export interface Relay {
  readonly store: Store;
  /** Listens and works. Resolves with the address. */
  start(): Promise<{ readonly url: string }>;
  /** One look at both sides, now. */
  sweepNow(): Promise<void>;
  /** Takes no new requests. */
  stopAccepting(withinMs: number): Promise<void>;
  /** Starts no new work and resolves when the running work is done. */
  finishWork(): Promise<void>;
  /** Closes the store and, when it is the embedded one, stops the database. */
  release(): Promise<void>;
}

export interface ComposeOptions {
  readonly settings: RelaySettings;
  /** From the file that is set, or the one that comes with the relay: what was applied counts before the latter. */
  readonly fieldMap: FieldMap;
  readonly log: Log;
  readonly version: string;
  /** True once the process is about to end. */
  readonly draining: () => boolean;
}

/** Whoever reaches the door can have a line written for each request. */
const DOOR_LOG_BOUNDS = { lines: 20, withinMs: 60_000 };
/** Left of the time for taking no more requests when kept connections were told long enough to hang up. */
const CLOSING_MS = 100;
/** A request that was taken is answered while the running work ends, however slow the database is; less than that work has. */
const LAST_ANSWERS_WITHIN_MS = 5_000;

/**
 * Opens the store and puts everything together. Throws RelayError CS-1301 when the database cannot be had, and whatever
 * cannot be put together; nothing is left open then.
 */
export async function composeRelay(options: ComposeOptions): Promise<Relay> {
  const system = systemOf(options);
  const storage = await openStorage({ settings: options.settings, ...system });
  try {
    return composeOn(storage, system, options);
  } catch (failure) {
    await storage.close();
    throw failure;
  }
}

function composeOn(storage: Storage, system: ReturnType<typeof systemOf>, options: ComposeOptions): Relay {
  const { settings, fieldMap, log } = options;
  const { store } = storage;
  const doorLog = createBoundedLog(log, system.clock, DOOR_LOG_BOUNDS);
  const clouds = connectClouds({ settings, storage, doorLog, ...system });
  const followsApplied = settings.mappingFile === null;
  const mapping = createMappingInUse({ start: fieldMap, followsApplied, facts: store.pairs, ...clouds, log });
  const parts = syncParts({ settings, mapping, store, clouds, system });
  const dispatcher = createDispatcher(parts, { parallel: settings.parallel });
  const background = createBackground({ settings, store, clouds, mapping, parts });
  const inspection = inspectionOf(options, { storage, clouds, inUse: mapping, ...system });
  const { host, port } = settings.server;
  const server = createHttpServer({
    ...{ host, port },
    version: options.version,
    draining: options.draining,
    clock: system.clock,
    pageOrigin: pageOriginOf(settings.dataverse.url),
    log: doorLog,
    metricsText: () => system.metrics.text(),
    receive: createReceive({
      ...system,
      log: doorLog,
      inbox: store.inbox,
      sources: [clouds.dataverseWebhook, clouds.partnerCenterWebhook],
    }),
    health: relayHealth({
      ...{ store, clouds, clock: system.clock, lastSweepMs: background.lastSweepMs },
      sweepEveryMs: settings.sweepSeconds * 1000,
      inspected: inspection.checks,
    }),
  });
  const stopping = new AbortController();
  let lastAnswers = Promise.resolve();
  return {
    store,
    sweepNow: background.sweepNow,
    async start() {
      await mapping.refresh();
      await store.pairs.setFact(RELAY_VERSION_FACT, options.version);
      // Whatever is made from now on, no earlier store can know of.
      await storeBornAtMs(parts);
      const address = await server.listen();
      void dispatcher.run();
      for (const loop of [...background.loops, ...inspection.loops]) void loop.run(stopping.signal);
      return address;
    },
    async stopAccepting(withinMs) {
      await server.drain({ atLeastMs: settings.server.drainSeconds * 1_000, withinMs: withinMs - CLOSING_MS });
      lastAnswers = server.close(LAST_ANSWERS_WITHIN_MS);
    },
    async finishWork() {
      stopping.abort();
      await Promise.all([dispatcher.stop(), lastAnswers]);
    },
    release: () => storage.close(),
  };
}

function systemOf({ log, version }: ComposeOptions) {
  const metrics = createPrometheusMetrics({ processMetrics: true });
  metrics.set("cosell_build_info", 1, { version });
  return { clock: createSystemClock(), random: createSystemRandom(), metrics, log };
}

type Look = Omit<DoctorOptions, "settings" | "mapping" | "version"> & { readonly inUse: MappingInUse };

function inspectionOf({ settings, version }: ComposeOptions, { inUse, ...look }: Look): Inspection {
  const mapping = {
    kind: "ok",
    get map() {
      return inUse.current().map;
    },
    file: settings.mappingFile,
  } as const;
  const parts = doctorParts({ ...look, settings, mapping, version });
  return createInspection({ parts, everyMs: settings.inspectSeconds * 1000, log: look.log });
}
