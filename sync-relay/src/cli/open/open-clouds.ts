import { connectClouds, type Clouds } from "../../compose/clouds";
import type { RelaySettings } from "../../config/relay-settings";
import type { FieldMap } from "../../core/mapping/field-map";
import type { CommandContext } from "../context";
import { silentLog, unreadMetrics } from "./silent-log";
import type { OpenStore } from "./with-store";

export interface CloudsOptions {
  readonly settings: RelaySettings;
  readonly open: OpenStore;
  readonly fieldMap: FieldMap;
}

/** Both clouds as the relay has them: same sign-ins, same shared budget. Nothing is asked until something is called. */
export function openClouds({ world }: CommandContext, { settings, open, fieldMap }: CloudsOptions): Clouds {
  const { clock, random } = world;
  return connectClouds({
    settings,
    storage: open.storage,
    fieldMap,
    clock,
    random,
    log: silentLog,
    metrics: unreadMetrics,
  });
}
