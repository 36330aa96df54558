import { isJsonObject, type Json, type JsonObject } from "../../src/core/json";
import { errorOfStatus, invalidRequest } from "./api-error";
import { numberedDealValue } from "./deal-value";
import { textOf } from "./json-text";
import type { PatchContext, Patched } from "./patch-referral";
import { READ_ONLY_KEYS, withKnownSpelling, withoutReadOnly } from "./referral-keys";
import type { ReferralResource } from "./referral-resource";
import { statusDates, statusObjection } from "./status-rules";

/** Replaces a whole referral, the way that was documented before PATCH and still exists. */
export function putReferral(before: ReferralResource, body: unknown, context: PatchContext): Patched {
  if (!isJsonObject(body as Json)) return invalidRequest("The body is not a referral.");
  if (before.status === "Closed")
    return errorOfStatus(context.settings.closedReferralStatus, "The referral is closed.");
  const content = numberedDealValue(withoutReadOnly(withKnownSpelling(body as JsonObject)));
  if (content === null) return invalidRequest("Deal value is not a number.", "details.dealValue");
  const to = {
    status: textOf(content["status"]) || before.status,
    substatus: textOf(content["substatus"]) || before.substatus,
  };
  const objection = statusObjection(before, to, context.settings.acceptsErrorSubstatus);
  if (objection !== null) return invalidRequest(objection, "status");
  const readOnly = READ_ONLY_KEYS.flatMap((key) => (before[key] === undefined ? [] : [[key, before[key]] as const]));
  return {
    kind: "patched",
    content: { ...content, ...Object.fromEntries(readOnly), ...to, ...statusDates(before, to, context.now) },
  };
}
