// Lists of referrals, page by page. The link to the next page is the server's text and has been seen with plain http
// and a wrong path, so it is never followed: only its continuation is taken, and asked for at our own address.

import { setImmediate as nextTurn } from "node:timers/promises";
import { RelayError } from "../../core/errors";
import { isJsonObject } from "../../core/json";
import type { Json } from "../../core/json";
import type { Referral } from "../../core/referral";
import type { Log } from "../../ports/log";
import type { ApiClient } from "./api-client";
import { describeRefusal, detailsOf } from "./refusals";
import { referralFromJson } from "./referral-json";
import { parseWireJson, wireText, wireValue } from "./wire-json";

/** Most pages of one list (100 referrals each). Beyond that the server is repeating itself. */
const MAX_PAGES = 500;

/** Longest continuation taken from a link. */
const MAX_CONTINUATION_LENGTH = 4096;

/** Query options that belong to a list and may be in a link to its next page. */
const CONTINUATION_OPTIONS = ["$skiptoken", "$skip", "$top", "$filter", "$orderby", "$count"];

/** A list to read: `url` is the collection's own address, `query` the first page's options. */
export interface ListRequest {
  readonly url: string;
  readonly query: URLSearchParams;
  readonly op: string;
  readonly correlationId: string;
}

/** All referrals of a list, in the server's order, each once and in its newest form. */
export async function listReferrals(client: ApiClient, log: Log, list: ListRequest): Promise<readonly Referral[]> {
  const found = new Map<string, Referral>();
  const asked = new Set<string>();
  let query: URLSearchParams | undefined = list.query;
  while (query !== undefined) {
    const text = query.toString();
    if (asked.has(text) || asked.size >= MAX_PAGES) throw new RelayError("CS-1106");
    asked.add(text);
    const page: Json = await readPage(client, { ...list, query });
    // A large page takes a while to parse and a while to look through; webhooks are answered in between.
    await nextTurn();
    for (const item of itemsOf(page)) keep(found, item, { log, correlationId: list.correlationId });
    query = nextQuery(page, list.url);
  }
  return [...found.values()];
}

async function readPage(client: ApiClient, list: ListRequest): Promise<Json> {
  const { op, correlationId } = list;
  // OData option names start with "$", which some gateways only accept unescaped.
  const url = `${list.url}?${list.query.toString().replaceAll("%24", "$").replaceAll("+", "%20")}`;
  const answer = await client.send({ op, method: "GET", url, correlationId });
  if (answer.status >= 300) {
    const code = answer.status === 403 ? "CS-1105" : "CS-1104";
    throw new RelayError(code, detailsOf(answer.status, describeRefusal(answer.text)));
  }
  const page = parseWireJson(answer.text);
  if (page === undefined || !Array.isArray(wireValue(page, "value"))) {
    throw new RelayError("CS-1106", { httpStatus: answer.status });
  }
  return page;
}

function itemsOf(page: Json): readonly Json[] {
  const items = wireValue(page, "value");
  return Array.isArray(items) ? (items as readonly Json[]) : [];
}

/** One unreadable referral must not stop the sweep of all others. */
function keep(found: Map<string, Referral>, item: Json, context: { log: Log; correlationId: string }): void {
  const referral = referralFromJson(item);
  if (referral === undefined) {
    context.log.error("A referral in a list could not be understood and was left out", {
      correlationId: context.correlationId,
      object: isJsonObject(item),
    });
    return;
  }
  // Delete first: a referral that moved to a later page while we read keeps its later place.
  found.delete(referral.id);
  found.set(referral.id, referral);
}

/** The options of the next page; undefined after the last. Throws CS-1106 for a link that leads anywhere else. */
function nextQuery(page: Json, listUrl: string): URLSearchParams | undefined {
  const link = wireText(page, "@odata.nextLink");
  if (link === null) return undefined;
  const own = new URL(listUrl);
  let next: URL;
  try {
    next = new URL(link, own);
  } catch {
    throw new RelayError("CS-1106");
  }
  if (!sameHost(next, own)) throw new RelayError("CS-1106");
  const samePath = next.pathname === own.pathname;
  const query = new URLSearchParams();
  for (const option of samePath ? CONTINUATION_OPTIONS : CONTINUATION_OPTIONS.slice(0, 1)) {
    const value = next.searchParams.get(option);
    if (value !== null) query.set(option, value);
  }
  const continues = query.has("$skiptoken") || query.has("$skip");
  if (!continues || next.search.length > MAX_CONTINUATION_LENGTH) throw new RelayError("CS-1106");
  return query;
}

function sameHost(next: URL, own: URL): boolean {
  const plain = /^https?:$/.test(next.protocol) && next.username === "" && next.password === "";
  return plain && next.hostname === own.hostname && next.port === own.port;
}
