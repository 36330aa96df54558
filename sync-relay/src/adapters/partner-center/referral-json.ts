// A referral as Partner Center spells it → the Referral the relay decides by. Only what the relay decides by is
// validated; everything else is kept, since the schema grows every year. The API binds names and known values whatever
// their case, so they are read that way, and `json` carries the documented spelling of every documented key.

import { isJsonObject } from "../../core/json";
import type { Json, JsonObject } from "../../core/json";
import type { Referral } from "../../core/referral";
import { documentedKeys } from "./documented-keys";
import { wireText, wireValue } from "./wire-json";

/** A GUID in any case, nothing else. */
export const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Values that decide something; read whatever their case, kept as received when not in the list. */
const knownValues = [
  ...["None", "New", "Active", "Closed"],
  ...["Pending", "Received", "Accepted", "Won", "Lost", "Declined", "Expired", "Error"],
  ...["Shared", "Independent", "Direct", "MarketingQualified", "SalesQualified"],
  ...["Unknown", "WorkloadSpecificValueProposition", "CustomerTechnicalArchitecture", "ProofOfConceptOrDemo"],
  ...["QuotesOrLicensing", "PostSalesCustomerSuccess", "GeneralOrOther"],
];
const knownByLowerCase: ReadonlyMap<string, string> = new Map(knownValues.map((value) => [value.toLowerCase(), value]));
const documentedByLowerCase: ReadonlyMap<string, string> = new Map(
  documentedKeys.map((key) => [key.toLowerCase(), key]),
);

type RequiredPart = "id" | "eTag" | "createdAt" | "updatedAt" | "status" | "substatus" | "json";

/**
 * The referral, or undefined when the JSON lacks what the relay decides by (GUID, status, time of change). A list
 * leaves out the eTag in some versions: it is then "", and `patch` answers stale so that the referral is read first.
 */
export function referralFromJson(wire: Json | undefined, headerETag?: string): Referral | undefined {
  if (!isJsonObject(wire)) return undefined;
  const id = wireText(wire, "id");
  const status = knownText(wire, "status");
  const times = timesOf(wire);
  if (id === null || !GUID.test(id) || status === null || times === undefined) return undefined;
  return {
    id: id.toLowerCase(),
    eTag: eTagOf(wire) ?? headerETag ?? "",
    ...times,
    status,
    substatus: knownText(wire, "substatus") ?? "None",
    ...nullableParts(wire),
    json: withDocumentedKeys(wire),
  };
}

/** A referral that was never changed may lack one of the two. */
function timesOf(wire: JsonObject): Pick<Referral, "createdAt" | "updatedAt"> | undefined {
  const createdAt = timeText(wire, "createdDateTime");
  const updatedAt = timeText(wire, "updatedDateTime") ?? createdAt;
  return updatedAt === null ? undefined : { createdAt: createdAt ?? updatedAt, updatedAt };
}

function eTagOf(wire: JsonObject): string | null {
  return wireText(wire, "eTag") ?? wireText(wire, "@odata.etag");
}

function nullableParts(wire: JsonObject): Omit<Referral, RequiredPart> {
  const inviteContext = wireValue(wire, "inviteContext");
  return {
    engagementId: lowerText(wire, "engagementId"),
    organizationId: lowerText(wire, "organizationId"),
    expiresAt: timeText(wire, "expirationDateTime"),
    statusReason: wireText(wire, "statusReason"),
    type: knownText(wire, "type"),
    qualification: knownText(wire, "qualification"),
    externalReferenceId: externalReference(wire),
    invitedBy: lowerText(wireValue(inviteContext, "invitedBy"), "organizationId"),
    helpCode: knownText(inviteContext, "assistanceRequestCode"),
    microsoftCrmId: wireText(wireValue(wire, "trackingInfo"), "microsoftMsxId"),
  };
}

/** The CRM id, trimmed, and in lower case when it is a GUID: it is compared with opportunity ids. */
export function externalReference(wire: Json | undefined): string | null {
  const text = wireText(wire, "externalReferenceId")?.trim() ?? "";
  if (text === "") return null;
  return GUID.test(text) ? text.toLowerCase() : text;
}

function knownText(object: Json | undefined, key: string): string | null {
  const text = wireText(object, key);
  return text === null ? null : (knownByLowerCase.get(text.toLowerCase()) ?? text);
}

function lowerText(object: Json | undefined, key: string): string | null {
  return wireText(object, key)?.toLowerCase() ?? null;
}

function timeText(object: Json, key: string): string | null {
  const text = wireText(object, key);
  return text === null || Number.isNaN(Date.parse(text)) ? null : text;
}

function withDocumentedKeys(object: JsonObject): JsonObject {
  const entries = Object.entries(object).map(([key, value]): [string, Json] => {
    const documented = documentedByLowerCase.get(key.toLowerCase()) ?? key;
    const free = documented === key || !Object.hasOwn(object, documented);
    return [free ? documented : key, documentedWithin(value)];
  });
  return Object.fromEntries(entries);
}

function documentedWithin(value: Json): Json {
  if (isJsonObject(value)) return withDocumentedKeys(value);
  return Array.isArray(value) ? (value as readonly Json[]).map(documentedWithin) : value;
}
