// WinOpportunity and LoseOpportunity: they record a closing activity and set state, status reason, actual value and
// actual close date of the opportunity in one go.

import { isJsonObject, type Json, type JsonObject } from "../../../src/core/json";
import { opportunityState } from "../catalogue/opportunity-table";
import { badRequest, DataverseError, notFound } from "../dataverse-error";
import type { Environment } from "../environment";
import { isoSeconds } from "../rows/column-values";
import { isGuid, type Row } from "../rows/row";
import type { WriteContext } from "../rows/row-writer";
import { defaultStatus, stateOfStatus } from "../rows/state-rules";
import { resolveBindWith } from "./resource-path";

/** Status that asks for the default reason of the state. */
const DEFAULT_STATUS = -1;

const DATE_LENGTH = "yyyy-mm-dd".length;

/** Closes an opportunity as won or lost. */
export function closeOpportunity(
  environment: Environment,
  outcome: "won" | "lost",
  given: { body: JsonObject; context: WriteContext },
): void {
  const table = environment.catalogue.byName("opportunity");
  const state = opportunityState[outcome];
  const close = given.body["OpportunityClose"];
  if (!isJsonObject(close)) throw badRequest("The parameter 'OpportunityClose' is missing.", "badPayload");
  const row = openOpportunity(environment, close);
  const status = statusOf(given.body["Status"], state);
  const { context } = given;
  environment.writer.atomic(() => {
    const activity = recordClosing(environment, { close, row, context });
    environment.writer.set({
      table,
      id: row.id,
      context: environment.settings.closeRaisesUpdate ? context : { ...context, announce: false },
      values: {
        statecode: state,
        statuscode: status === DEFAULT_STATUS ? defaultStatus(table, state) : status,
        actualvalue: activity.values["actualrevenue"] ?? row.values["estimatedvalue"] ?? null,
        actualclosedate: dateOf(activity.values["actualend"]) ?? isoSeconds(environment.now()).slice(0, DATE_LENGTH),
      },
    });
  });

  function statusOf(sent: Json | undefined, wanted: number): number {
    if (typeof sent !== "number") throw badRequest("The parameter 'Status' is missing.", "badPayload");
    if (sent === DEFAULT_STATUS || stateOfStatus(table, sent) === wanted) return sent;
    throw badRequest(
      `${sent} is not a valid status code for state code ${wanted} on opportunity.`,
      "badStatusForState",
    );
  }
}

function dateOf(value: Json | undefined): string | null {
  return typeof value === "string" ? value.slice(0, DATE_LENGTH) : null;
}

function recordClosing(environment: Environment, given: { close: JsonObject; row: Row; context: WriteContext }): Row {
  const { opportunityid: _nested, ...body } = given.close;
  const reference = { "opportunityid@odata.bind": `/opportunities(${given.row.id})` };
  return environment.writer.create({
    table: environment.catalogue.byName("opportunityclose"),
    body: { ...body, ...reference },
    context: given.context,
  });
}

function openOpportunity(environment: Environment, close: JsonObject): Row {
  const id = opportunityIdIn(environment, close);
  const row = environment.store.get("opportunity", id);
  if (!row) throw notFound(`Entity 'opportunity' With Id = ${id} Does Not Exist`);
  if (row.values["statecode"] === opportunityState.open) return row;
  throw new DataverseError({ status: 400, code: "closed", message: "The opportunity has already been closed." });
}

/** The closing activity names its opportunity by a bind or as a nested row. */
function opportunityIdIn(environment: Environment, close: JsonObject): string {
  const bind = close["opportunityid@odata.bind"];
  if (typeof bind === "string") return resolveBindWith(environment.catalogue, environment.store)(bind).id;
  const nested = close["opportunityid"];
  const id = isJsonObject(nested) ? nested["opportunityid"] : undefined;
  if (typeof id === "string" && isGuid(id)) return id.toLowerCase();
  throw badRequest("The closing activity does not name an opportunity.", "badPayload");
}
