import { opportunityColumns } from "../../../../../solution/schema/opportunity-columns";
import type { JsonObject } from "../../../core/json";
import type { AdminApi } from "./admin-api";
import { rowText } from "./row-text";

/** An opportunity to try the webhook with. */
export interface Touchable {
  readonly id: string;
  readonly name: string;
}

const SYNC = opportunityColumns.sync.logicalName;
const ETAG = "@odata.etag";

/** The opportunity that was changed last, or the one with this id; null when there is none. */
export async function findTouchable(api: AdminApi, id: string | null): Promise<Touchable | null> {
  const select = "$select=opportunityid,name";
  const found =
    id === null
      ? (await api.list(`opportunities?${select}&$filter=statecode eq 0&$orderby=modifiedon desc&$top=1`))[0]
      : await api.find(`opportunities(${id})?${select}`);
  if (found === undefined || found === null) return null;
  return { id: rowText(found["opportunityid"]), name: rowText(found["name"]) };
}

/**
 * Writes a value that the opportunity has already. Nothing changes for anybody, and Dataverse calls the steps that
 * listen to the column all the same. Not written when somebody changes the opportunity in the same moment.
 */
export async function touchOpportunity(api: AdminApi, id: string): Promise<void> {
  const path = `opportunities(${id})`;
  const row: JsonObject = (await api.find(`${path}?$select=${SYNC}`)) ?? {};
  const body = { [SYNC]: row[SYNC] ?? false };
  await api.send({ method: "PATCH", path, body, headers: { "If-Match": rowText(row[ETAG]) || "*" } });
}
