import { linked } from "../../sync-relay/src/core/link";
import type { CreateIntent } from "../../sync-relay/src/core/pair";
import { writeShadow } from "../../sync-relay/src/core/shadow-state";
import { shippedMap } from "../pipeline/world";
import { anOpportunity, aPair, aReferral, aSection, REFERRAL_ID } from "../support/builders";

const VISIBLE = "consent.consentToShareReferralWithMicrosoftSellers";

const intent: CreateIntent = {
  kind: "create-referral",
  requestId: "r",
  startedAtMs: 0,
  sentAtMs: 0,
  payload: {},
  values: {
    "details.dealValue": 10,
    status: "in-progress",
    "inviteContext.assistanceRequestCode": "GeneralOrOther",
    [VISIBLE]: false,
  },
  lookedUpAtMs: [],
};

test("[LK1] a created referral is remembered with the values that were sent, and only those", () => {
  const pair = linked(aPair({ intent }), aReferral({ json: { details: { dealValue: 99 } } }), shippedMap);
  expect(pair).toMatchObject({ referralId: REFERRAL_ID, intent: null });
  expect(pair.fields["details.dealValue"]).toEqual({ crm: 10, partnerCenter: 10, decided: 10 });
  expect(Object.keys(pair.fields)).not.toContain("name");
});

test("[LK2] a created referral is remembered as in progress, so that a deal won since then is a seller's edit", () => {
  const pair = linked(aPair({ intent }), aReferral(), shippedMap);
  expect(pair.fields["status"]).toEqual({ crm: "in-progress", partnerCenter: "in-progress", decided: "in-progress" });
});

test("[LK1] help makes the deal visible, whatever the seller's switch said", () => {
  const pair = linked(aPair({ intent }), aReferral(), shippedMap);
  expect(pair.fields[VISIBLE]).toEqual({ crm: false, partnerCenter: true, decided: true });
});

test("[LK1] an opportunity that came from a referral does not remember what is fixed there", () => {
  const values = { "details.dealValue": 10, "customerProfile.name": "Fabrikam" };
  const taken = { ...intent, kind: "create-opportunity", values } as const;
  const pair = linked(aPair({ intent: taken }), aReferral(), shippedMap);
  // Its status was not known, and so it began in progress.
  expect(Object.keys(pair.fields)).toEqual(["details.dealValue", "status"]);
});

test("[LK1] without an intent the shadow on the opportunity is the memory", () => {
  const memory = { "details.notes": { crm: "a", partnerCenter: "b", decided: "a" } };
  const syncState = writeShadow(aPair({ fields: memory, helpSent: "GeneralOrOther" }), 1);
  const crm = anOpportunity({ section: aSection({ referralId: REFERRAL_ID, syncState }) });
  expect(linked(aPair({ crm }), aReferral(), shippedMap)).toMatchObject({ fields: memory, helpSent: "GeneralOrOther" });
  const other = anOpportunity({ section: aSection({ referralId: null, syncState }) });
  expect(linked(aPair({ crm: other }), aReferral({ externalReferenceId: null }), shippedMap).fields).toEqual({});
});

test("[LK3] a referral made for the opportunity is remembered as in progress, whatever both show now", () => {
  const asShared = { status: { crm: "in-progress", partnerCenter: "in-progress", decided: "in-progress" } };
  expect(linked(aPair(), aReferral(), shippedMap).fields).toEqual(asShared);
  expect(linked(aPair(), aReferral({ status: "Closed", substatus: "Won" }), shippedMap).fields).toEqual(asShared);
});

test("[LK3] nothing is remembered of a referral that is still to be accepted, names another, or is remembered already", () => {
  expect(linked(aPair(), aReferral({ status: "New", substatus: "Received" }), shippedMap).fields).toEqual({});
  expect(linked(aPair(), aReferral({ externalReferenceId: "4711" }), shippedMap).fields).toEqual({});
  const fields = { status: { crm: "won", partnerCenter: "won", decided: "won" } };
  expect(linked(aPair({ fields }), aReferral(), shippedMap).fields).toEqual(fields);
});
