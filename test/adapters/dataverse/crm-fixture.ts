import { createHash, randomUUID } from "node:crypto";
import type { FieldMap } from "../../../sync-relay/src/core/mapping/field-map";
import type { Json } from "../../../sync-relay/src/core/json";
import { createDataverseCrm, type DataverseCrm } from "../../../sync-relay/src/adapters/dataverse/dataverse-crm";
import type { Random } from "../../../sync-relay/src/ports/clock";
import { contractFieldMap } from "../../contract/crm-contract";
import { type RecordingServer, startRecordingServer } from "./recording-server";

/** The adapter against a recording server, with everything it told its ports. */
export interface CrmFixture {
  readonly crm: DataverseCrm;
  readonly server: RecordingServer;
  readonly told: Told;
  /** Makes the clock show this much later. */
  pass(ms: number): void;
}

export interface Told {
  readonly pausesMs: number[];
  readonly entered: () => number;
  readonly ended: () => number;
  /** Tokens that were named as refused. */
  readonly stale: string[];
  readonly log: string[];
  readonly counted: { readonly [label: string]: string }[];
  /** Seconds of waiting that were counted. */
  readonly waitedSeconds: number[];
}

export interface FixtureOptions {
  readonly paths?: readonly string[];
  readonly fieldMap?: Partial<FieldMap>;
  readonly timeoutMs?: number;
  readonly baseUrl?: string;
  /** False when the shared budget cannot be reached. */
  readonly sharesPauses?: boolean;
}

const started: RecordingServer[] = [];

/** Stops every server that a test started. */
export async function stopServers(): Promise<void> {
  await Promise.all(started.splice(0).map((server) => server.stop()));
}

export async function aCrm(options: FixtureOptions = {}): Promise<CrmFixture> {
  const server = await startRecordingServer();
  started.push(server);
  let nowMs = Date.parse("2027-01-02T03:04:05Z");
  const counts = { entered: 0, ended: 0, tokens: 0 };
  const told: Told = {
    pausesMs: [],
    entered: () => counts.entered,
    ended: () => counts.ended,
    stale: [],
    log: [],
    counted: [],
    waitedSeconds: [],
  };
  const note = (message: string, fields?: object): void => void told.log.push(JSON.stringify({ message, ...fields }));
  const crm = createDataverseCrm({
    baseUrl: options.baseUrl ?? server.baseUrl,
    tokens: {
      token: async (request) => {
        if (request?.stale !== undefined) told.stale.push(request.stale);
        return `token-${(counts.tokens += 1)}`;
      },
    },
    budget: {
      enter: async () => {
        counts.entered += 1;
        return () => void (counts.ended += 1);
      },
      pause: async (_upstream, pauseMs) => {
        if (options.sharesPauses === false) throw new Error("database down");
        told.pausesMs.push(pauseMs);
      },
    },
    fieldMap: {
      ...contractFieldMap,
      ...(options.paths === undefined ? {} : { crmPaths: options.paths }),
      ...options.fieldMap,
    },
    clock: { now: () => nowMs, sleep: async () => undefined },
    random,
    log: { debug: note, info: note, warn: note, error: note },
    metrics: {
      count: (name, labels, by) => {
        if (name === "cosell_upstream_throttled_seconds_total") told.waitedSeconds.push(by ?? 1);
        else told.counted.push({ name, ...labels });
      },
      observe: () => undefined,
      set: () => undefined,
    },
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
  });
  return { crm, server, told, pass: (ms) => void (nowMs += ms) };
}

/** Names as stable GUIDs, good enough for tests. */
export const random: Random = {
  next: () => 0.5,
  uuid: () => randomUUID(),
  uuidFor: (name) => {
    const hex = createHash("sha256").update(name).digest("hex");
    const variant = `8${hex.slice(17, 20)}`;
    return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, variant, hex.slice(20, 32)].join("-");
  },
};

export const OPPORTUNITY_ID = "6a8d9f00-1111-4222-8333-444455556666";
export const ACCOUNT_ID = "0a8d9f00-1111-4222-8333-444455556666";
export const CURRENCY_ID = "ca8d9f00-1111-4222-8333-444455556666";

/** A row as Dataverse sends it. */
export function aRow(columns: Readonly<Record<string, Json>> = {}): Readonly<Record<string, Json>> {
  return {
    "@odata.context": "https://contoso.crm.dynamics.com/api/data/v9.2/$metadata#opportunities/$entity",
    "@odata.etag": 'W/"100"',
    opportunityid: OPPORTUNITY_ID,
    createdon: "2026-12-01T10:00:00Z",
    modifiedon: "2027-01-01T10:00:00Z",
    statecode: 0,
    statuscode: 1,
    name: "Fleet renewal",
    ...columns,
  };
}
