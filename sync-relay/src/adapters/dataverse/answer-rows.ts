import { RelayError } from "../../core/errors";
import { isJsonObject, type Json, type JsonObject } from "../../core/json";
import { refusalError } from "./call-failure";
import type { Answer, WebApi } from "./web-api";

// Rows of any table, for checks and set-up: a refusal is an error here, since nobody expects one.

/** A query of one page. */
export interface RowQuery {
  /** Its name in the metrics. */
  readonly op: string;
  readonly table: string;
  readonly select: readonly string[];
  readonly expand?: string;
  /** Not encoded yet, but for its literals. */
  readonly filter?: string;
  readonly top?: number;
}

/** The rows of one page; never more than were asked for. */
export async function rowsOf(api: WebApi, query: RowQuery): Promise<readonly JsonObject[]> {
  return rowsIn((await bodyOf(api, query.op, addressOf(query)))["value"]).slice(0, query.top);
}

function addressOf({ table, select, expand, filter, top }: RowQuery): string {
  const options = [
    `$select=${select.join(",")}`,
    ...(expand === undefined ? [] : [`$expand=${expand}`]),
    ...(top === undefined ? [] : [`$top=${top}`]),
    ...(filter === undefined ? [] : [`$filter=${filter.replaceAll(" ", "%20")}`]),
  ];
  return `${table}?${options.join("&")}`;
}

/** Rows of a page. Of 5,000, Dataverse's own number, a page may hold more values than an answer may: a row can have hundreds. */
const PAGE_SIZE = 250;
/** More means that the list never ends. */
const MAX_PAGES = 40_000;

/** All rows, page after page. Only the query of a next link is followed: no answer leads to another address. */
export function allRowsOf(api: WebApi, query: RowQuery): Promise<readonly JsonObject[]> {
  return allRowsAt(api, { op: query.op, address: addressOf(query), atMost: Number.POSITIVE_INFINITY });
}

/** All rows of an address, or the first ones. */
export async function allRowsAt(
  api: WebApi,
  { op, address, atMost }: { readonly op: string; readonly address: string; readonly atMost: number },
): Promise<readonly JsonObject[]> {
  const rows: JsonObject[] = [];
  const [table = ""] = address.split("?");
  const asked = new Set<string>();
  let next = address;
  while (!asked.has(next) && asked.size < MAX_PAGES) {
    asked.add(next);
    const body = mustBody(await api.get(op, next, { maxPageSize: PAGE_SIZE }));
    rows.push(...rowsIn(body["value"]));
    const link = textIn(body, "@odata.nextLink");
    if (link === null || !link.includes("?") || rows.length >= atMost) return rows.slice(0, atMost);
    next = `${table}?${link.slice(link.indexOf("?") + 1)}`;
  }
  throw new RelayError("CS-1001", { cause: new Error("the list does not end") });
}

/** The answer to an address. Throws RelayError when it is refused. */
export async function bodyOf(api: WebApi, op: string, address: string): Promise<JsonObject> {
  return mustBody(await api.get(op, address));
}

function mustBody(answer: Answer): JsonObject {
  if (answer.kind === "refused") throw refusalError(answer);
  return answer.body;
}

export function rowsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter((row) => isJsonObject(row)) : [];
}

export function textIn(row: JsonObject, column: string): string | null {
  const value = row[column];
  return typeof value === "string" ? value : null;
}

/** The texts of one column; rows without one are left out. */
export function textsIn(rows: readonly JsonObject[], column: string): readonly string[] {
  return rows.flatMap((row) => textIn(row, column) ?? []);
}

/** A text of the row that an expanded lookup leads to; empty when it leads nowhere. */
export function textThrough(row: JsonObject, lookup: string, column: string): string {
  const target = row[lookup];
  return isJsonObject(target) ? (textIn(target, column) ?? "") : "";
}
