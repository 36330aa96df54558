import type { DataverseCrm } from "../../adapters/dataverse/dataverse-crm";
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

/** Both clouds as a command has them. */
export interface OpenClouds extends Clouds {
  /** The CRM, read by the mapping that was given. */
  readonly crm: DataverseCrm;
}

/** Both clouds as the relay has them: same sign-ins, same shared budget. Nothing is asked until something is called. */
export function openClouds({ world }: CommandContext, { settings, open, fieldMap }: CloudsOptions): OpenClouds {
  const { clock, random } = world;
  const clouds = connectClouds({
    settings,
    storage: open.storage,
    clock,
    random,
    log: silentLog,
    doorLog: silentLog,
    metrics: unreadMetrics,
  });
  return { ...clouds, crm: clouds.crmFor(fieldMap) };
}
