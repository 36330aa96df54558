import { createHash } from "node:crypto";
import { DATAVERSE_SECRET_HEADER, webhookEndpoint } from "../../../../../solution/schema/webhook-steps";
import type { JsonObject } from "../../../core/json";
import type { AdminApi } from "./admin-api";
import { planRow, type PlannedChange } from "./planned-change";

export const ENDPOINTS = "serviceendpoints";

export interface EndpointWish {
  /** Address of the relay's webhook. */
  readonly url: string;
  readonly secret: string;
}

const contract = { webhook: 8 } as const;
const authType = { httpHeader: 5 } as const;
const COLUMNS = "name,url,contract,authtype,messagecharset,description,isauthvalueset";

/** The endpoint as it is, and what has to be done to it. */
export async function planEndpoint(api: AdminApi, wish: EndpointWish): Promise<PlannedChange> {
  const found = await api.find(`${ENDPOINTS}(${webhookEndpoint.id})?$select=${COLUMNS}`);
  const plain: JsonObject = {
    name: webhookEndpoint.name,
    url: wish.url,
    contract: contract.webhook,
    authtype: authType.httpHeader,
    // Otherwise text arrives as UTF-8 that was read as Windows-1252.
    messagecharset: 1,
    description: descriptionOf(wish.secret),
  };
  const differing = Object.entries(plain).filter(([column, value]) => found?.[column] !== value);
  const isSecretStale = found?.["description"] !== plain["description"] || found?.["isauthvalueset"] !== true;
  return planRow({
    part: { kind: "endpoint", name: webhookEndpoint.name },
    set: ENDPOINTS,
    idColumn: "serviceendpointid",
    id: webhookEndpoint.id,
    found,
    wanted: { ...plain, connectionmode: 1, userclaim: 1, messageformat: 2, authvalue: settingsXml(wish.secret) },
    changed: {
      ...Object.fromEntries(differing),
      ...(isSecretStale ? { authvalue: settingsXml(wish.secret) } : {}),
    },
    differences: differing.map(([column, value]) => `${column}: ${shown(found?.[column])} → ${shown(value)}`),
  });
}

/**
 * A secret can be written and never read back, so its fingerprint stands in the description: it tells whether the
 * secret is the one that the relay has, and nothing else.
 */
export function secretFingerprint(secret: string): string {
  return createHash("sha256").update(secret).digest("hex").slice(0, 8);
}

function descriptionOf(secret: string): string {
  return `Calls CoSell Sync when an opportunity changes. Key ${secretFingerprint(secret)}.`;
}

/** The header with which the endpoint calls the relay. */
export function secretHeaders(secret: string): Readonly<Record<string, string>> {
  return { [DATAVERSE_SECRET_HEADER]: secret };
}

/** The header that carries the secret, as an endpoint of the kind HttpHeader has it. */
export function settingsXml(secret: string): string {
  return `<settings><setting name="${DATAVERSE_SECRET_HEADER}" value="${escapeXml(secret)}" /></settings>`;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function shown(value: unknown): string {
  return value === undefined || value === null ? "–" : JSON.stringify(value);
}
