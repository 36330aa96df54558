// Every recipe of docs/mapping.md does what it says, to a deal that is ready and to a referral from Partner Center.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadMapping } from "../../../sync-relay/src/adapters/mapping-file/load-mapping";
import { atPath, type Json, type JsonObject } from "../../../sync-relay/src/core/json";
import type { FieldMap } from "../../../sync-relay/src/core/mapping/field-map";
import { crmChanges } from "../../../sync-relay/src/core/mapping/crm-changes";
import { meetsCondition, readCrm } from "../../../sync-relay/src/core/mapping/read-crm";
import { readReferral } from "../../../sync-relay/src/core/mapping/read-referral";
import { referralPayload } from "../../../sync-relay/src/core/mapping/referral-payload";
import type { CrmValues } from "../../../sync-relay/src/core/opportunity";
import { readyValues } from "../../support/builders";
import { aReferral } from "../../core/mapping/a-field-map";

const folder = join(__dirname, "../../../sync-relay/mapping/recipes");
const files = readdirSync(folder).sort();

function recipe(start: string): FieldMap {
  const file = join(folder, files.find((name) => name.startsWith(start)) ?? "nothing");
  const loaded = loadMapping({ file });
  if (loaded.kind === "refused") throw new Error(loaded.problems.map(({ message }) => message).join("\n"));
  return loaded.map;
}

/** What a new referral of an opportunity would hold at a path. */
function sent(map: FieldMap, values: CrmValues, path: string): Json | undefined {
  return atPath(referralPayload(map, readCrm(map, readyValues(values)).values), path);
}

/** What a new opportunity gets from a referral. */
function created(map: FieldMap, json: JsonObject): CrmValues {
  return crmChanges(map, "create", { values: {}, referral: aReferral(json), current: {} }).values;
}

const content: JsonObject = {
  name: "Deal",
  customerProfile: { name: "Customer", address: { country: "DE" } },
  details: { dealValue: 12_000, currency: "EUR", notes: "From Microsoft" },
};

test("[MF19] there are at least ten recipes, each with a title and a text, and each passes the check", () => {
  expect(files.length).toBeGreaterThanOrEqual(10);
  for (const file of files) {
    expect(readFileSync(join(folder, file), "utf8")).toMatch(
      /^# [A-Z][^\n]+\n#\n(?:# [^\n]+\n)+version: 1\nextends: builtin\/default\n/,
    );
    expect(recipe(file)).toBeDefined();
  }
});

test("[MF19] the deal's value from a column of one's own goes both ways", () => {
  const map = recipe("01");
  expect(sent(map, { new_acv: 70_000 }, "details.dealValue")).toBe(70_000);
  expect(readCrm(map, readyValues({ new_acv: null })).problems).toMatchObject([{ field: "details.dealValue" }]);
  expect(created(map, content)).toMatchObject({ new_acv: 12_000 });
  expect(created(map, content)).not.toHaveProperty("estimatedvalue");
});

test("[MF19] a country behind a lookup is read from there and comes back as text", () => {
  const map = recipe("02");
  const values = { "parentaccountid.new_countryid.new_isocode": "fr", "parentaccountid.address1_country": "Atlantis" };
  expect(sent(map, values, "customerProfile.address.country")).toBe("FR");
  expect(created(map, content)["parentaccountid.address1_country"]).toBe("DE");
});

test("[MF19] own status reasons have their stages, and the relay sets the first of a stage", () => {
  const map = recipe("03");
  expect(readCrm(map, readyValues({ statuscode: 842_130_011 })).values["status"]).toBe("in-progress");
  const referral = aReferral(
    { ...content, status: "Active", substatus: "Accepted" },
    { status: "Active", substatus: "Accepted" },
  );
  const { stageValue } = crmChanges(map, "update", { values: { status: "in-progress" }, referral, current: {} });
  expect(stageValue).toBe(1);
});

test("[MF19] one currency for Microsoft: the base value goes out and nothing comes back over the customer's", () => {
  const map = recipe("04");
  expect(sent(map, { estimatedvalue_base: 45_000 }, "details.dealValue")).toBe(45_000);
  expect(sent(map, { estimatedvalue_base: 45_000 }, "details.currency")).toBe("EUR");
  const referral = aReferral(content);
  const { values } = crmChanges(map, "update", { values: readReferral(map, referral).values, referral, current: {} });
  expect(Object.keys(values)).not.toEqual(expect.arrayContaining(["estimatedvalue"]));
  expect(values).not.toHaveProperty(["transactioncurrencyid.isocurrencycode"]);
});

test("[MF19] internal notes never leave, and Microsoft's arrive in the column meant for them", () => {
  const map = recipe("05");
  const values = { description: "Discount up to 30 %", new_notesformicrosoft: "Needs a demo" };
  expect(JSON.stringify(referralPayload(map, readCrm(map, readyValues(values)).values))).not.toContain("Discount");
  expect(sent(map, values, "details.notes")).toBe("Needs a demo");
  expect(created(map, content)).toMatchObject({ new_notesformicrosoft: "From Microsoft" });
});

test("[MF19] only deals that are large enough meet the condition", () => {
  const map = recipe("06");
  expect([9_999, 10_000, null].map((estimatedvalue) => meetsCondition(map, readyValues({ estimatedvalue })))).toEqual([
    false,
    true,
    false,
  ]);
});

test("[MF19] mandatory columns get a constant or what a formula makes of the referral", () => {
  const map = recipe("07");
  expect(created(map, content)).toMatchObject({ new_leadsource: 842_130_003, stepname: "Co-sell" });
  expect(created(map, { ...content, qualification: "Direct" })).toMatchObject({ stepname: "Marketplace" });
});

test("[MF19] the winner of a conflict can be chosen by field", () => {
  const rules = new Map(recipe("08").fields.map(({ key, conflict }) => [key, conflict]));
  expect(rules.get("details.closingDateTime")).toBe("crm");
  expect(rules.get("details.dealValue")).toBe("ask");
  expect(rules.get("details.notes")).toBe("newest");
});

test("[MF19] the columns by which a customer is found can be chosen", () => {
  expect(recipe("09").match).toEqual({
    parentaccountid: ["name", "address1_city"],
    parentcontactid: ["emailaddress1", "lastname"],
  });
});

test("[MF19] the name can carry a number, and is no longer taken over", () => {
  const map = recipe("10");
  expect(sent(map, { new_number: "O-42" }, "name")).toBe("O-42 Contoso ERP renewal");
  expect(sent(map, {}, "name")).toBe("Contoso ERP renewal");
  expect(map.toCrm.update.map(({ to }) => to)).not.toContain("name");
});

test("[MF19] a choice becomes a campaign id, and what the list does not have is told", () => {
  const map = recipe("11");
  expect(sent(map, { new_campaign: 842_130_021 }, "campaignId")).toBe("CMP-AUTUMN");
  expect(readCrm(map, readyValues({ new_campaign: 7 })).problems).toMatchObject([{ field: "campaignId" }]);
  expect(created(map, { ...content, campaignId: "CMP-SPRING" })).toMatchObject({ new_campaign: 842_130_020 });
});
