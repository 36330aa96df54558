import type { CrmWebhook, CrmWebhookStep } from "../../ports/crm-environment";
import { rowsOf, textIn, textThrough } from "./answer-rows";
import type { WebApi } from "./web-api";

/** Contract of an endpoint that is a webhook. */
const WEBHOOK = 8;
const ENABLED = 0;
/** More than any environment has; each costs a call. */
const MOST_WEBHOOKS = 500;
/** More than any webhook has. */
const MOST_STEPS = 200;

/** The webhooks of the environment and the steps that call them. */
export async function readWebhooks(api: WebApi): Promise<readonly CrmWebhook[]> {
  const endpoints = await rowsOf(api, {
    op: "endpoints",
    table: "serviceendpoints",
    select: ["serviceendpointid", "name", "url", "isauthvalueset"],
    filter: `contract eq ${WEBHOOK}`,
    top: MOST_WEBHOOKS,
  });
  const webhooks: CrmWebhook[] = [];
  for (const endpoint of endpoints) {
    webhooks.push({
      url: textIn(endpoint, "url") ?? "",
      name: textIn(endpoint, "name") ?? "",
      hasSecret: endpoint["isauthvalueset"] === true,
      steps: await stepsOf(api, textIn(endpoint, "serviceendpointid") ?? ""),
    });
  }
  return webhooks;
}

async function stepsOf(api: WebApi, endpointId: string): Promise<readonly CrmWebhookStep[]> {
  const rows = await rowsOf(api, {
    op: "steps",
    table: "sdkmessageprocessingsteps",
    select: ["sdkmessageprocessingstepid", "filteringattributes", "statecode"],
    expand: "sdkmessageid($select=name),sdkmessagefilterid($select=primaryobjecttypecode)",
    filter: `_eventhandler_value eq ${endpointId}`,
    top: MOST_STEPS,
  });
  return rows.map((row) => ({
    id: textIn(row, "sdkmessageprocessingstepid") ?? "",
    message: textThrough(row, "sdkmessageid", "name"),
    table: textThrough(row, "sdkmessagefilterid", "primaryobjecttypecode"),
    enabled: row["statecode"] === ENABLED,
    columns: (textIn(row, "filteringattributes") ?? "").split(",").flatMap((name) => name.trim() || []),
  }));
}
