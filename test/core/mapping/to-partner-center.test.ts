import { isPatchable, patchablePaths } from "../../../sync-relay/src/core/mapping/patchable-paths";
import { patchOperations, pointerTo } from "../../../sync-relay/src/core/mapping/patch-operations";
import { referralPayload } from "../../../sync-relay/src/core/mapping/referral-payload";
import { aFieldMap, anEntry, aReferral, bothWays, stageList } from "./a-field-map";

const solutions = { as: "solutions" as const };
const people = { as: "people" as const };
const ada = { firstName: "Ada", lastName: "Byron", phoneNumber: "1", email: "ada@x.example" };
const bob = { firstName: "Bob", lastName: "Page", phoneNumber: "2", email: "bob@x.example" };

test("[MP9] a create carries the mapped fields as Partner Center writes them, and nothing that is empty", () => {
  const map = aFieldMap({
    createOut: [
      anEntry("name", "name"),
      anEntry("details.closingDateTime", "close", { as: "date" }),
      anEntry("details.notes", "description"),
      anEntry("details.requirements.solutions", "products", solutions),
      anEntry("customerProfile.team", "contact", people),
      anEntry("consent.consentToContact", "may", { as: "bool" }),
    ],
    updateOut: [anEntry("status", "statuscode", { as: "status", list: stageList })],
  });
  const values = {
    name: "Renewal",
    "details.closingDateTime": "2026-11-14",
    "details.notes": null,
    "details.requirements.solutions": ["SOL-1-ABC"],
    "customerProfile.team": [{ ...ada, phoneNumber: null }],
    "consent.consentToContact": false,
    status: "in-progress",
  };
  expect(referralPayload(map, values)).toEqual({
    name: "Renewal",
    details: {
      closingDateTime: "2026-11-14T00:00:00Z",
      requirements: { solutions: [{ id: "SOL-1-ABC", type: "Name" }] },
    },
    customerProfile: { team: [{ firstName: "Ada", lastName: "Byron", email: "ada@x.example" }] },
    consent: { consentToContact: false },
  });
});

test("[MP10] exactly the documented paths can change after creation", () => {
  expect(patchablePaths).toHaveLength(15);
  expect(isPatchable("details.dealValue")).toBe(true);
  expect(isPatchable("name")).toBe(false);
  expect(isPatchable("constructor")).toBe(false);
});

test("[MP10] an update replaces the changed fields that the file sends, and no others", () => {
  const map = aFieldMap({
    createOut: [anEntry("name", "name")],
    updateOut: [anEntry("details.dealValue", "worth", { as: "money" }), anEntry("details.notes", "notes")],
  });
  const changed = { name: "New name", "details.dealValue": 12.5, "details.notes": null, "details.currency": "EUR" };
  expect(patchOperations(map, changed, aReferral())).toEqual([
    { op: "replace", path: "/details/dealValue", value: 12.5 },
    { op: "replace", path: "/details/notes", value: null },
  ]);
  expect(patchOperations(map, {}, aReferral())).toEqual([]);
});

test("[MP10] a value that is there stays when the entry never overwrites", () => {
  const map = aFieldMap({ updateOut: [anEntry("salesStage", "stage", { unlessSet: true })] });
  expect(patchOperations(map, { salesStage: "20" }, aReferral({ salesStage: "40" }))).toEqual([]);
  expect(patchOperations(map, { salesStage: "20" }, aReferral({ salesStage: null }))).toHaveLength(1);
});

test("[MP10] a path becomes a JSON pointer", () => {
  expect(pointerTo("details.dealValue")).toBe("/details/dealValue");
  expect(pointerTo("a/b.c~d")).toBe("/a~1b/c~0d");
});

test("[MP11] solutions that are there keep their details, and categories stay", () => {
  const map = aFieldMap({ updateOut: [anEntry("details.requirements.solutions", "products", solutions)] });
  const there = [
    { id: "sol-1-abc", type: "Name", name: "Suite", price: 5 },
    { id: "SOL-2-XYZ", type: "Name" },
    { id: "AdvancedAnalytics", type: "Category" },
  ];
  const referral = aReferral({ details: { requirements: { solutions: there } } });
  const [operation] = patchOperations(map, { "details.requirements.solutions": ["SOL-1-ABC", "SOL-3-NEW"] }, referral);
  expect(operation?.value).toEqual([there[0], { id: "SOL-3-NEW", type: "Name" }, there[2]]);
});

test("[MP12] people whom others added stay, and what Partner Center knows of ours stays", () => {
  const map = aFieldMap({ updateOut: [anEntry("team", "owner", people)] });
  const there = [bob, { ...ada, email: "ADA@x.example", phoneNumber: "old", title: "Countess" }];
  const [operation] = patchOperations(map, { team: [ada] }, aReferral({ team: there }));
  expect(operation).toEqual({ op: "replace", path: "/team", value: [{ ...ada, title: "Countess" }, bob] });
});

test("[MP12] a person whose address was corrected is still the same person", () => {
  const map = aFieldMap({ updateOut: [anEntry("team", "owner", people)] });
  const [operation] = patchOperations(map, { team: [ada] }, aReferral({ team: [{ ...ada, email: "adda@x.example" }] }));
  expect(operation?.value).toEqual([ada]);
});

describe("status", () => {
  const map = aFieldMap({
    updateOut: [
      anEntry("status", "statuscode", { as: "status", list: stageList }),
      anEntry("details.notes", "description"),
    ],
  });
  const moved = (stage: string, status: string) =>
    patchOperations(map, { status: stage }, aReferral({}, { status })).map(({ value }) => value);

  test.each([
    ["in-progress", "New", ["Active", "Accepted"]],
    ["won", "Active", ["Closed", "Won"]],
    ["lost", "Active", ["Closed", "Lost"]],
    ["lost", "New", ["Closed", "Declined"]],
    ["on-hold", "Active", []],
    ["on-hold", "New", []],
  ])("[MP13] the stage %s moves a referral that is %s to %p", (stage, status, expected) => {
    expect(moved(stage, status)).toEqual(expected);
  });

  test("[MP13] the status is written last, after what a closed referral would not take", () => {
    const operations = patchOperations(map, { status: "won", "details.notes": "done" }, aReferral());
    expect(operations.map(({ path }) => path)).toEqual(["/details/notes", "/status", "/substatus"]);
  });
});

test("[MP9] a field that both sides may change is written as it was read", () => {
  const map = aFieldMap({
    ...bothWays("details.notes", "description"),
    createOut: [anEntry("details.notes", "description")],
  });
  expect(referralPayload(map, { "details.notes": "a\nb" })).toEqual({ details: { notes: "a\nb" } });
});
