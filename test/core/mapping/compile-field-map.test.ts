import { compileFieldMap } from "../../../sync-relay/src/core/mapping/compile-field-map";
import { aFieldMap, anEntry, bothWays, someSections, type SomeEntries, stageList } from "./a-field-map";

function refusals(entries: SomeEntries): readonly string[] {
  const compiled = compileFieldMap(someSections(entries));
  return compiled.kind === "ok" ? [] : compiled.problems.map(({ message }) => message);
}

test("[MP1] a field is a place that is sent, or that an update brings into the CRM", () => {
  const map = aFieldMap({
    createOut: [anEntry("name", "name"), anEntry("details.notes", "description")],
    updateOut: [anEntry("details.notes", "description")],
    createIn: [anEntry("parentcontactid.firstname", "customerProfile.team.0.firstName")],
    updateIn: [
      anEntry("name", "name", { conflict: "partnerCenter" }),
      anEntry("new_msx", "trackingInfo.microsoftMsxId"),
    ],
  });
  expect(map.fields).toEqual([
    expect.objectContaining({ key: "name", sentOnCreate: true, sentOnUpdate: false, takenOnUpdate: true }),
    expect.objectContaining({ key: "details.notes", sentOnCreate: true, sentOnUpdate: true, takenOnUpdate: false }),
    expect.objectContaining({ key: "trackingInfo.microsoftMsxId", sentOnCreate: false, takenOnUpdate: true }),
  ]);
  expect(map.fields[0]?.conflict).toBe("partnerCenter");
});

test("[MP1] the map names every column that is read or written", () => {
  const map = aFieldMap({
    ...bothWays("details.notes", "description"),
    createOut: [anEntry("team", "", { as: "people", source: { kind: "parts", parts: { email: "ownerid.email" } } })],
    createIn: [anEntry("parentaccountid.name", "customerProfile.name")],
    when: { kind: "formula", text: "", reads: ["new_fit"], evaluate: () => ({ kind: "value", value: true }) },
  });
  expect(map.crmPaths).toEqual(["description", "new_fit", "ownerid.email", "parentaccountid.name"]);
  expect(map.statusPath).toBe(null);
});

test("[MP1] the column of the stage is known", () => {
  const map = aFieldMap(bothWays("status", "statuscode", { as: "status", list: stageList }));
  expect(map.statusPath).toBe("statuscode");
});

test.each<[string, SomeEntries, RegExp]>([
  [
    "a place that no referral has",
    { createOut: [anEntry("details.dealvalue", "a")] },
    /did you mean "details.dealValue"/,
  ],
  ["a source that no referral has", { updateIn: [anEntry("a", "details.worth")] }, /has no "details.worth"/],
  [
    "a change that Partner Center does not allow",
    { updateOut: [anEntry("name", "name")] },
    /does not let "name" change/,
  ],
  ["a place that Partner Center fills", { createOut: [anEntry("id", "a")] }, /can only be read/],
  ["a place that the relay fills", { createOut: [anEntry("externalReferenceId", "a")] }, /the relay itself sets/],
  [
    "a status on create",
    { createOut: [anEntry("status", "statuscode", { as: "status", list: stageList })] },
    /gets its status from Partner Center/,
  ],
  ["a place that is written twice", { createOut: [anEntry("name", "a"), anEntry("name", "b")] }, /written twice/],
  ["a conversion that does not fit", { createOut: [anEntry("details.dealValue", "a")] }, /cannot be read as text/],
  ["a status without a list", { updateOut: [anEntry("status", "a", { as: "status" })] }, /needs a list/],
  ["people in the CRM", { createIn: [anEntry("a", "team", { as: "people" })] }, /people go to Partner Center only/],
  [
    "a constant in an update of the CRM",
    { updateIn: [anEntry("a", "", { source: { kind: "constant", value: 1 } })] },
    /takes "from" only/,
  ],
  [
    "a field that is read from one column and written to another",
    { updateOut: [anEntry("details.notes", "a")], updateIn: [anEntry("b", "details.notes")] },
    /an update must write the same path/,
  ],
  [
    "a formula that should be taken back",
    {
      updateOut: [
        anEntry("details.notes", "", {
          source: { kind: "formula", text: "", reads: [], evaluate: () => ({ kind: "value", value: null }) },
        }),
      ],
      updateIn: [anEntry("a", "details.notes")],
    },
    /cannot be taken back/,
  ],
  [
    "two conversions of one field",
    { updateOut: [anEntry("details.notes", "a")], updateIn: [anEntry("a", "details.notes", { as: "html-to-text" })] },
    /the same "as"/,
  ],
  [
    "two winners of a conflict",
    {
      updateOut: [anEntry("details.notes", "a", { conflict: "crm" })],
      updateIn: [anEntry("a", "details.notes", { conflict: "ask" })],
    },
    /two winners/,
  ],
  [
    "a value that never gives way in a field that goes both ways",
    bothWays("details.notes", "a", { unlessSet: true }),
    /must give way/,
  ],
  ["a look-up by a column that is not written", { match: { parentaccountid: ["name"] } }, /no toCrm entry writes/],
])("[MP2] refused: %s", (_what, entries, message) => {
  expect(refusals(entries).join("\n")).toMatch(message);
});

test("[MP2] everything that is wrong is said at once, each at its entry", () => {
  const compiled = compileFieldMap(
    someSections({ createOut: [anEntry("nme", "a"), anEntry("name", "b"), anEntry("id", "c")] }),
  );
  if (compiled.kind === "ok") throw new Error("must be refused");
  expect(compiled.problems.map(({ at }) => at)).toEqual([
    { section: "toPartnerCenter", event: "create", index: 0, part: "to" },
    { section: "toPartnerCenter", event: "create", index: 2, part: "to" },
  ]);
});
