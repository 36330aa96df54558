import {
  firstQuery,
  matching,
  MOST_READ,
  MOST_SUGGESTED,
  namesQuery,
  searchQuery,
  solutionLabel,
  solutionNamed,
  solutionsIn,
} from "../../pcf-control/CoSellSection/model/solution-search";
import { solutionId } from "../../pcf-control/CoSellSection/model/solution-ids";
import { solutionColumns, solutionTable } from "../../solution/schema/solution-table";
import { answerTo, rowsOf } from "../control-browser/host/fake-web-api";
import { fc } from "../support/properties";

const solutions = [
  { id: "SOL-1-A", name: "Contoso ERP" },
  { id: "SOL-2-B", name: "Café d'Azur 100%" },
  { id: "SOL-3-C", name: "Withdrawn", active: false },
  { id: "SOL-4-D", name: "[Beta] under_score" },
];
const rows = rowsOf(solutions);
const idsFor = (options: string) => solutionsIn(answerTo(rows, options)).map(({ id }) => id);

test("[PF29] every question names its columns, its filter and how many rows it wants", () => {
  for (const { options, most } of [firstQuery(), searchQuery("erp"), namesQuery(["SOL-1-A", "SOL-2-B"])]) {
    const asked = new URLSearchParams(options);
    expect(asked.get("$select")).toBe(`${solutionColumns.name.logicalName},${solutionColumns.solutionId.logicalName}`);
    expect(asked.get("$filter")).not.toBeNull();
    expect(asked.get("$top")).toBe(String(most));
    expect(options.startsWith("?")).toBe(true);
  }
  expect([firstQuery().most, searchQuery("x").most]).toEqual([MOST_READ, MOST_SUGGESTED]);
  expect(solutionTable.logicalName).toBe("cosell_cosellsolution");
});

test("[PF27] active rows are found by a part of their name or id, whatever the case and the accents", () => {
  expect(idsFor(firstQuery().options)).toEqual(["SOL-4-D", "SOL-2-B", "SOL-1-A"]);
  expect(idsFor(searchQuery(" erp ").options)).toEqual(["SOL-1-A"]);
  expect(idsFor(searchQuery("cafe D'").options)).toEqual(["SOL-2-B"]);
  expect(idsFor(searchQuery("sol-4").options)).toEqual(["SOL-4-D"]);
  expect(idsFor(searchQuery("withdrawn").options)).toEqual([]);
});

test.each(["100%", "[Beta]", "under_", "d'azur"])("[PF29] %s is searched for as it is written", (typed) => {
  expect(idsFor(searchQuery(typed).options)).toHaveLength(1);
});

test.each(["%", "_", "[", "' or statecode eq 1 or contains(cosell_name,'"])(
  "[PF29] %s cannot widen a search",
  (typed) => {
    const found = idsFor(searchQuery(typed).options);
    expect(found).toEqual(
      matching(solutionsIn(rows.filter(({ statecode }) => statecode === 0)), typed).map(({ id }) => id),
    );
    expect(found).not.toContain("SOL-3-C");
  },
);

test("[PF29] whatever is typed, the server and the section find the same", () => {
  const active = solutionsIn(answerTo(rows, firstQuery().options));
  const typed = fc.oneof(
    fc.string({ maxLength: 6 }),
    fc
      .array(fc.constantFrom("%", "_", "[", "]", "'", "c", "É", "100", " ", "sol-", "(", ")", "&", "#", "+"), {
        maxLength: 5,
      })
      .map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(typed, (text) => {
      expect(idsFor(searchQuery(text).options)).toEqual(matching(active, text).map(({ id }) => id));
    }),
    { numRuns: 2_000 },
  );
});

test("[PF28] names are asked for active and other rows alike", () => {
  expect(idsFor(namesQuery(["SOL-3-C", "sol-1-a"]).options)).toEqual(["SOL-1-A", "SOL-3-C"]);
});

test("[PF30] rows that are no solutions are left out, and a row without a name is called by its id", () => {
  const odd = [
    null,
    7,
    "x",
    {},
    { cosell_solutionid: 5 },
    { cosell_solutionid: "prose" },
    { cosell_solutionid: "sol-9-z" },
  ];
  expect(solutionsIn(odd)).toEqual([{ id: "SOL-9-Z", name: "SOL-9-Z" }]);
  fc.assert(
    fc.property(fc.array(fc.anything()), (answer) => {
      for (const { id, name } of solutionsIn(answer)) {
        expect(solutionId(id)).toBe(id);
        expect(name.trim()).not.toBe("");
      }
    }),
  );
});

test("[PF27] a whole name stands for its solution, unless two bear it", () => {
  const twice = [...solutions, { id: "SOL-5-E", name: "contoso erp" }];
  expect(solutionNamed(solutions, "CONTOSO ERP ")).toMatchObject({ id: "SOL-1-A" });
  expect(solutionNamed(twice, "Contoso ERP")).toBeNull();
  expect(solutionNamed(solutions, "Contoso")).toBeNull();
});

test("[PF28] a solution is told by name and id, or by its id alone", () => {
  expect(solutionLabel("SOL-1-A", "Contoso ERP")).toBe("Contoso ERP (SOL-1-A)");
  expect([solutionLabel("SOL-1-A", null), solutionLabel("SOL-1-A", "SOL-1-A")]).toEqual(["SOL-1-A", "SOL-1-A"]);
});
