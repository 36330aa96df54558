import { atPath, type JsonObject } from "../../src/core/json";
import type { Referral } from "../../src/core/referral";

/** A referral as the port tells it, of the JSON that the fake keeps. */
export function asReferral(json: JsonObject): Referral {
  const text = (path: string): string | null => {
    const value = atPath(json, path);
    return typeof value === "string" && value !== "" ? value : null;
  };
  return {
    id: text("id") ?? "",
    engagementId: text("engagementId"),
    organizationId: text("organizationId"),
    eTag: text("eTag") ?? "",
    createdAt: text("createdDateTime") ?? "",
    updatedAt: text("updatedDateTime") ?? "",
    expiresAt: text("expirationDateTime"),
    status: text("status") ?? "",
    substatus: text("substatus") ?? "",
    statusReason: text("statusReason"),
    type: text("type"),
    qualification: text("qualification"),
    externalReferenceId: text("externalReferenceId")?.toLowerCase() ?? null,
    invitedBy: text("inviteContext.invitedBy.organizationId"),
    helpCode: text("inviteContext.assistanceRequestCode"),
    microsoftCrmId: text("trackingInfo.microsoftMsxId"),
    json: json,
  };
}
