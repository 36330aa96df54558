// The composition root: settings in, a relay that can be started and stopped out. Only this file and its folder know
// every adapter.

import { createHttpServer } from "./adapters/http/http-server";
import type { Store } from "./adapters/store/store";
import { createSystemClock } from "./adapters/system/system-clock";
import { createPrometheusMetrics } from "./adapters/system/prometheus-metrics";
import { createSystemRandom } from "./adapters/system/system-random";
import { createBackground } from "./compose/background";
import { connectClouds, type Clouds } from "./compose/clouds";
import { relayHealth } from "./compose/health";
import { openStorage } from "./compose/storage";
import type { RelaySettings } from "./config/relay-settings";
import type { FieldMap } from "./core/mapping/field-map";
import { createDispatcher } from "./pipeline/dispatch";
import { createReceive } from "./pipeline/receive";
import type { SyncParts, SyncRules } from "./pipeline/sync-parts";
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
  readonly fieldMap: FieldMap;
  readonly log: Log;
  readonly version: string;
  /** True once the process is about to end. */
  readonly draining: () => boolean;
}

/** Share of the time for taking no more requests in which kept connections are told to hang up. */
const DRAINING_SHARE = 0.9;
/** A request that was taken is answered while the running work ends, however slow the database is; less than that work has. */
const LAST_ANSWERS_WITHIN_MS = 5_000;

/** Opens the store and puts everything together. Throws RelayError CS-1301 when the database cannot be had. */
export async function composeRelay(options: ComposeOptions): Promise<Relay> {
  const { settings, fieldMap, log } = options;
  const system = {
    clock: createSystemClock(),
    random: createSystemRandom(),
    metrics: createPrometheusMetrics({ processMetrics: true }),
    log,
  };
  system.metrics.set("cosell_build_info", 1, { version: options.version });
  const storage = await openStorage({ settings, ...system });
  const { store } = storage;
  const clouds = connectClouds({ settings, storage, fieldMap, ...system });
  const parts: SyncParts = { ...system, ...syncParts({ settings, fieldMap, store, clouds }) };
  const dispatcher = createDispatcher(parts, { parallel: settings.parallel });
  const background = createBackground({ settings, store, clouds, parts });
  const server = createHttpServer({
    host: settings.server.host,
    port: settings.server.port,
    version: options.version,
    draining: options.draining,
    clock: system.clock,
    log,
    metricsText: () => system.metrics.text(),
    receive: createReceive({
      ...system,
      inbox: store.inbox,
      sources: [clouds.dataverseWebhook, clouds.partnerCenterWebhook],
    }),
    health: relayHealth({
      store,
      clouds,
      clock: system.clock,
      sweepEveryMs: settings.sweepSeconds * 1000,
      lastSweepMs: background.lastSweepMs,
    }),
  });
  const stopping = new AbortController();
  let lastAnswers = Promise.resolve();
  return {
    store,
    sweepNow: background.sweepNow,
    async start() {
      const address = await server.listen();
      void dispatcher.run();
      for (const loop of background.loops) void loop.run(stopping.signal);
      return address;
    },
    async stopAccepting(withinMs) {
      await server.drain(withinMs * DRAINING_SHARE);
      lastAnswers = server.close(LAST_ANSWERS_WITHIN_MS);
    },
    async finishWork() {
      stopping.abort();
      await Promise.all([dispatcher.stop(), lastAnswers]);
    },
    release: () => storage.close(),
  };
}

interface Composed {
  readonly settings: RelaySettings;
  readonly fieldMap: FieldMap;
  readonly store: Store;
  readonly clouds: Clouds;
}

function syncParts({
  settings,
  fieldMap,
  store,
  clouds,
}: Composed): Omit<SyncParts, "clock" | "random" | "log" | "metrics"> {
  return {
    crm: clouds.crm,
    partnerCenter: clouds.partnerCenter,
    queue: store.queue,
    pairs: store.pairs,
    map: fieldMap,
    rules: rulesOf(settings),
    verifyStored: clouds.partnerCenterWebhook.verifyStored,
  };
}

function rulesOf(settings: RelaySettings): SyncRules {
  return {
    language: settings.language,
    linkTemplate: settings.referralLink,
    coSellPosts: settings.coSellPosts,
    syncLeads: settings.syncLeads,
    quarantineMs: settings.createQuarantineSeconds * 1000,
    maxAttempts: settings.maxAttempts,
  };
}
