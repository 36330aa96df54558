// The query options of a list request, read from the URL. An option that the service does not know, or one that it
// cannot read, makes the whole request invalid.

import { parseFilter, type Filter } from "./filter";
import { pathsOf } from "./matches-filter";

export interface ListQuery {
  readonly filter: Filter | null;
  readonly orderBy: readonly SortKey[];
  readonly select: readonly string[] | null;
  readonly top: number | null;
  readonly skip: number;
}

export interface SortKey {
  readonly path: string;
  readonly descending: boolean;
}

export type QueryResult =
  { readonly kind: "query"; readonly query: ListQuery } | { readonly kind: "invalid"; readonly option: string };

/** Fields that samples or lists of Microsoft show in filters. */
const FILTER_FIELDS: readonly string[] = [
  "engagementId",
  "status",
  "substatus",
  "qualification",
  "type",
  "direction",
  "createdDateTime",
  "updatedDateTime",
  "customerProfile/address/country",
  "email",
  "team",
  "team/email",
];
const SORT_FIELDS = ["createdDateTime", "updatedDateTime"];
/** `$expand` is offered by the connector; a referral has nothing to expand. */
const IGNORED_OPTIONS = ["$count", "$expand"];

export function readQuery(options: URLSearchParams, extraFilterFields: readonly string[]): QueryResult {
  const filterFields = [...FILTER_FIELDS, ...extraFilterFields];
  let query: ListQuery = { filter: null, orderBy: [], select: null, top: null, skip: 0 };
  for (const [option, text] of options) {
    if (IGNORED_OPTIONS.includes(option)) continue;
    const part = readOption(option, text, filterFields);
    if (part === null) return { kind: "invalid", option };
    query = { ...query, ...part };
  }
  return { kind: "query", query };
}

function readOption(option: string, text: string, filterFields: readonly string[]): Partial<ListQuery> | null {
  switch (option) {
    case "$filter":
      return readFilter(text, filterFields);
    case "$orderby":
      return readOrder(text);
    case "$select":
      return { select: text.split(",").map((path) => path.trim()) };
    case "$top":
      return /^\d+$/.test(text) ? { top: Number(text) } : null;
    case "$skip":
      return /^\d+$/.test(text) ? { skip: Number(text) } : null;
    default:
      return null;
  }
}

function readFilter(text: string, fields: readonly string[]): Partial<ListQuery> | null {
  const filter = parseFilter(text);
  return filter !== null && pathsOf(filter).every((path) => fields.includes(path)) ? { filter } : null;
}

function readOrder(text: string): Partial<ListQuery> | null {
  const orderBy: SortKey[] = [];
  for (const part of text.split(",")) {
    const [path = "", direction = "asc", ...more] = part.trim().split(/\s+/);
    if (!SORT_FIELDS.includes(path) || !["asc", "desc"].includes(direction) || more.length > 0) return null;
    orderBy.push({ path, descending: direction === "desc" });
  }
  return { orderBy };
}
