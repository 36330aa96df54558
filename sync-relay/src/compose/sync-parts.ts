import type { Store } from "../adapters/store/store";
import type { RelaySettings } from "../config/relay-settings";
import type { SyncParts, SyncRules } from "../pipeline/sync-parts";
import type { Clouds } from "./clouds";
import type { MappingInUse } from "./mapping-in-use";

export interface Composed {
  readonly settings: RelaySettings;
  readonly mapping: Pick<MappingInUse, "current">;
  readonly store: Store;
  readonly clouds: Clouds;
  readonly system: Pick<SyncParts, "clock" | "random" | "log" | "metrics">;
}

/** What a run needs. Mapping and CRM are those of the moment: a run takes them once, at its start. */
export function syncParts({ settings, mapping, store, clouds, system }: Composed): SyncParts {
  return {
    ...system,
    get crm() {
      return mapping.current().crm;
    },
    get map() {
      return mapping.current().map;
    },
    partnerCenter: clouds.partnerCenter,
    queue: store.queue,
    pairs: store.pairs,
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
