import { RelayError } from "../../core/errors";
import { isJsonObject, type Json, type JsonObject } from "../../core/json";
import type { CrmChange, CrmChanges } from "../../ports/crm";
import { opportunityColumns } from "../../../../solution/schema/opportunity-columns";
import { refusalError } from "./call-failure";
import type { Answer, WebApi } from "./web-api";

/**
 * What changed since a position, by Dataverse's change tracking. A position is the query part of a delta link: the
 * rest of a link is never taken over, so no answer can send the relay, and its token, anywhere else.
 */
export interface ChangeList {
  readonly changesSince: (position: string | null) => Promise<CrmChanges>;
}

const SYNC_COLUMN = opportunityColumns.sync.logicalName;
const REFERRAL_COLUMN = opportunityColumns.referralId.logicalName;
const EVERYTHING = `$select=${SYNC_COLUMN},${REFERRAL_COLUMN}`;

/** Changes of a page: few enough to be parsed without holding anything up. */
const PAGE_SIZE = 1_000;
/** More means that the list never ends. */
const MAX_PAGES = 10_000;

export function createChangeList(api: WebApi): ChangeList {
  async function changesSince(position: string | null): Promise<CrmChanges> {
    if (position === null) return list(EVERYTHING, { startedOver: false });
    const first = await page(position);
    // Refused for whatever reason: the position is of no use any more. What else is wrong shows when starting over.
    if (first.kind === "refused") return list(EVERYTHING, { startedOver: true });
    return list(position, { startedOver: isWholeListing(first.body), first: first.body });
  }

  async function list(query: string, start: ListStart): Promise<CrmChanges> {
    const rows: JsonObject[] = [];
    const followed = new Set<string>();
    let body = start.first ?? (await mustPage(query));
    for (let pages = 1; pages <= MAX_PAGES; pages += 1) {
      const value = body["value"];
      if (Array.isArray(value)) rows.push(...(value as readonly Json[]).filter((row) => isJsonObject(row)));
      const next = linkQuery(body["@odata.nextLink"]);
      if (next === null) return changesOf(rows, body, start.startedOver);
      if (followed.has(next)) break;
      followed.add(next);
      body = await mustPage(next);
    }
    throw new RelayError("CS-1001", { cause: new Error("the change list does not end") });
  }

  function page(query: string): Promise<Answer> {
    return api.get("changes", `opportunities?${query}`, { maxPageSize: PAGE_SIZE, trackChanges: true });
  }

  async function mustPage(query: string): Promise<JsonObject> {
    const answer = await page(query);
    if (answer.kind === "refused") throw refusalError(answer);
    return answer.body;
  }

  return { changesSince };
}

interface ListStart {
  readonly startedOver: boolean;
  readonly first?: JsonObject;
}

/** An expired token may be answered with all rows instead of an error; only the context tells them apart. */
function isWholeListing(body: JsonObject): boolean {
  const context = contextOf(body);
  return context !== "" && !context.includes("$delta");
}

function changesOf(rows: readonly JsonObject[], last: JsonObject, startedOver: boolean): CrmChanges {
  const position = linkQuery(last["@odata.deltaLink"]);
  if (position === null) throw new RelayError("CS-1001", { cause: new Error("the change list has no delta link") });
  // A row that changes while the list is read comes on a later page again: its last appearance counts.
  const changed = new Map<string, CrmChange>();
  const deleted = new Set<string>();
  for (const row of rows) {
    const gone = isDeleted(row);
    const id = gone ? row["id"] : row["opportunityid"];
    if (typeof id !== "string") continue;
    const opportunityId = id.toLowerCase();
    changed.delete(opportunityId);
    deleted.delete(opportunityId);
    if (gone) deleted.add(opportunityId);
    else changed.set(opportunityId, changeOf(row, opportunityId));
  }
  return { changed: [...changed.values()], deleted: [...deleted], position, startedOver };
}

function isDeleted(row: JsonObject): boolean {
  return contextOf(row).includes("$deletedEntity");
}

function contextOf(body: JsonObject): string {
  const context = body["@odata.context"];
  return typeof context === "string" ? context : "";
}

function changeOf(row: JsonObject, opportunityId: string): CrmChange {
  const version = row["@odata.etag"];
  const referralId = row[REFERRAL_COLUMN];
  return {
    opportunityId,
    version: typeof version === "string" ? version : "",
    syncOn: row[SYNC_COLUMN] === true,
    referralId: typeof referralId === "string" ? referralId : null,
  };
}

/** Everything after the question mark of a link. */
function linkQuery(link: Json | undefined): string | null {
  if (typeof link !== "string" || !link.includes("?")) return null;
  return link.slice(link.indexOf("?") + 1);
}
