// Decides what a POST creates: the partner's own referral, or Microsoft's referral in an engagement of the partner.

import { atPath, isJsonObject, type Json, type JsonObject } from "../../src/core/json";
import { invalidRequest, type ApiError } from "./api-error";
import { canonicalised } from "./canonical-values";
import { coSellObjection } from "./co-sell-rules";
import { numberedDealValue } from "./deal-value";
import { textOf } from "./json-text";
import type { PartnerCenterSettings } from "./partner-center-settings";
import { withKnownSpelling, withoutReadOnly } from "./referral-keys";
import type { ReferralDraft, ReferralResource } from "./referral-resource";
import { draftReferral, MICROSOFT, type Organization } from "./referral-template";

export type Creation =
  | { readonly kind: "own"; readonly draft: ReferralDraft; readonly microsoft: ReferralDraft | null }
  | { readonly kind: "microsoft"; readonly draft: ReferralDraft; readonly own: ReferralResource }
  | ApiError;

export interface CreateContext {
  readonly organization: Organization;
  readonly settings: PartnerCenterSettings;
  readonly ofEngagement: (engagementId: string) => readonly ReferralResource[];
}

const REQUIRED = ["type", "customerProfile", "consent", "details"] as const;
const TYPES = ["Shared", "Independent"];
const QUALIFICATIONS = ["None", "Direct", "MarketingQualified", "SalesQualified"];
const TARGET_TYPES = ["None", "BusinessProfileLocation", "SolutionProfile"];
export const HELP_CODES = [
  "Unknown",
  "GeneralOrOther",
  "CustomerTechnicalArchitecture",
  "ProofOfConceptOrDemo",
  "QuotesOrLicensing",
  "PostSalesCustomerSuccess",
  "WorkloadSpecificValueProposition",
];

export function decideCreation(raw: unknown, context: CreateContext): Creation {
  if (!isJsonObject(raw as Json)) return invalidRequest("The body is not a referral.");
  const body = withKnownSpelling(raw as JsonObject);
  const objection = objectionTo(body);
  if (objection !== null) return objection;
  const withNumber = numberedDealValue(body);
  if (withNumber === null) return invalidRequest("Deal value is not a number.", "details.dealValue");
  const content = canonicalised(withoutReadOnly(withNumber), context.settings.canonicalises);
  const engagement = joinedEngagement(body, context);
  if (engagement !== null && engagement.kind === "error") return engagement;
  if (isInvitation(body)) return invitation(content, engagement?.own, context);
  return ownReferral(content, engagement?.own, context);
}

function objectionTo(body: JsonObject): ApiError | null {
  const missing = REQUIRED.find((key) => body[key] === undefined || body[key] === null);
  if (missing !== undefined) return invalidRequest(`The property '${missing}' is required.`, missing);
  const notObject = REQUIRED.find((key) => key !== "type" && !isJsonObject(body[key]));
  if (notObject !== undefined) return invalidRequest(`The property '${notObject}' is not an object.`, notObject);
  const enumerations = [
    ["type", TYPES],
    ["qualification", QUALIFICATIONS],
    ["inviteContext.assistanceRequestCode", HELP_CODES],
    ["target.0.type", TARGET_TYPES],
  ] as const;
  const unknown = enumerations.find(([path, values]) => {
    const value = atPath(body, path);
    return value !== undefined && value !== null && !(typeof value === "string" && values.includes(value));
  });
  return unknown === undefined ? null : invalidRequest(`The value of '${unknown[0]}' is not known.`, unknown[0]);
}

type Joined = { readonly kind: "joined"; readonly own: ReferralResource } | ApiError | null;

function joinedEngagement(body: JsonObject, context: CreateContext): Joined {
  const { engagementId } = body;
  if (engagementId === undefined || engagementId === null) return null;
  const members = typeof engagementId === "string" ? context.ofEngagement(engagementId.toLowerCase()) : [];
  const own = members.find((referral) => referral.organizationId === context.organization.id);
  return own === undefined ? invalidRequest("The engagement is not yours.", "engagementId") : { kind: "joined", own };
}

function isInvitation(body: JsonObject): boolean {
  const targets = Array.isArray(body["target"]) ? (body["target"] as readonly Json[]) : [];
  return targets.some(
    (target) =>
      atPath(target, "type") === "BusinessProfileLocation" && textOf(atPath(target, "id")).toLowerCase() === "msft",
  );
}

function invitation(content: JsonObject, own: ReferralResource | undefined, context: CreateContext): Creation {
  if (content["type"] !== "Shared")
    return invalidRequest("Only a Shared referral can have Microsoft as target.", "type");
  if (own === undefined) return invalidRequest("Inviting Microsoft needs the engagement's id.", "engagementId");
  const invited = context.ofEngagement(own.engagementId).some((referral) => referral.organizationId === MICROSOFT.id);
  if (invited && context.settings.repeatedInvite === "refused") {
    return invalidRequest("Microsoft is already part of the engagement.", "target");
  }
  return { kind: "microsoft", draft: microsoftReferral(content, own, context.organization), own };
}

function ownReferral(content: JsonObject, joined: ReferralResource | undefined, context: CreateContext): Creation {
  const { organization, settings } = context;
  const objection = settings.coSellRules === "strict" ? coSellObjection(content) : null;
  if (objection !== null) return invalidRequest(objection);
  const draft = partnerReferral(content, joined?.engagementId, context);
  const code = atPath(content, "inviteContext.assistanceRequestCode") ?? "Unknown";
  const invites = settings.inviteStrategy === "single-post" && content["type"] === "Shared" && code !== "Unknown";
  return { kind: "own", draft, microsoft: invites ? microsoftReferral(content, draft, organization) : null };
}

/** A deal of the partner: accepted at once, whatever status was sent. */
export function partnerReferral(
  content: JsonObject,
  engagementId: string | undefined,
  context: Pick<CreateContext, "organization" | "settings">,
): ReferralDraft {
  const { organization, settings } = context;
  const base = { owner: organization, status: "Active", substatus: "Accepted", direction: settings.createdDirection };
  return draftReferral(engagementId === undefined ? base : { ...base, engagementId }, invitedBy(content, organization));
}

/** Microsoft's side of an engagement, waiting for an answer. */
export function microsoftReferral(
  content: JsonObject,
  own: Pick<ReferralDraft, "engagementId">,
  inviter: Organization,
): ReferralDraft {
  const target = [{ type: "BusinessProfileLocation", id: MICROSOFT.id }];
  const { externalReferenceId: _partnersOwn, ...shared } = content;
  return draftReferral(
    {
      owner: MICROSOFT,
      engagementId: own.engagementId,
      status: "New",
      substatus: "Pending",
      direction: "Outgoing",
    },
    { ...invitedBy(shared, inviter), type: "Shared", target, team: [] },
  );
}

function invitedBy(content: JsonObject, inviter: Organization): JsonObject {
  const context = isJsonObject(content["inviteContext"]) ? content["inviteContext"] : {};
  const by = { organizationId: inviter.id, organizationName: inviter.name };
  return { ...content, inviteContext: { ...context, invitedBy: by } };
}
