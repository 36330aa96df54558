import { webhookSteps } from "../../../../solution/schema/webhook-steps";
import type { FieldMap } from "../../core/mapping/field-map";
import type { CrmWebhook, CrmWebhookStep } from "../../ports/crm-environment";
import { phrase, verbatim } from "../phrase";
import { shownAddress } from "./shown-address";
import { area, finding, withDetails, type Area, type Finding } from "./area";
import type { DoctorParts } from "./doctor-parts";
import { findingsOf, looked } from "./single-check";

/** Failed calls that are older than this are history. */
const LOOK_BACK_MS = 24 * 60 * 60_000;

const summary = {
  en: "{steps} steps of opportunities → {url}, {columns} columns",
  fr: "{steps} étapes des opportunités → {url}, {columns} colonnes",
};

const hears = { en: "must hear of: {items}", fr: "doit entendre : {items}" };

const registrations = { en: "the webhook and its steps", fr: "le webhook et ses étapes" };
const calls = { en: "calls to the relay that failed", fr: "les appels au relais qui ont échoué" };

type Parts = Pick<DoctorParts, "addresses" | "dataverse" | "clock">;

/** Whether Dataverse tells the relay of every change that matters. */
export async function dataverseWebhookArea(parts: Parts, map: FieldMap | null): Promise<Area> {
  const { addresses, dataverse, clock } = parts;
  const all = await looked(registrations, () => dataverse.environment.webhooks());
  if (all.kind === "not-checked") return area("dataverse-webhook", verbatim("–"), all.findings);
  const webhook = ours(all.value, addresses);
  if (webhook === null) return area("dataverse-webhook", verbatim("–"), [finding("endpoint-missing")]);
  const steps = webhook.steps.filter(({ table }) => table === "opportunity");
  const columns = columnsToHear(map);
  const sinceMs = clock.now() - LOOK_BACK_MS;
  const ids = steps.map(({ id }) => id);
  const failed = await looked(calls, () => dataverse.environment.failedCalls(ids, sinceMs));
  const since = new Date(sinceMs).toISOString().slice(0, 19) + "Z";
  const findings = [
    ...endpointFindings(webhook, addresses),
    ...stepFindings(steps, columns),
    ...findingsOf(failed, (count) => (count === 0 ? [] : [finding("calls-failed", { count, since })])),
  ];
  const values = { steps: steps.length, url: shownAddress(webhook.url), columns: columns.length };
  return withDetails(area("dataverse-webhook", phrase(summary, values), findings), hears, columns);
}

/** The webhook that goes to this relay, or the one that most likely should. */
function ours(webhooks: readonly CrmWebhook[], addresses: Parts["addresses"]): CrmWebhook | null {
  const exact = webhooks.find(({ url }) => isOurs(url, addresses));
  return exact ?? webhooks.find(({ url }) => url.endsWith(addresses.dataverseWebhookPath)) ?? null;
}

function isOurs(url: string, addresses: Parts["addresses"]): boolean {
  return addresses.public !== null && url === addresses.public + addresses.dataverseWebhookPath;
}

function endpointFindings(webhook: CrmWebhook, addresses: Parts["addresses"]): readonly Finding[] {
  const elsewhere = addresses.public !== null && !isOurs(webhook.url, addresses);
  return [
    ...(elsewhere ? [finding("endpoint-elsewhere", { url: shownAddress(webhook.url) })] : []),
    ...(webhook.hasSecret ? [] : [finding("endpoint-open")]),
  ];
}

function stepFindings(steps: readonly CrmWebhookStep[], wanted: readonly string[]): readonly Finding[] {
  const messages = webhookSteps.map(({ message }) => message);
  const missing = messages.filter((message) => !steps.some((step) => step.message === message));
  const disabled = messages.filter((message) => {
    const own = steps.filter((step) => step.message === message);
    return own.length > 0 && own.every((step) => !step.enabled);
  });
  return [
    ...(missing.length === 0 ? [] : [finding("step-missing", { messages: missing.join(", ") })]),
    ...(disabled.length === 0 ? [] : [finding("step-disabled", { messages: disabled.join(", ") })]),
    ...deafFindings(steps, wanted),
  ];
}

function deafFindings(steps: readonly CrmWebhookStep[], wanted: readonly string[]): readonly Finding[] {
  const updates = steps.filter(({ message, enabled }) => message === "Update" && enabled);
  if (updates.length === 0 || updates.some(({ columns }) => columns.length === 0)) return [];
  const heard = new Set(updates.flatMap(({ columns }) => columns));
  const deaf = wanted.filter((column) => !heard.has(column));
  if (deaf.length === 0) return [];
  const values = { heard: wanted.length - deaf.length, all: wanted.length, columns: deaf.join(", ") };
  return [finding("step-deaf", values)];
}

/** Columns of the opportunity whose change the relay must hear of: the section's, and whatever the mapping reads. */
export function columnsToHear(map: FieldMap | null): readonly string[] {
  const section = webhookSteps.flatMap(({ filteringColumns }) => filteringColumns);
  const mapped = (map?.crmPaths ?? []).map((path) => path.split(".")[0] ?? path);
  return [...new Set([...section, ...mapped])].sort();
}
