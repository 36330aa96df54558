import { conditionFailed } from "../dataverse-error";
import { etagOf, type Row } from "../rows/row";
import type { ApiRequest } from "./api-message";

/** What a conditional header asks: nothing, that the row exists (or not), or a certain version. */
export type Condition =
  { readonly kind: "none" } | { readonly kind: "any" } | { readonly kind: "version"; readonly etag: string };

/** Parses `If-Match` or `If-None-Match`. Clients send the text `null` for "no condition". */
export function parseCondition(request: ApiRequest, header: "if-match" | "if-none-match"): Condition {
  const value = request.headers.get(header)?.trim();
  if (value === undefined || value === "" || value === "null") return { kind: "none" };
  return value === "*" ? { kind: "any" } : { kind: "version", etag: value };
}

/** Refuses a write whose `If-Match` names another version than the row's. */
export function refuseStale(condition: Condition, row: Row): void {
  if (condition.kind !== "version" || sameVersion(condition.etag, row)) return;
  throw conditionFailed(
    "The version of the existing record doesn't match the RowVersion property provided.",
    "staleVersion",
  );
}

/** Whether an eTag is the row's, in weak or strong notation. */
export function sameVersion(etag: string, row: Row): boolean {
  return etag.replace(/^W\//, "") === etagOf(row).replace(/^W\//, "");
}
