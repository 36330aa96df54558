import { helpOptions } from "../../solution/schema/help-options";
import { choiceFindings, choicePaths } from "../../sync-relay/src/operate/doctor/choice-check";
import { shippedMap } from "../pipeline/world";
import { aColumn } from "./doctor-parts";

const help = helpOptions.map(({ value }) => value);

function found(status: readonly number[] | null, helpValues: readonly number[] | null = help) {
  const columns = new Map([
    ["statuscode", aColumn("choice", status)],
    ["cosell_helprequired", aColumn("choice", helpValues)],
  ]);
  return choiceFindings(shippedMap, columns);
}

test("[DC43] the choices that the mapping translates by a list of codes are looked at, and only those", () => {
  expect([...choicePaths(shippedMap)].sort()).toEqual(["cosell_helprequired", "statuscode"]);
});

test("[DC43] choices that agree with the mapping have no findings, nor have columns that are none", () => {
  expect(found([1, 2, 3, 4, 5])).toEqual([]);
  expect(found(null, null)).toEqual([]);
  expect(choiceFindings(shippedMap, new Map())).toEqual([]);
});

test("[DC43] options that the mapping does not know, and values that are no option, are told by column", () => {
  expect(found([1, 2, 3, 4, 5, 779_150_011, 779_150_002])).toEqual([
    { id: "option-unknown", values: { column: "statuscode", options: "779150002, 779150011" } },
  ]);
  expect(found([1, 2, 3])).toEqual([{ id: "option-gone", values: { column: "statuscode", options: "4, 5" } }]);
  expect(
    found([1, 2, 3, 4, 6], [...help.slice(1), 7])
      .map(({ id }) => id)
      .sort(),
  ).toEqual(["option-gone", "option-gone", "option-unknown", "option-unknown"]);
});

test("[DC43] an option that is only ever written from Partner Center's values may be unknown", () => {
  const nothing = { create: [], update: [] };
  const written = { ...shippedMap, toPartnerCenter: nothing };
  const columns = new Map([["statuscode", aColumn("choice", [1, 2, 3, 4, 5, 6])]]);
  expect(choiceFindings(written, columns)).toEqual([]);
});
