// A referral as Partner Center spells it → the Referral the relay decides by. Only what the relay decides by is
// validated; everything else is kept, since the schema grows every year. The API binds names and known values whatever
// their case, so they are read that way, and `json` carries the documented spelling of every documented key.

import { isJsonObject } from "../../core/json";
import type { Json, JsonObject } from "../../core/json";
import type { Referral } from "../../core/referral";
import { documentedKeys } from "./documented-keys";
import { wireText } from "./wire-json";

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
  if (id === null || !GUID.test(id)) return undefined;
  // From here on keys are looked up by their documented spelling: searching for each would cost all keys each time.
  const json = withDocumentedKeys(wire);
  const status = knownText(json, "status");
  const times = timesOf(json);
  if (status === null || times === undefined) return undefined;
  return {
    id: id.toLowerCase(),
    eTag: eTagOf(json) ?? headerETag ?? "",
    ...times,
    status,
    substatus: knownText(json, "substatus") ?? "None",
    ...nullableParts(json),
    json,
  };
}

function value(object: Json | undefined, key: string): Json | undefined {
  return isJsonObject(object) && Object.hasOwn(object, key) ? object[key] : undefined;
}

function text(object: Json | undefined, key: string): string | null {
  const found = value(object, key);
  return typeof found === "string" && found !== "" ? found : null;
}

/** A referral that was never changed may lack one of the two. */
function timesOf(json: JsonObject): Pick<Referral, "createdAt" | "updatedAt"> | undefined {
  const createdAt = timeText(json, "createdDateTime");
  const updatedAt = timeText(json, "updatedDateTime") ?? createdAt;
  return updatedAt === null ? undefined : { createdAt: createdAt ?? updatedAt, updatedAt };
}

function eTagOf(json: JsonObject): string | null {
  return text(json, "eTag") ?? wireText(json, "@odata.etag");
}

function nullableParts(json: JsonObject): Omit<Referral, RequiredPart> {
  const inviteContext = value(json, "inviteContext");
  return {
    engagementId: lowerText(json, "engagementId"),
    organizationId: lowerText(json, "organizationId"),
    expiresAt: timeText(json, "expirationDateTime"),
    statusReason: text(json, "statusReason"),
    type: knownText(json, "type"),
    qualification: knownText(json, "qualification"),
    externalReferenceId: externalReference(json),
    invitedBy: lowerText(value(inviteContext, "invitedBy"), "organizationId"),
    helpCode: knownText(inviteContext, "assistanceRequestCode"),
    microsoftCrmId: text(value(json, "trackingInfo"), "microsoftMsxId"),
  };
}

/** The CRM id, trimmed, and in lower case when it is a GUID: it is compared with opportunity ids. */
export function externalReference(wire: Json | undefined): string | null {
  const reference = wireText(wire, "externalReferenceId")?.trim() ?? "";
  if (reference === "") return null;
  return GUID.test(reference) ? reference.toLowerCase() : reference;
}

function knownText(object: Json | undefined, key: string): string | null {
  const found = text(object, key);
  return found === null ? null : (knownByLowerCase.get(found.toLowerCase()) ?? found);
}

function lowerText(object: Json | undefined, key: string): string | null {
  return text(object, key)?.toLowerCase() ?? null;
}

function timeText(object: Json, key: string): string | null {
  const found = text(object, key);
  return found === null || Number.isNaN(Date.parse(found)) ? null : found;
}

function withDocumentedKeys(object: JsonObject): JsonObject {
  const entries = Object.entries(object).map(([key, held]): [string, Json] => {
    const documented = documentedByLowerCase.get(key.toLowerCase()) ?? key;
    const free = documented === key || !Object.hasOwn(object, documented);
    return [free ? documented : key, documentedWithin(held)];
  });
  return Object.fromEntries(entries);
}

function documentedWithin(held: Json): Json {
  if (isJsonObject(held)) return withDocumentedKeys(held);
  return Array.isArray(held) ? (held as readonly Json[]).map(documentedWithin) : held;
}
