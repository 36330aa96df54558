import type { Json } from "../../../sync-relay/src/core/json";
import { crmChanges } from "../../../sync-relay/src/core/mapping/crm-changes";
import { sameValue } from "../../../sync-relay/src/core/mapping/same-value";
import { aFieldMap, anEntry, aReferral, bothWays, stageList } from "./a-field-map";

const nothing = { values: {}, referral: aReferral(), current: {} };

test("[MP14] an update writes the fields that were decided, and no others", () => {
  const map = aFieldMap({
    updateIn: [anEntry("a", "details.notes"), anEntry("b", "name"), anEntry("c", "statusReason")],
  });
  const changes = crmChanges(map, "update", { ...nothing, values: { "details.notes": "new", statusReason: null } });
  expect(changes).toEqual({ values: { a: "new", c: null }, stageValue: undefined, problems: [] });
});

test("[MP14] values are written as the CRM writes them", () => {
  const list = { builtin: null, pairs: [{ crm: 7, canonical: "Seven" }] };
  const map = aFieldMap({
    updateIn: [
      anEntry("products", "details.requirements.solutions", { as: "solutions" }),
      anEntry("close", "details.closingDateTime", { as: "date" }),
      anEntry("campaign", "campaignId", { as: "choice", list }),
    ],
  });
  const values = {
    "details.requirements.solutions": ["SOL-1-A", "SOL-2-B"],
    "details.closingDateTime": "2026-11-14",
    campaignId: "Seven",
  };
  expect(crmChanges(map, "update", { ...nothing, values }).values).toEqual({
    products: "SOL-1-A; SOL-2-B",
    close: "2026-11-14",
    campaign: 7,
  });
});

test("[MP14] a value that the CRM's list does not have is a problem, and is not written", () => {
  const list = { builtin: null, pairs: [{ crm: 7, canonical: "Seven" }] };
  const map = aFieldMap({ updateIn: [anEntry("campaign", "campaignId", { as: "choice", list })] });
  const changes = crmChanges(map, "update", { ...nothing, values: { campaignId: "Eight" } });
  expect(changes.values).toEqual({});
  expect(changes.problems).toEqual([{ field: "campaignId", because: "not-convertible", as: "choice", shown: "Eight" }]);
});

test("[MP15] a create may read any place of the referral, a constant or a formula", () => {
  const map = aFieldMap({
    createIn: [
      anEntry("contact.first", "customerProfile.team.0.firstName"),
      anEntry("source", "", { as: "json", source: { kind: "constant", value: 3 } }),
      anEntry("topic", "", {
        source: { kind: "formula", text: "", reads: [], evaluate: () => ({ kind: "value", value: "made" }) },
      }),
    ],
  });
  const referral = aReferral({ customerProfile: { team: [{ firstName: "Ada" }] } });
  expect(crmChanges(map, "create", { ...nothing, referral }).values).toEqual({
    "contact.first": "Ada",
    source: 3,
    topic: "made",
  });
});

test("[MP15] a create leaves out what the referral does not have", () => {
  const map = aFieldMap({ createIn: [anEntry("a", "details.notes"), anEntry("b", "name")] });
  const referral = aReferral({ name: "N", details: { notes: null } });
  expect(crmChanges(map, "create", { ...nothing, referral }).values).toEqual({ b: "N" });
});

test("[MP16] a default is written where the referral has nothing", () => {
  const map = aFieldMap({ createIn: [anEntry("a", "details.notes", { default: "none" })] });
  expect(crmChanges(map, "create", nothing).values).toEqual({ a: "none" });
});

test("[MP16] a required value that the referral does not have is a problem", () => {
  const map = aFieldMap({ createIn: [anEntry("a", "details.notes", { required: true })] });
  expect(crmChanges(map, "create", nothing).problems).toEqual([
    { field: "a", because: "missing", as: "text", shown: null },
  ]);
});

test("[MP16] a value that is there stays when the entry never overwrites", () => {
  const map = aFieldMap({ updateIn: [anEntry("a", "details.notes", { unlessSet: true })] });
  const values = { "details.notes": "new" };
  expect(crmChanges(map, "update", { ...nothing, values, current: { a: "old" } }).values).toEqual({});
  expect(crmChanges(map, "update", { ...nothing, values, current: { a: " " } }).values).toEqual({ a: "new" });
});

test("[MP17] the stage is given apart from the values, as the first CRM value listed for it", () => {
  const map = aFieldMap(bothWays("status", "statuscode", { as: "status", list: stageList }));
  const changes = crmChanges(map, "update", { ...nothing, values: { status: "lost" } });
  expect(changes).toEqual({ values: {}, stageValue: 4, problems: [] });
  expect(crmChanges(map, "update", nothing).stageValue).toBe(undefined);
});

describe("sides that agree", () => {
  const field = (as: "text" | "people") => {
    const [found] = aFieldMap({ updateOut: [anEntry(as === "people" ? "team" : "details.notes", "a", { as })] }).fields;
    if (found === undefined) throw new Error("one field");
    return found;
  };
  const ada = { firstName: "Ada", lastName: null, phoneNumber: null, email: "ada@x.example" };
  const bob = { firstName: "Bob", lastName: null, phoneNumber: "2", email: "bob@x.example" };

  test.each<[Json | undefined, Json | undefined, boolean]>([
    ["a", "a", true],
    ["a", "b", false],
    [null, null, true],
    [null, undefined, false],
  ])("[MP18] %p and %p agree: %p", (crm, partnerCenter, agree) => {
    expect(sameValue(field("text"), crm, partnerCenter)).toBe(agree);
  });

  test("[MP18] for people it is enough that Partner Center has everybody whom the CRM names", () => {
    expect(sameValue(field("people"), [ada], [bob, { ...ada, phoneNumber: "1" }])).toBe(true);
    expect(sameValue(field("people"), [ada, bob], [ada])).toBe(false);
    expect(sameValue(field("people"), [bob], [{ ...bob, phoneNumber: "3" }])).toBe(false);
    expect(sameValue(field("people"), [], [ada])).toBe(true);
  });
});
