import { randomInt } from "node:crypto";
import type { JsonObject } from "../../src/core/json";
import type { PersonContext } from "./person-context";
import type { ReferralDraft, ReferralResource } from "./referral-resource";
import { draftReferral, MICROSOFT, overlaid } from "./referral-template";
import { serverDate } from "./server-stamps";
import { statusDates, statusObjection } from "./status-rules";

export interface MicrosoftAcceptance {
  /** Microsoft's own CRM id; a made-up one by default. */
  readonly microsoftCrmId?: string;
  /** Microsoft's sellers on the deal. */
  readonly team?: readonly JsonObject[];
}

/** How an item that Microsoft sends is classified. */
export type InboundKind = "co-sell" | "qualified-lead" | "marketplace-lead";

/** What Microsoft's sellers do. An id may be of the partner's referral, of Microsoft's, or of the engagement. */
export interface MicrosoftActions {
  microsoftAccepts(id: string, acceptance?: MicrosoftAcceptance): ReferralResource;
  microsoftDeclines(id: string, reason?: string): ReferralResource;
  microsoftCloses(id: string, outcome: "Won" | "Lost"): ReferralResource;
  microsoftEdits(id: string, content: JsonObject): ReferralResource;
  /** Sends the partner a referral, which waits for an answer for 14 days; gives the partner's referral. */
  microsoftCreates(content?: JsonObject, kind?: InboundKind): ReferralResource;
}

/** Days that an invitation stays open. */
export const ANSWER_WITHIN_DAYS = 14;
const DAY_MS = 86_400_000;

const SELLER = {
  firstName: "Field",
  lastName: "Seller",
  phoneNumber: "4255550100",
  email: "field.seller@microsoft.example",
};

const CATEGORIES: { readonly [kind in InboundKind]: JsonObject } = {
  "co-sell": { type: "Shared", qualification: "SalesQualified" },
  "qualified-lead": { type: "Independent", qualification: "MarketingQualified" },
  "marketplace-lead": { type: "Independent", qualification: "Direct" },
};

export function createMicrosoftActions(context: PersonContext): MicrosoftActions {
  const { store, settings, organization } = context;
  const findMicrosoft = (id: string) => {
    const engagementId = store.get(id)?.engagementId ?? id;
    const found = store.ofEngagement(engagementId).findLast((referral) => referral.organizationId === MICROSOFT.id);
    if (found === undefined) throw new Error("Microsoft is not part of that engagement");
    return found;
  };
  const setStatus = (before: ReferralResource, substatus: string, extra: JsonObject) => {
    const to = { status: substatus === "Accepted" ? "Active" : "Closed", substatus };
    const objection = before.status === "Closed" ? "The referral is closed." : statusObjection(before, to, false);
    if (objection !== null) throw new Error(objection);
    const dates = statusDates(before, to, serverDate(context.nowMs()));
    return store.update(before.id, { ...overlaid(before, extra), ...to, ...dates }, "microsoft");
  };
  const tellPartner = (accepted: ReferralResource) => {
    const { trackingInfo } = accepted;
    for (const own of store.ofEngagement(accepted.engagementId)) {
      if (own.organizationId !== organization.id || trackingInfo === undefined) continue;
      store.update(own.id, { ...own, trackingInfo }, "microsoft");
    }
  };

  return {
    microsoftAccepts(id, { microsoftCrmId = newCrmId(), team = [SELLER] } = {}) {
      const extra = { trackingInfo: { microsoftMsxId: microsoftCrmId }, team: [...team] };
      const accepted = setStatus(findMicrosoft(id), "Accepted", extra);
      if (settings.microsoftIdOn === "both-referrals") tellPartner(accepted);
      return accepted;
    },
    microsoftDeclines: (id, reason = "Customer is not in the right segment") =>
      setStatus(findMicrosoft(id), "Declined", { statusReason: reason }),
    microsoftCloses: (id, outcome) => setStatus(findMicrosoft(id), outcome, {}),
    microsoftEdits(id, content) {
      const before = findMicrosoft(id);
      return store.update(before.id, overlaid(before, content), "microsoft");
    },
    microsoftCreates(content = {}, kind = "co-sell") {
      const own = inbound(content, kind, context);
      if (kind === "co-sell") store.create(sendersReferral(own, content), "microsoft");
      return store.create(own, "microsoft");
    },
  };
}

function inbound(content: JsonObject, kind: InboundKind, context: PersonContext): ReferralDraft {
  const expirationDateTime = serverDate(context.nowMs() + ANSWER_WITHIN_DAYS * DAY_MS);
  const invitedBy = { organizationId: MICROSOFT.id, organizationName: MICROSOFT.name };
  const base = { owner: context.organization, status: "New", substatus: "Pending", direction: "Incoming" } as const;
  const sent = { ...CATEGORIES[kind], ...content, expirationDateTime };
  return draftReferral(base, overlaid(sent, { inviteContext: { invitedBy } }));
}

function sendersReferral(own: ReferralDraft, content: JsonObject): ReferralDraft {
  const { engagementId } = own;
  const base = {
    owner: MICROSOFT,
    engagementId,
    status: "Active",
    substatus: "Accepted",
    direction: "Outgoing",
  } as const;
  return draftReferral(base, { ...CATEGORIES["co-sell"], ...content });
}

/** Looks like the ids seen live: a digit, a dash, ten characters. */
function newCrmId(): string {
  return `7-${randomInt(36 ** 5, 36 ** 6)
    .toString(36)
    .toUpperCase()}SIM1`;
}
