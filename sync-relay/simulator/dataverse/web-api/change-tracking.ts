// Change tracking: a first full read that ends in a delta link, and later reads that return what changed since. A read
// is served in the order of row versions, so rows that change while a client pages come (again) on a later page, and the
// next delta link starts where the first page began: nothing falls between two pages.

import type { Json } from "../../../src/core/json";
import type { Table } from "../catalogue/table";
import { badRequest } from "../dataverse-error";
import type { Environment } from "../environment";
import { rowJson, type RowView } from "../query/row-json";
import type { QueryOptions } from "../query/query-options";
import type { TrackedChange } from "../rows/row-store";
import { jsonResponse, type ApiResponse } from "./api-message";
import type { Preferences } from "./preferences";
import type { ResourceAddress } from "./resource-path";

interface Walk {
  /** Version that the next delta link starts at. */
  readonly start: number;
  /** Version of the last row that was served. */
  readonly after: number;
  /** Whether deleted rows are listed: not on a full read. */
  readonly delta: boolean;
}

/** A tracked read of one table. */
export interface TrackedRead {
  readonly table: Table;
  readonly address: ResourceAddress;
  readonly options: QueryOptions;
  readonly preferences: Preferences;
  readonly view: RowView;
}

const PAGE_MARK = "track";

/** Whether a query belongs to a tracked read. */
export function isTracked(options: QueryOptions, preferences: Preferences): boolean {
  return preferences.trackChanges || options.deltaToken !== null || isTrackedPage(options);
}

function isTrackedPage(options: QueryOptions): boolean {
  return options.skipToken?.startsWith(`${PAGE_MARK}!`) === true;
}

/** Answers a tracked read. */
export function readChanges(environment: Environment, read: TrackedRead): ApiResponse {
  refuseUnsupported(read);
  const walk = startOrContinue(environment, read.options);
  const size = Math.min(read.preferences.maxPageSize ?? Infinity, environment.settings.pageSize);
  const changes = environment.store
    .changesAfter(read.table.name, walk.after)
    .filter((change) => walk.delta || change.kind === "changed");
  const page = changes.slice(0, size);
  const last = page.at(-1);
  const links =
    last && changes.length > page.length
      ? { "@odata.nextLink": link(environment, read, { $skiptoken: pageToken({ ...walk, after: last.version }) }) }
      : { "@odata.deltaLink": link(environment, read, { $deltatoken: `${walk.start}!${environment.now()}` }) };
  const suffix = walk.delta ? "/$delta" : "";
  return jsonResponse(
    200,
    {
      "@odata.context": `${environment.apiUrl()}/$metadata#${read.table.set}${suffix}`,
      ...links,
      value: page.map((change) => changeJson(environment, read, change)),
    },
    read.preferences.trackChanges ? { "preference-applied": "odata.track-changes" } : {},
  );
}

function refuseUnsupported({ table, options }: TrackedRead): void {
  if (!table.tracked) throw badRequest(`Change tracking is not enabled for '${table.name}'.`);
  if (options.filter || options.orders.length > 0 || options.top !== null || options.expand.length > 0) {
    throw badRequest("Change tracking does not go with $filter, $orderby, $top or $expand.");
  }
}

function startOrContinue(environment: Environment, options: QueryOptions): Walk {
  if (isTrackedPage(options)) return parsePageToken(options.skipToken ?? "");
  const fullRead: Walk = { start: environment.store.position(), after: 0, delta: false };
  if (options.deltaToken === null) return fullRead;
  const { version, issuedAt } = parseDeltaToken(options.deltaToken);
  const tooOld = environment.now() - issuedAt > environment.settings.deltaTokenLifetimeMs;
  if (!tooOld && version > environment.expiredUpTo) return { ...fullRead, after: version, delta: true };
  if (environment.settings.expiredDeltaToken === "everything") return fullRead;
  throw badRequest("The version stamp of the delta token has expired. Do a full synchronisation.", "expiredDeltaToken");
}

function parseDeltaToken(token: string): { version: number; issuedAt: number } {
  const match = /^(\d+)!(\d+)$/.exec(token);
  if (!match) throw badRequest("The delta token is not valid.");
  return { version: Number(match[1]), issuedAt: Number(match[2]) };
}

function pageToken(walk: Walk): string {
  return [PAGE_MARK, walk.start, walk.after, walk.delta ? "delta" : "full"].join("!");
}

function parsePageToken(token: string): Walk {
  const match = /^track!(\d+)!(\d+)!(delta|full)$/.exec(token);
  if (!match) throw badRequest("The page token is not valid.");
  return { start: Number(match[1]), after: Number(match[2]), delta: match[3] === "delta" };
}

function link(
  environment: Environment,
  { table, address }: TrackedRead,
  token: Readonly<Record<string, string>>,
): string {
  const select = address.query.get("$select");
  const options = { ...(select === undefined ? {} : { $select: select }), ...token };
  const query = Object.entries(options).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${environment.apiUrl()}/${table.set}?${query.join("&")}`;
}

function changeJson(environment: Environment, { table, view }: TrackedRead, change: TrackedChange): Json {
  if (change.kind === "changed") return rowJson(view, change.row);
  const context = `${environment.apiUrl()}/$metadata#${table.set}/$deletedEntity`;
  return { "@odata.context": context, id: change.id, reason: "deleted" };
}
