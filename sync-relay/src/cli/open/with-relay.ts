import { createEnvironmentLook } from "../../compose/environment-look";
import { syncParts } from "../../compose/sync-parts";
import type { Storage } from "../../compose/storage";
import type { RelaySettings } from "../../config/relay-settings";
import type { FieldMap } from "../../core/mapping/field-map";
import type { SyncParts } from "../../pipeline/sync-parts";
import type { CrmEnvironment } from "../../ports/crm-environment";
import type { CommandContext } from "../context";
import { openClouds, type OpenClouds } from "./open-clouds";
import { mappingInUse } from "./mapping-in-use";
import { openSettings } from "./open-settings";
import { silentLog, unreadMetrics } from "./silent-log";
import { withStore } from "./with-store";

/** What the commands that operate the relay work with. */
export interface OpenRelay {
  readonly settings: RelaySettings;
  readonly map: FieldMap;
  readonly store: Storage["store"];
  readonly clouds: OpenClouds;
  /** What a run of the pipeline needs. */
  readonly parts: SyncParts;
  readonly environment: CrmEnvironment;
}

/** Works with the store and both clouds as the relay has them, beside a relay that may be running. */
export function withRelay<T>(context: CommandContext, work: (relay: OpenRelay) => Promise<T>): Promise<T> {
  const settings = openSettings(context);
  return withStore(context, settings, async (open) => {
    const { map } = await mappingInUse(context, { settings, facts: open.store.pairs });
    const clouds = openClouds(context, { settings, open, fieldMap: map });
    const { clock, random } = context.world;
    const system = { clock, random, log: silentLog, metrics: unreadMetrics };
    const mapping = { current: () => ({ map, crm: clouds.crm }) };
    const parts = syncParts({ settings, mapping, store: open.store, clouds, system });
    const environment = createEnvironmentLook({
      ...system,
      settings,
      storage: open.storage,
      clouds,
      askAdministrator: true,
    });
    return work({ settings, map, store: open.store, clouds, parts, environment });
  });
}
