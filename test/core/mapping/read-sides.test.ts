import { meetsCondition, readCrm } from "../../../sync-relay/src/core/mapping/read-crm";
import { readReferral } from "../../../sync-relay/src/core/mapping/read-referral";
import type { EntrySource } from "../../../sync-relay/src/core/mapping/field-map";
import { aFieldMap, anEntry, aReferral, bothWays, stageList } from "./a-field-map";

const failing: EntrySource = {
  kind: "formula",
  text: "crm.a",
  reads: ["a"],
  evaluate: () => ({ kind: "failed", reason: "No such key: a" }),
};

describe("the CRM's side", () => {
  test("[MP3] every field has a canonical value, read as an update sends it", () => {
    const map = aFieldMap({
      createOut: [anEntry("details.notes", "first"), anEntry("details.dealValue", "worth", { as: "money" })],
      updateOut: [anEntry("details.notes", "later")],
      updateIn: [anEntry("new_msx", "trackingInfo.microsoftMsxId")],
    });
    const read = readCrm(map, { first: "a", later: " b ", worth: "10.005", new_msx: "M-1" });
    expect(read).toEqual({
      values: { "details.notes": "b", "details.dealValue": 10.01, "trackingInfo.microsoftMsxId": "M-1" },
      problems: [],
    });
  });

  test("[MP4] a required value that is missing is a problem, and nothing is known of the field", () => {
    const map = aFieldMap({ createOut: [anEntry("name", "name", { required: true })] });
    expect(readCrm(map, { name: "✔ " })).toEqual({
      values: {},
      problems: [{ field: "name", because: "missing", as: "text", shown: null }],
    });
  });

  test("[MP4] a value that cannot be converted is a problem, never a default", () => {
    const map = aFieldMap({
      createOut: [anEntry("details.currency", "currency", { as: "currency", default: "USD" })],
    });
    expect(readCrm(map, { currency: "Taler" })).toEqual({
      values: {},
      problems: [{ field: "details.currency", because: "not-convertible", as: "currency", shown: "Taler" }],
    });
  });

  test("[MP4] a formula that fails is a problem", () => {
    const map = aFieldMap({ createOut: [anEntry("details.notes", "", { source: failing })] });
    expect(readCrm(map, {}).problems).toEqual([
      { field: "details.notes", because: "formula-failed", as: "text", shown: null },
    ]);
  });

  test("[MP5] a default counts where the source is empty", () => {
    const map = aFieldMap({ createOut: [anEntry("details.currency", "c", { as: "currency", default: "usd" })] });
    expect(readCrm(map, { c: null }).values).toEqual({ "details.currency": "USD" });
    expect(readCrm(map, { c: "EUR" }).values).toEqual({ "details.currency": "EUR" });
  });

  test("[MP5] without a default an empty place is known to be empty", () => {
    const map = aFieldMap({
      createOut: [
        anEntry("details.notes", "notes"),
        anEntry("consent.consentToContact", "yes", { as: "bool" }),
        anEntry("details.requirements.solutions", "products", { as: "solutions" }),
      ],
    });
    expect(readCrm(map, {}).values).toEqual({
      "details.notes": null,
      "consent.consentToContact": false,
      "details.requirements.solutions": [],
    });
  });

  test("[MP3] a constant and the parts of a person are values of the CRM too", () => {
    const parts = { firstName: "ownerid.firstname", email: "ownerid.mail" };
    const map = aFieldMap({
      createOut: [
        anEntry("qualification", "", { source: { kind: "constant", value: "SalesQualified" } }),
        anEntry("team", "", { as: "people", source: { kind: "parts", parts } }),
      ],
    });
    expect(readCrm(map, { "ownerid.firstname": "Ada", "ownerid.mail": "ADA@x.example" }).values).toEqual({
      qualification: "SalesQualified",
      team: [{ firstName: "Ada", lastName: null, phoneNumber: null, email: "ada@x.example" }],
    });
  });

  test("[MP6] a condition must hold for an opportunity to be shared; one that fails does not hold", () => {
    const when = (value: boolean) => ({
      kind: "formula" as const,
      text: "",
      reads: [],
      evaluate: () => ({ kind: "value" as const, value }),
    });
    expect(meetsCondition(aFieldMap({}), {})).toBe(true);
    expect(meetsCondition(aFieldMap({ when: when(true) }), {})).toBe(true);
    expect(meetsCondition(aFieldMap({ when: when(false) }), {})).toBe(false);
    expect(meetsCondition(aFieldMap({ when: failing }), {})).toBe(false);
  });
});

describe("Partner Center's side", () => {
  const map = aFieldMap(bothWays("status", "statuscode", { as: "status", list: stageList }));

  test.each([
    ["New", "Pending", "on-hold"],
    ["New", "Received", "on-hold"],
    ["Active", "Accepted", "in-progress"],
    ["Closed", "Won", "won"],
    ["Closed", "Lost", "lost"],
    ["Closed", "Declined", "lost"],
    ["Closed", "Expired", "lost"],
    ["Closed", "Error", "lost"],
  ])("[MP7] %s/%s is the stage %s", (status, substatus, stage) => {
    expect(readReferral(map, aReferral({}, { status, substatus })).values).toEqual({ status: stage });
  });

  test("[MP7] a status that nobody knows is a problem", () => {
    const read = readReferral(map, aReferral({}, { status: "Archived", substatus: "" }));
    expect(read.values).toEqual({});
    expect(read.problems).toEqual([{ field: "status", because: "not-convertible", as: "status", shown: "Archived" }]);
  });

  test("[MP8] null is known to be empty; what was not sent is not known", () => {
    const both = aFieldMap({
      updateOut: [anEntry("details.notes", "a"), anEntry("details.currency", "b", { as: "currency" })],
    });
    expect(readReferral(both, aReferral({ details: { notes: null } })).values).toEqual({ "details.notes": null });
    expect(readReferral(both, aReferral({ details: null })).values).toEqual({
      "details.notes": null,
      "details.currency": null,
    });
    expect(readReferral(both, aReferral({})).values).toEqual({});
  });

  test("[MP5] in a field that goes both ways an empty place counts as the default on either side", () => {
    const rest = { as: "currency" as const, default: "USD" };
    const both = aFieldMap({
      updateOut: [anEntry("details.currency", "c", rest)],
      updateIn: [anEntry("c", "details.currency", { as: "currency" })],
    });
    const oneWay = aFieldMap({ updateOut: [anEntry("details.currency", "c", rest)] });
    const referral = aReferral({ details: { currency: null } });
    expect(readReferral(both, referral).values).toEqual({ "details.currency": "USD" });
    expect(readReferral(oneWay, referral).values).toEqual({ "details.currency": null });
  });
});
