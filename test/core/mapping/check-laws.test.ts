import { checkLaws } from "../../../sync-relay/src/core/mapping/check-laws";
import type { ValueList } from "../../../sync-relay/src/core/mapping/field-map";
import { aFieldMap, anEntry, bothWays, stageList } from "./a-field-map";

test("[MP19] a field whose values read back on both sides keeps the laws", () => {
  const map = aFieldMap({
    updateOut: [anEntry("details.notes", "a", { max: 10 }), anEntry("details.dealValue", "b", { as: "money" })],
    updateIn: [anEntry("a", "details.notes"), anEntry("b", "details.dealValue", { as: "money" })],
  });
  expect(checkLaws(map)).toEqual([]);
  expect(checkLaws(aFieldMap(bothWays("status", "s", { as: "status", list: stageList })))).toEqual([]);
});

test("[MP19] a list whose values do not read back breaks a law, with the value that proves it", () => {
  const list: ValueList = {
    builtin: null,
    pairs: [
      { crm: "A", canonical: "B" },
      { crm: "B", canonical: "A" },
      { crm: "B", canonical: "C" },
    ],
  };
  expect(checkLaws(aFieldMap(bothWays("campaignId", "c", { as: "choice", list })))).toEqual([
    { field: "campaignId", law: "reads-back-from-crm", counterExample: "C", readsBackAs: "A" },
  ]);
});

test("[MP19] a default that fills the CRM with something else breaks a law", () => {
  const map = aFieldMap({
    updateOut: [anEntry("details.notes", "a")],
    updateIn: [anEntry("a", "details.notes", { default: "no notes" })],
  });
  expect(checkLaws(map)).toEqual([
    { field: "details.notes", law: "reads-back-from-crm", counterExample: null, readsBackAs: "no notes" },
  ]);
});

test("[MP19] a field that goes one way only is not held to the laws", () => {
  const list: ValueList = { builtin: null, pairs: [{ crm: "A", canonical: "B" }] };
  expect(checkLaws(aFieldMap({ updateOut: [anEntry("campaignId", "c", { as: "choice", list })] }))).toEqual([]);
});
