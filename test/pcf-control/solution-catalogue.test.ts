import { MOST_READ, MOST_SUGGESTED } from "../../pcf-control/CoSellSection/model/solution-search";
import type { SolutionQuery } from "../../pcf-control/CoSellSection/model/solution-search";
import { createCatalogue } from "../../pcf-control/CoSellSection/solution-catalogue";
import { answerTo, rowsOf } from "../control-browser/host/fake-web-api";
import type { SceneSolution } from "../control-browser/host/scene";

function catalogueOf(solutions: readonly SceneSolution[]) {
  const asked: string[] = [];
  const read = async ({ options }: SolutionQuery) => {
    asked.push(new URLSearchParams(options).get("$filter") ?? "");
    return answerTo(rowsOf(solutions), options);
  };
  return { asked, catalogue: createCatalogue(read) };
}

const few: readonly SceneSolution[] = [
  { id: "SOL-1-A", name: "Alpha" },
  { id: "SOL-2-B", name: "Beta" },
  { id: "SOL-3-C", name: "Gamma", active: false },
];
const many = Array.from({ length: MOST_READ + 30 }, (_, n) => ({ id: `SOL-${n}-M`, name: `Product ${1000 + n}` }));
const names = (found: readonly { readonly name: string }[]) => found.map(({ name }) => name);

test("[PF29] nothing is asked before somebody wants to know something", () => {
  const { asked, catalogue } = catalogueOf(few);
  catalogue.learn([]);
  expect([catalogue.available(), catalogue.nameOf("SOL-1-A"), asked]).toEqual([true, null, []]);
});

test("[PF29] a table that is read whole is asked once, however much is typed", async () => {
  const { asked, catalogue } = catalogueOf(few);
  expect(names(await catalogue.search(""))).toEqual(["Alpha", "Beta"]);
  expect(names(await catalogue.search("ALP"))).toEqual(["Alpha"]);
  expect(names(await catalogue.search("gam"))).toEqual([]);
  expect(asked).toEqual(["statecode eq 0"]);
});

test("[PF29] a longer table is searched by the server, once for the same words, and shows no more than fit", async () => {
  const { asked, catalogue } = catalogueOf(many);
  expect(await catalogue.search("")).toHaveLength(MOST_SUGGESTED);
  const last = many.at(-1)?.name ?? "";
  expect(names(await catalogue.search(last))).toEqual([last]);
  expect(names(await catalogue.search(` ${last.toUpperCase()}`))).toEqual([last]);
  expect(await catalogue.search("product")).toHaveLength(MOST_SUGGESTED);
  expect(asked).toHaveLength(3);
});

test("[PF29] the name of each id is asked once, together with those of its neighbours, and never for too many", async () => {
  const { asked, catalogue } = catalogueOf(few);
  const told = jest.fn();
  const end = catalogue.subscribe(told);
  catalogue.learn(["SOL-1-A", "SOL-3-C", "SOL-9-Z"]);
  catalogue.learn(["SOL-1-A", "SOL-9-Z"]);
  await catalogue.search("");
  expect([catalogue.nameOf("SOL-1-A"), catalogue.nameOf("SOL-3-C"), catalogue.nameOf("SOL-9-Z")]).toEqual([
    "Alpha",
    "Gamma",
    null,
  ]);
  expect(asked[0]).toBe(
    "cosell_solutionid eq 'SOL-1-A' or cosell_solutionid eq 'SOL-3-C' or cosell_solutionid eq 'SOL-9-Z'",
  );
  expect(asked).toHaveLength(2);
  expect(told).toHaveBeenCalledTimes(2);
  end();
  for (let n = 0; n < 20; n++) catalogue.learn(Array.from({ length: 60 }, (_, i) => `SOL-${n}${i}-X`));
  expect(asked.length).toBeLessThanOrEqual(2 + 4);
  expect(told).toHaveBeenCalledTimes(2);
});

test("[PF28] what a search found is known by name from then on", async () => {
  const { asked, catalogue } = catalogueOf(few);
  await catalogue.search("");
  catalogue.learn(["SOL-2-B"]);
  expect([catalogue.nameOf("SOL-2-B"), asked.length]).toEqual(["Beta", 1]);
});

test.each([
  ["there is no way to ask", null],
  ["the table is refused", () => Promise.reject(new Error("0x80060888"))],
  [
    "asking fails at once",
    () => {
      throw new Error("not implemented");
    },
  ],
  ["the answer is none", () => Promise.resolve(undefined as never)],
])("[PF30] where %s, there are no suggestions, no names and no second try", async (_, answer) => {
  const read = answer === null ? null : jest.fn(answer);
  const catalogue = createCatalogue(read);
  expect(await catalogue.search("a")).toEqual([]);
  catalogue.learn(["SOL-1-A"]);
  expect(await catalogue.search("b")).toEqual([]);
  expect([catalogue.available(), catalogue.nameOf("SOL-1-A")]).toEqual([false, null]);
  expect(read?.mock.calls.length ?? 1).toBe(1);
});
