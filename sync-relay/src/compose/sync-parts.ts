import type { RelaySettings } from "../config/relay-settings";
import type { FieldMap } from "../core/mapping/field-map";
import type { SyncParts, SyncRules } from "../pipeline/sync-parts";
import type { Store } from "../adapters/store/store";
import type { Clouds } from "./clouds";

export interface Composed {
  readonly settings: RelaySettings;
  readonly fieldMap: FieldMap;
  readonly store: Store;
  readonly clouds: Clouds;
}

/** What a run needs, but for clock, randomness, log and metrics. */
export function syncParts({
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
