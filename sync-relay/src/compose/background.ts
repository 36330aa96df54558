import type { Store } from "../adapters/store/store";
import type { RelaySettings } from "../config/relay-settings";
import { releasePaused } from "../pipeline/pause";
import { createPeriodic, type Periodic } from "../pipeline/periodic";
import { sweep } from "../pipeline/sweep";
import type { SyncParts } from "../pipeline/sync-parts";
import type { Clouds } from "./clouds";
import type { MappingInUse } from "./mapping-in-use";
import { createSweeping, type Sweeping } from "./sweeping";

/** Renewing daily keeps a refresh token of 90 days alive, and notices a revoked one before work fails. */
const RENEW_SIGN_IN_EVERY_MS = 24 * 60 * 60_000;
/** How often the gauges of the queue are brought up to date. */
const MEASURE_EVERY_MS = 15_000;
/** How often the relay asks who it is, until Dataverse tells; afterwards the answer is known and nothing is asked. */
const IDENTITY_EVERY_MS = 30_000;
/** How soon every replica works with a mapping that was applied. */
const MAPPING_EVERY_MS = 2_000;
/** How soon after a resume the pairs that it held back are worked on. */
const RELEASE_EVERY_MS = 2_000;

export interface BackgroundOptions {
  readonly settings: RelaySettings;
  readonly store: Store;
  readonly clouds: Clouds;
  readonly mapping: MappingInUse;
  readonly parts: SyncParts;
}

/** What the relay does by itself, and what it remembers of it. */
export interface Background extends Sweeping {
  readonly loops: readonly Periodic[];
}

export function createBackground(options: BackgroundOptions): Background {
  const { settings, store, clouds, mapping, parts } = options;
  const { clock, log } = parts;
  const look = async (): Promise<void> => {
    const found = await sweep({ ...parts, inbox: store.inbox });
    log.info("swept", { ...found });
  };
  const sweeping = createSweeping({ queue: store.queue, pairs: store.pairs, clock, look });
  const renew = async (): Promise<void> => {
    await Promise.all([clouds.signIns.dataverse.renew(), clouds.signIns.partnerCenter.renew()]);
  };
  const periodic = (name: string, everyMs: number, work: () => Promise<void>): Periodic =>
    createPeriodic({ name, everyMs, clock, log, work });
  return {
    loops: [
      periodic("identity", IDENTITY_EVERY_MS, () => clouds.learnIdentity(mapping.current().crm)),
      periodic("applied-mapping", MAPPING_EVERY_MS, mapping.refresh),
      periodic("sweep", settings.sweepSeconds * 1000, sweeping.sweepNow),
      periodic("release-paused", RELEASE_EVERY_MS, async () => {
        await releasePaused({ ...parts, inbox: store.inbox });
      }),
      periodic("renew-sign-in", RENEW_SIGN_IN_EVERY_MS, renew),
      periodic("measure", MEASURE_EVERY_MS, () => measure(options)),
    ],
    ...sweeping,
  };
}

async function measure({ store, parts }: BackgroundOptions): Promise<void> {
  const depth = await store.queue.depth();
  parts.metrics.set("cosell_inbox_depth", depth.events);
  parts.metrics.set("cosell_inbox_oldest_age_seconds", depth.oldestAgeMs / 1000);
  parts.metrics.set("cosell_dlq_depth", depth.dead);
  parts.metrics.set("cosell_create_unknown", await store.pairs.inDoubt());
  for (const [state, count] of Object.entries(await store.pairs.counts())) {
    parts.metrics.set("cosell_pairs", count, { state });
  }
}
