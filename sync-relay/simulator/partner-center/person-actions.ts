// What people and Microsoft do in the portal, as opposed to what the relay does through the API. Everything here raises
// webhook events.

import { atPath, type JsonObject } from "../../src/core/json";
import { microsoftReferral, partnerReferral } from "./create-referral";
import type { PersonContext } from "./person-context";
import { createMicrosoftActions, type MicrosoftActions } from "./microsoft-actions";
import type { ReferralResource } from "./referral-resource";
import { draftReferral, overlaid } from "./referral-template";
import { serverDate } from "./server-stamps";
import { statusDates, statusObjection } from "./status-rules";

export type Outcome = "Won" | "Lost" | "Declined" | "Expired" | "Error";

/** The help that a deal asks of Microsoft. */
export interface HelpRequest {
  readonly assistanceRequestCode: string;
  readonly notes?: string;
}

export interface PersonActions extends MicrosoftActions {
  get(id: string): ReferralResource | undefined;
  all(): readonly ReferralResource[];
  ofEngagement(engagementId: string): readonly ReferralResource[];
  /** "New deal" in the portal. A Shared deal with a help code invites Microsoft at once. */
  newDeal(content?: JsonObject): ReferralResource;
  /** "How can Microsoft help?" chosen on an existing deal; gives Microsoft's referral. */
  askMicrosoft(id: string, help: HelpRequest): ReferralResource;
  /** Lays content over the referral; unlike the API, the portal can change any property. */
  edit(id: string, content: JsonObject): ReferralResource;
  /** The partner accepts a referral that came in. */
  accept(id: string): ReferralResource;
  close(id: string, outcome: Outcome, reason?: string): ReferralResource;
  /** Closes what nobody answered in time, as the service does after 14 days; gives the ids. */
  expireOverdue(): readonly string[];
  /** A referral of some other partner, which raises no events here. */
  ofOtherPartner(content?: JsonObject): ReferralResource;
  /** Gives a referral a new eTag without changing it. */
  drift(id: string): void;
}

export function createPersonActions(context: PersonContext): PersonActions {
  const { store, settings, organization } = context;
  const needed = (id: string) => {
    const referral = store.get(id);
    if (referral === undefined) throw new Error(`there is no referral ${id}`);
    return referral;
  };
  const setStatus = (id: string, to: { status: string; substatus: string }, extra: JsonObject = {}) => {
    const before = needed(id);
    const objection = before.status === "Closed" ? "The referral is closed." : statusObjection(before, to, true);
    if (objection !== null) throw new Error(objection);
    const dates = statusDates(before, to, serverDate(context.nowMs()));
    return store.update(id, { ...before, ...extra, ...to, ...dates }, "person");
  };
  const close = (id: string, outcome: Outcome, reason?: string) =>
    setStatus(id, { status: "Closed", substatus: outcome }, reason === undefined ? {} : { statusReason: reason });

  return {
    ...createMicrosoftActions(context),
    get: store.get,
    all: store.all,
    ofEngagement: store.ofEngagement,
    newDeal(content = {}) {
      const deal = store.create(partnerReferral(content, undefined, { organization, settings }), "person");
      const code = atPath(deal, "inviteContext.assistanceRequestCode");
      if (deal["type"] === "Shared" && code !== "Unknown") {
        store.create(microsoftReferral(content, deal, organization), "person");
      }
      return deal;
    },
    askMicrosoft(id, help) {
      const own = needed(id);
      const content = overlaid(own, { inviteContext: { ...help } });
      return store.create(microsoftReferral(copyable(content), own, organization), "person");
    },
    edit: (id, content) => store.update(id, overlaid(needed(id), content), "person"),
    accept: (id) => setStatus(id, { status: "Active", substatus: "Accepted" }),
    close,
    expireOverdue() {
      const now = serverDate(context.nowMs());
      const isOverdue = ({ status, expirationDateTime }: ReferralResource) =>
        status === "New" && typeof expirationDateTime === "string" && expirationDateTime < now;
      return store
        .all()
        .filter(isOverdue)
        .map(({ id }) => close(id, "Expired").id);
    },
    ofOtherPartner(content = {}) {
      const base = {
        owner: context.otherPartner,
        status: "Active",
        substatus: "Accepted",
        direction: "Outgoing",
      } as const;
      return store.create(draftReferral(base, content), "person");
    },
    drift: store.drift,
  };
}

/** What Microsoft's referral takes over from the partner's. */
function copyable(referral: JsonObject): JsonObject {
  const { name, customerProfile, consent, details, qualification, inviteContext } = referral;
  const parts = { name, customerProfile, consent, details, qualification, inviteContext };
  return Object.fromEntries(
    Object.entries(parts).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
