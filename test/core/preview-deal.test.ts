import { previewDeal, type DealPreview, type PreviewField } from "../../sync-relay/src/core/preview-deal";
import type { JsonObject } from "../../sync-relay/src/core/json";
import { must } from "../../sync-relay/src/core/must";
import { loaded } from "../adapters/mapping-file/a-mapping-file";
import { anOpportunity, aPair, aReferral, readyValues, REFERRAL_ID } from "../support/builders";

const shipped = loaded();

function fieldOf(preview: DealPreview, key: string): PreviewField {
  return must(
    preview.fields.find((field) => field.key === key),
    `the preview has ${key}`,
  );
}

/** `side path: before -> after` of everything that would be written. */
function writesOf(preview: DealPreview): readonly string[] {
  return preview.fields.flatMap(({ writes }) =>
    writes.map(
      ({ side, path, before, after }) => `${side} ${path}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`,
    ),
  );
}

const inStep: JsonObject = {
  name: "Contoso ERP renewal",
  status: "Active",
  substatus: "Accepted",
  details: {
    dealValue: 50_000,
    currency: "USD",
    closingDateTime: "2027-03-31T00:00:00Z",
    notes: "Renewal with more seats",
    requirements: { solutions: [{ id: "SOL-15974-MQF", type: "Name" }] },
  },
};

const remembered = (fields: Readonly<Record<string, string | number>>) =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, { crm: value, partnerCenter: value, decided: value }]),
  );

test("[MD2] a deal that is not shared yet shows the body of its referral, field by field, with the entry behind each", () => {
  const opportunity = anOpportunity({ values: readyValues({ cosell_visibletomicrosoft: true }) });
  const preview = previewDeal({ map: shipped, opportunity, referral: null, pair: null, coSellPosts: "two" });
  expect(preview).toMatchObject({ event: "create", issues: [], meetsCondition: true, closed: false, invite: null });
  const [write] = fieldOf(preview, "details.dealValue").writes;
  expect(write).toMatchObject({ side: "partnerCenter", path: "details.dealValue", before: null, after: 50_000 });
  expect(write?.entry).toMatchObject({ to: "details.dealValue", source: { kind: "path", path: "estimatedvalue" } });
  expect(fieldOf(preview, "customerProfile.address.country").writes[0]?.after).toBe("US");
  expect(fieldOf(preview, "status").writes).toEqual([]);
});

test("[MD2] what keeps a deal from being shared is part of the preview", () => {
  const opportunity = anOpportunity({
    values: readyValues({ estimatedvalue: 0, "parentaccountid.address1_country": "Atlantis" }),
  });
  const map = loaded(
    "version: 1\nextends: builtin/default\ntoPartnerCenter:\n  when: 'has(crm.estimatedvalue) && crm.estimatedvalue > 10'\n",
  );
  const preview = previewDeal({ map, opportunity, referral: null, pair: null, coSellPosts: "two" });
  expect(preview.meetsCondition).toBe(false);
  expect(preview.issues.map(({ field, because }) => `${field} ${because}`)).toEqual([
    "customerProfile.address.country not-understood",
    "details.dealValue not-positive",
  ]);
  expect(fieldOf(preview, "customerProfile.address.country").problems).toHaveLength(1);
});

test("[MD2] of a shared deal each side's edits show as writes to the other, and nothing else", () => {
  const opportunity = anOpportunity({ values: readyValues({ estimatedvalue: 60_000 }) });
  const json = { ...inStep, details: { ...(inStep["details"] as JsonObject), notes: "Now with a pilot" } };
  const pair = aPair({
    referralId: REFERRAL_ID,
    fields: remembered({ "details.dealValue": 50_000, "details.notes": "Renewal with more seats" }),
  });
  const preview = previewDeal({ map: shipped, opportunity, referral: aReferral({ json }), pair, coSellPosts: "two" });
  const writes = writesOf(preview);
  expect(writes).toContain("partnerCenter details.dealValue: 50000 -> 60000");
  expect(writes).toContain('crm description: "Renewal with more seats" -> "Now with a pilot"');
  expect(writes.some((line) => line.includes("closingDateTime"))).toBe(false);
  expect(fieldOf(preview, "details.dealValue")).toMatchObject({ crm: 60_000, partnerCenter: 50_000, held: null });
});

test("[MD2] a difference that would stay says why", () => {
  const opportunity = anOpportunity({ values: readyValues({ estimatedvalue: 60_000 }) });
  const json = { ...inStep, status: "Closed", substatus: "Won" };
  const referral = aReferral({ json, status: "Closed", substatus: "Won" });
  const pair = aPair({ referralId: REFERRAL_ID, fields: remembered({ "details.dealValue": 50_000 }) });
  const preview = previewDeal({ map: shipped, opportunity, referral, pair, coSellPosts: "two" });
  expect(preview.closed).toBe(true);
  expect(fieldOf(preview, "details.dealValue")).toMatchObject({ writes: [], held: "closed" });
});

test("[MD2] a stage shows with both parts of the status, and a new wish for help as an invitation", () => {
  const values = readyValues({ statuscode: 3, cosell_helprequired: null });
  const pair = aPair({ referralId: REFERRAL_ID, fields: remembered({ status: "in-progress" }) });
  const shared = { referral: aReferral({ json: inStep }), pair, coSellPosts: "two" as const };
  const won = previewDeal({ ...shared, map: shipped, opportunity: anOpportunity({ values }) });
  expect(fieldOf(won, "status").writes.map(({ path, after }) => [path, after])).toEqual([
    ["status", "Closed"],
    ["substatus", "Won"],
  ]);
  const asking = anOpportunity({ values: readyValues({ cosell_helprequired: 842130002 }) });
  expect(previewDeal({ ...shared, map: shipped, opportunity: asking }).invite).toBe("ProofOfConceptOrDemo");
});
