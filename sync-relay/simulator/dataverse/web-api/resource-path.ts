// The address of a request: path segments with their keys, and query options. Keys are a GUID or alternate key columns.

import type { Json } from "../../../src/core/json";
import type { Catalogue } from "../catalogue/catalogue";
import type { Table } from "../catalogue/table";
import { badRequest, notFound } from "../dataverse-error";
import { splitTopLevel } from "../query/query-options";
import { isGuid, type Reference, type Row, type RowValues } from "../rows/row";
import type { RowStore } from "../rows/row-store";

/** One path segment, e.g. `opportunities(…)`. */
export interface Segment {
  readonly name: string;
  /** Text between the parentheses; null without parentheses. */
  readonly key: string | null;
}

/** A parsed address. */
export interface ResourceAddress {
  readonly segments: readonly Segment[];
  readonly query: ReadonlyMap<string, string>;
}

/** Which row a key means: one by id, or one by alternate key, whether it exists or not. */
export type RowKey =
  { readonly kind: "id"; readonly id: string } | { readonly kind: "alternate"; readonly columns: RowValues };

/** Characters that no alternate key value in an address may have. */
const UNADDRESSABLE = /[/<>*%&:\\]/;

/** Parses path and query below the service root. */
export function parseAddress(address: string): ResourceAddress {
  const question = address.indexOf("?");
  const path = question < 0 ? address : address.slice(0, question);
  const query = question < 0 ? "" : address.slice(question + 1);
  return {
    segments: splitTopLevel(decode(path), "/").map(parseSegment),
    query: new Map(
      query
        .split("&")
        .filter((pair) => pair !== "")
        .map((pair) => parsePair(pair)),
    ),
  };
}

function parsePair(pair: string): [string, string] {
  const equals = pair.indexOf("=");
  const name = equals < 0 ? pair : pair.slice(0, equals);
  const value = equals < 0 ? "" : pair.slice(equals + 1);
  return [decode(name), decode(value.replaceAll("+", " "))];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw badRequest("The address is not properly encoded.");
  }
}

function parseSegment(text: string): Segment {
  const match = /^([\w$.]+)(?:\((.*)\))?$/s.exec(text);
  if (!match?.[1]) throw badRequest(`Syntax error in the segment '${text}'.`);
  return { name: match[1], key: match[2] ?? null };
}

/** Parses the key of a segment. */
export function parseRowKey(table: Table, key: string): RowKey {
  if (isGuid(key)) return { kind: "id", id: key.toLowerCase() };
  const columns = Object.fromEntries(splitTopLevel(key, ",").map(parseKeyPart));
  const names = Object.keys(columns).sort().join(",");
  const isKey = table.keys.some((one) => [...one].sort().join(",") === names);
  if (!isKey) throw badRequest(`The specified key '${names}' is not a valid key of '${table.name}'.`);
  return { kind: "alternate", columns };
}

function parseKeyPart(part: string): [string, Json] {
  const match = /^(\w+)=(?:'(.*)'|(-?\d+))$/s.exec(part);
  const [, name, text, number] = match ?? [];
  if (name === undefined) throw badRequest(`Bad key syntax in '${part}'.`);
  if (number !== undefined) return [name, Number(number)];
  const value = (text ?? "").replaceAll("''", "'");
  if (UNADDRESSABLE.test(value)) throw badRequest(`The value of the key '${name}' cannot be used in an address.`);
  return [name, value];
}

/** The row that a key means, if there is one. */
export function findRow(store: RowStore, table: Table, key: RowKey): Row | undefined {
  return key.kind === "id" ? store.get(table.name, key.id) : store.find(table.name, key.columns)[0];
}

/** The refusal for a row that is not there. */
export function rowNotFound(table: Table, key: RowKey): Error {
  const what = key.kind === "id" ? `Id = ${key.id}` : `the key (${Object.keys(key.columns).join(", ")})`;
  return notFound(`Entity '${table.name}' With ${what} Does Not Exist`);
}

/** The row behind a bind: `/accounts(…)`, with or without the service root before it. */
export function resolveBindWith(catalogue: Catalogue, store: RowStore): (bind: string) => Reference {
  return (bind) => {
    const match = /^(?:https?:\/\/[^/]+)?(?:\/?api\/data\/v[\d.]+)?\/?([\w]+\(.*\))$/s.exec(bind.trim());
    const [segment] = match?.[1] === undefined ? [] : parseAddress(match[1]).segments;
    if (!segment || segment.key === null) throw badRequest(`'${bind}' does not address a row.`, "badPayload");
    const table = catalogue.bySet(segment.name);
    const key = parseRowKey(table, segment.key);
    const row = findRow(store, table, key);
    if (!row) throw rowNotFound(table, key);
    return { table: table.name, id: row.id };
  };
}
