// Which webhook calls the relay. It may have any name: it is known by what it listens to, or by the address it calls.

import { opportunityColumns } from "../../../solution/schema/opportunity-columns";
import { webhookSteps } from "../../../solution/schema/webhook-steps";
import type { RegisteredStep, RegisteredWebhook } from "../findings";
import { isRow, mapSeen, rowsOf, text, type Row, type Seen, type WebApi } from "../web-api";

const WEBHOOK_CONTRACT = 8;
const STEP_ENABLED = 0;
const ADDRESS = [
  "sdkmessageprocessingsteps?$select=name,statecode,filteringattributes,_eventhandler_value",
  "$expand=sdkmessageid($select=name),eventhandler_serviceendpoint($select=name,url,isauthvalueset)",
  `$filter=eventhandler_serviceendpoint/contract eq ${WEBHOOK_CONTRACT} and sdkmessagefilterid/primaryobjecttypecode eq 'opportunity'`,
].join("&");

export async function readWebhook(api: WebApi, relayAddress: string | null): Promise<Seen<RegisteredWebhook | null>> {
  return mapSeen(await api.get(ADDRESS), (body) => {
    const rows = rowsOf(body);
    return rows === undefined ? undefined : webhookIn(rows, relayAddress);
  });
}

interface StepRow extends RegisteredStep {
  readonly endpointId: string;
  readonly endpoint: Row;
}

function webhookIn(rows: readonly Row[], relayAddress: string | null): RegisteredWebhook | null {
  const steps = rows.map(stepOf).filter((step): step is StepRow => step !== undefined);
  const ours =
    steps.find(({ message, columns }) => message === "Update" && listensToUs(columns)) ||
    steps.find(({ endpoint }) => relayAddress !== null && isBelow(text(endpoint["url"]), relayAddress));
  if (ours === undefined) return null;
  return {
    endpoint: text(ours.endpoint["name"]),
    url: text(ours.endpoint["url"]),
    hasSecret: ours.endpoint["isauthvalueset"] !== false,
    steps: steps
      .filter(({ endpointId }) => endpointId === ours.endpointId)
      .map(({ message, isEnabled, columns }) => ({ message, isEnabled, columns })),
  };
}

function listensToUs(columns: readonly string[]): boolean {
  return columns.indexOf(opportunityColumns.sync.logicalName) >= 0;
}

function stepOf(row: Row): StepRow | undefined {
  const { sdkmessageid: message, eventhandler_serviceendpoint: endpoint } = row;
  const known = webhookSteps.find((step) => isRow(message) && message["name"] === step.message);
  if (known === undefined || !isRow(endpoint)) return undefined;
  return {
    message: known.message,
    isEnabled: row["statecode"] === STEP_ENABLED,
    columns: text(row["filteringattributes"])
      .split(",")
      .map((name) => name.trim().toLowerCase())
      .filter((name) => name !== ""),
    endpointId: text(row["_eventhandler_value"]),
    endpoint,
  };
}

/** Whether an address is at or below another: same origin, and a path that begins like it. */
export function isBelow(address: string, base: string): boolean {
  const inner = parsed(address);
  const outer = parsed(base);
  if (inner === undefined || outer === undefined || inner.origin !== outer.origin) return false;
  const path = outer.pathname.replace(/\/$/, "");
  return inner.pathname === path || inner.pathname.startsWith(`${path}/`);
}

function parsed(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
