import { webhookSteps, type WebhookStep } from "../../../solution/schema/webhook-steps";
import type { RecordAccess } from "./record-access";
import { sdkMessageIds } from "./seed";

/** A webhook to register from the start, as set-up would. */
export interface WebhookShortcut {
  readonly url: string;
  /** Headers that every webhook carries, e.g. the shared secret. */
  readonly headers: Readonly<Record<string, string>>;
  /** Columns whose change calls the Update step; the co-sell columns and the state unless given. */
  readonly filteringAttributes?: readonly string[];
}

/** Registers endpoint and steps through the same rows that a client would write. */
export function registerWebhook(records: RecordAccess, webhook: WebhookShortcut): void {
  const settings = Object.entries(webhook.headers).map(
    ([name, value]) => `<setting name="${escapeXml(name)}" value="${escapeXml(value)}"/>`,
  );
  const endpoint = records.seed("serviceendpoints", {
    name: "Co-sell relay",
    url: webhook.url,
    contract: 8,
    authtype: 5,
    authvalue: `<settings>${settings.join("")}</settings>`,
    messagecharset: 1,
  });
  for (const { message, table, filteringColumns } of webhookSteps) {
    records.seed("sdkmessageprocessingsteps", {
      name: `Co-sell relay: ${message} of ${table}`,
      mode: 1,
      stage: 40,
      asyncautodelete: true,
      filteringattributes: message === "Update" ? (webhook.filteringAttributes ?? filteringColumns).join(",") : null,
      "sdkmessageid@odata.bind": `/sdkmessages(${sdkMessageIds[message]})`,
      "sdkmessagefilterid@odata.bind": `/sdkmessagefilters(${filterId(records, { message, table })})`,
      "eventhandler_serviceendpoint@odata.bind": `/serviceendpoints(${endpoint})`,
    });
  }
}

function filterId(records: RecordAccess, { message, table }: Pick<WebhookStep, "message" | "table">): string {
  const found = records
    .list("sdkmessagefilters")
    .find((row) => row["primaryobjecttypecode"] === table && row["_sdkmessageid_value"] === sdkMessageIds[message]);
  const id = found?.["sdkmessagefilterid"];
  return typeof id === "string" ? id : "";
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
