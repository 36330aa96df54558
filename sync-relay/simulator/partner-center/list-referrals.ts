// Answers a list request: filter, order, page, and the link to the next page in either of the odd forms seen.

import { atPath, withPath, type JsonObject } from "../../src/core/json";
import { invalidRequest, type ApiError } from "./api-error";
import { textOf } from "./json-text";
import { matchesFilter, orderOfText } from "./odata/matches-filter";
import { readQuery, type ListQuery, type SortKey } from "./odata/query";
import type { PartnerCenterSettings } from "./partner-center-settings";
import { answeredReferral } from "./referral-links";
import type { ReferralResource } from "./referral-resource";

export type ListAnswer = { readonly kind: "list"; readonly body: JsonObject } | ApiError;

export interface ListContext {
  readonly settings: PartnerCenterSettings;
  /** Host and port of this server. */
  readonly host: string;
  /** All referrals that the caller may see. */
  readonly visible: readonly ReferralResource[];
}

/** What a skip token remembers of the pages before. */
interface Progress {
  readonly options: string;
  readonly rows: number;
  readonly lastId: string;
  readonly lastKeys: readonly string[];
}

const DEFAULT_ORDER: readonly SortKey[] = [{ path: "createdDateTime", descending: false }];

export function listReferrals(search: string, context: ListContext): ListAnswer {
  const sent = new URLSearchParams(search);
  const progress = progressOf(sent.get("$skiptoken"));
  if (progress === "unreadable") return invalidRequest("The skip token is not valid.", "$skiptoken");
  const options = new URLSearchParams(progress?.options ?? search);
  const read = readQuery(options, context.settings.extraFilterFields);
  if (read.kind === "invalid") return invalidRequest(`The query option '${read.option}' is not valid.`, read.option);
  const { query } = read;
  const { oversizedTop, pageSize } = context.settings;
  if (oversizedTop === "refused" && (query.top ?? 0) > pageSize)
    return invalidRequest("The page is too large.", "$top");
  return { kind: "list", body: page(query, { context, progress, options: options.toString() }) };
}

interface Position {
  readonly context: ListContext;
  readonly progress: Progress | null;
  readonly options: string;
}

function page(query: ListQuery, { context, progress, options }: Position): JsonObject {
  const { settings, host } = context;
  const order = query.orderBy.length === 0 ? DEFAULT_ORDER : query.orderBy;
  const { filter } = query;
  const found = context.visible.filter((referral) => filter === null || matchesFilter(referral, filter));
  const sorted = found.toSorted((left, right) => compareRows(rowKeys(left, order), rowKeys(right, order), order));
  const rest = restOf(sorted, progress, { settings, order, skip: query.skip });
  const before = progress?.rows ?? 0;
  const limit = query.top ?? Infinity;
  const rows = rest.slice(0, Math.min(settings.pageSize, limit - before));
  const reached = before + rows.length;
  const last = rows.at(-1);
  const isMore = rest.length > rows.length && reached < limit;
  return {
    "@odata.context": `http://${host}/v1.0/$metadata#Referrals`,
    "@odata.count": settings.countMeans === "total" ? found.length : rows.length,
    value: rows.map((row) => selected(answeredReferral(row), query.select)),
    ...(last !== undefined && isMore
      ? nextLink({ options, rows: reached, lastId: last.id, lastKeys: rowKeys(last, order).keys }, settings, host)
      : {}),
  };
}

interface RowKeys {
  readonly keys: readonly string[];
  readonly id: string;
}

function rowKeys(row: ReferralResource, order: readonly SortKey[]): RowKeys {
  return { keys: order.map((key) => textOf(row[key.path])), id: row.id };
}

function compareRows(left: RowKeys, right: RowKeys, order: readonly SortKey[]): number {
  for (const [position, key] of order.entries()) {
    const compared = orderOfText(left.keys[position] ?? "", right.keys[position] ?? "");
    if (compared !== 0) return key.descending ? -compared : compared;
  }
  return orderOfText(left.id, right.id);
}

interface Paging {
  readonly settings: PartnerCenterSettings;
  readonly order: readonly SortKey[];
  readonly skip: number;
}

function restOf(sorted: readonly ReferralResource[], progress: Progress | null, paging: Paging) {
  const { settings, order, skip } = paging;
  if (progress === null) return sorted.slice(skip);
  if (settings.pagesBy === "offset") return sorted.slice(skip + progress.rows);
  const last = { keys: progress.lastKeys, id: progress.lastId };
  return sorted.filter((row) => compareRows(rowKeys(row, order), last, order) > 0);
}

function selected(row: ReferralResource, select: readonly string[] | null): JsonObject {
  if (select === null || select.includes("*")) return row;
  let answer: JsonObject = {};
  for (const path of select.map((name) => name.replaceAll("/", "."))) {
    const value = atPath(row, path);
    if (value !== undefined) answer = withPath(answer, path, value);
  }
  return answer;
}

function nextLink(progress: Progress, settings: PartnerCenterSettings, ownHost: string): JsonObject {
  const token = Buffer.from(JSON.stringify(progress)).toString("base64url");
  const path = settings.nextLinkStyle === "documented" ? "/v1.0/referrals" : "/v1.0/engagements/referrals";
  return { "@odata.nextLink": `http://${settings.nextLinkHost ?? ownHost}${path}?$skiptoken=${token}` };
}

function progressOf(token: string | null): Progress | null | "unreadable" {
  if (token === null) return null;
  try {
    const read = JSON.parse(Buffer.from(token, "base64url").toString("utf8")) as Partial<Progress> | null;
    const isWhole = typeof read?.options === "string" && typeof read.rows === "number" && Array.isArray(read.lastKeys);
    return isWhole ? (read as Progress) : "unreadable";
  } catch {
    return "unreadable";
  }
}
