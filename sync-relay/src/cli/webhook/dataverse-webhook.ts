import { secretFingerprint } from "../../adapters/dataverse/registration/endpoint";
import { planRemoval, planWebhook, registeredEndpoint } from "../../adapters/dataverse/registration/registration";
import { columnsRead } from "../../core/mapping/columns-read";
import { must } from "../../core/must";
import { everyStepCalls } from "../../operate/every-step-calls";
import { showAndCarryOut } from "../setup/carry-out-plan";
import { shownAddress, webhookAddresses } from "../setup/relay-address";
import { webhookTexts } from "../texts/webhook-texts";
import type { WebhookSession } from "./webhook-session";

/** Brings endpoint and steps to what settings and mapping say. */
export async function registerDataverse(session: WebhookSession): Promise<boolean> {
  const { context, settings, fieldMap, administration } = session;
  const secret = must(settings.dataverse.webhookSecrets[0], "a webhook secret is required");
  const changes = await planWebhook(administration.dataverse, {
    endpoint: { url: webhookAddresses(settings).dataverse, secret },
    mappedColumns: columnsRead(fieldMap),
  });
  return showAndCarryOut(context, { api: administration.dataverse, url: settings.dataverse.url, changes });
}

export async function removeDataverse({ context, settings, administration }: WebhookSession): Promise<boolean> {
  const changes = await planRemoval(administration.dataverse);
  return showAndCarryOut(context, { api: administration.dataverse, url: settings.dataverse.url, changes });
}

/** Tells what is registered, and whether it calls this relay with a secret of the settings. */
export async function listDataverse({ context, settings, administration }: WebhookSession) {
  const { out, text } = context;
  const found = await registeredEndpoint(administration.dataverse);
  const area = text(webhookTexts.areaDataverse);
  if (found === null) {
    out.check("bad", { area, text: text(webhookTexts.none), below: ["→ cosell setup"] });
    return null;
  }
  const isOurs = settings.dataverse.webhookSecrets.some((one) => found.description.includes(secretFingerprint(one)));
  const steps = found.steps.map(({ name, columns, enabled }) => {
    const state = enabled ? "" : ` (${text(webhookTexts.disabled)})`;
    return columns.length === 0 ? `${name}${state}` : `${name}${state}: ${columns.join(", ")}`;
  });
  const complaints = [
    ...(isOurs ? [] : [webhookTexts.otherSecret]),
    ...(found.url === webhookAddresses(settings).dataverse ? [] : [webhookTexts.otherAddress]),
    ...(everyStepCalls(found.steps) ? [] : [webhookTexts.stepsWanting]),
  ];
  const isRight = complaints.length === 0;
  const mend = complaints.map((one) => `${text(one)} → cosell webhook register dataverse`);
  out.check(isRight ? "ok" : "bad", { area, text: shownAddress(found.url), below: [...steps, ...mend] });
  return { url: shownAddress(found.url), secretMatches: isOurs, right: isRight, steps: found.steps };
}
