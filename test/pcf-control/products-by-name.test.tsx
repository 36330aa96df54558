/** @jest-environment jsdom */

import { act, fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { rowsOf, answerTo } from "../control-browser/host/fake-web-api";
import type { SceneSolution } from "../control-browser/host/scene";
import { fc } from "../support/properties";
import type { HostOptions } from "./fake-context";
import { mountSection } from "./mounted-section";
import { referralId } from "./states";

const solutions: readonly SceneSolution[] = [
  { id: "SOL-1-A", name: "Contoso ERP" },
  { id: "SOL-2-B", name: "Fabrikam Field Service" },
  { id: "SOL-3-C", name: "Withdrawn", active: false },
];

function tableOf(rows: readonly SceneSolution[]): Pick<HostOptions, "solutions"> {
  return { solutions: (options) => Promise.resolve(answerTo(rowsOf(rows), options)) };
}

/** Does as a seller would, and lets what follows from it happen. */
async function does(action: (seller: typeof userEvent) => Promise<unknown>): Promise<void> {
  await act(async () => {
    await action(userEvent);
  });
}

afterEach(() => jest.restoreAllMocks());

const box = () => screen.getByLabelText("Products", { selector: "input" });
const option = (name: RegExp) => screen.findByRole("option", { name });

test("[PF28] tags show the names that are known, of rows that are not active too", async () => {
  const { host } = mountSection({ values: { products: "SOL-1-A; SOL-3-C; SOL-9-Z" }, ...tableOf(solutions) });
  expect(await screen.findByText("Withdrawn")).toBeTruthy();
  const tags = within(screen.getByRole("list", { name: "Products of the deal" })).getAllByRole("listitem");
  expect(tags.map(({ textContent }) => textContent)).toEqual(["Contoso ERP SOL-1-A", "Withdrawn SOL-3-C", "SOL-9-Z"]);
  expect(screen.getByRole("button", { name: "Remove Contoso ERP (SOL-1-A)" })).toBeTruthy();
  expect(host.asked.map(([table, , most]) => [table, most])).toEqual([["cosell_cosellsolution", 3]]);
});

test("[PF28] products that cannot be changed are told by name and id", async () => {
  mountSection({ values: { products: "SOL-1-A; SOL-9-Z", referralId }, disabled: true, ...tableOf(solutions) });
  await screen.findByText("Contoso ERP (SOL-1-A), SOL-9-Z");
  expect(screen.getByRole("group", { name: "Products" }).textContent).toBe("Contoso ERP (SOL-1-A), SOL-9-Z");
});

test("[PF27] a suggestion is taken by a click, as its id, and is not suggested again", async () => {
  const { outputs } = mountSection({ values: { products: "SOL-1-A" }, ...tableOf(solutions) });
  await does((seller) => seller.click(box()));
  const fabrikam = await option(/Fabrikam/);
  await does((seller) => seller.click(fabrikam));
  expect(outputs).toEqual([{ products: "SOL-1-A; SOL-2-B" }]);
  expect(screen.getByText("Added: Fabrikam Field Service (SOL-2-B).")).toBeTruthy();
  await does((seller) => seller.click(box()));
  expect(screen.queryByRole("listbox")).toBeNull();
});

test("[PF27] nothing is taken that the seller did not choose: Enter and leaving take what was typed", async () => {
  const { outputs } = mountSection(tableOf(solutions));
  await does((seller) => seller.type(box(), "contoso"));
  await option(/Contoso/);
  await does((seller) => seller.keyboard("{Enter}"));
  expect(outputs).toEqual([]);
  expect(box()).toHaveProperty("value", "contoso");
  expect(screen.getByText("Not a solution id: contoso.")).toBeTruthy();
});

test("[PF27] an arrow key chooses, Enter takes, Escape closes and keeps what was typed", async () => {
  const { outputs } = mountSection(tableOf(solutions));
  await does((seller) => seller.type(box(), "o"));
  await option(/Contoso/);
  await does((seller) => seller.keyboard("{ArrowDown}{Escape}"));
  expect([screen.queryByRole("listbox"), outputs, box().getAttribute("aria-expanded")]).toEqual([null, [], "false"]);
  await does((seller) => seller.keyboard("{ArrowDown}"));
  await option(/Contoso/);
  await does((seller) => seller.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}"));
  expect(screen.getByRole("option", { selected: true }).id).toBe(box().getAttribute("aria-activedescendant"));
  await does((seller) => seller.keyboard("{Enter}"));
  expect(outputs).toEqual([{ products: "SOL-1-A" }]);
});

test("[PF27] a whole name is taken for its solution", async () => {
  const { outputs } = mountSection(tableOf(solutions));
  await does((seller) => seller.type(box(), "contoso erp"));
  await option(/Contoso/);
  await does((seller) => seller.tab());
  expect(outputs).toEqual([{ products: "SOL-1-A" }]);
});

test("[PF27] keys of an unfinished word of an input method are its own", async () => {
  const { outputs } = mountSection(tableOf(solutions));
  await does((seller) => seller.type(box(), "SOL-9-Z"));
  fireEvent.keyDown(box(), { key: "Enter", isComposing: true });
  expect(outputs).toEqual([]);
});

test("[PF29] two views of the form ask once, and a field that is hidden or may not be read asks nothing", async () => {
  const security = { readable: false, editable: false, secured: true };
  const values = { products: "SOL-1-A" };
  const { host, refresh } = mountSection({ values, ...tableOf(solutions) });
  refresh();
  refresh({ sync: true });
  await screen.findByText("Contoso ERP");
  expect(host.asked).toHaveLength(1);
  expect(mountSection({ values, ...tableOf(solutions), hiddenFields: "products" }).host.asked).toEqual([]);
  expect(mountSection({ values, ...tableOf(solutions), properties: { products: { security } } }).host.asked).toEqual(
    [],
  );
});

test("[PF30] where the table is refused the box is a plain box, and nothing is said", async () => {
  const complaints = [jest.spyOn(console, "error"), jest.spyOn(console, "warn")];
  const { host, outputs, view } = mountSection({
    values: { products: "SOL-1-A" },
    solutions: () => Promise.reject(new Error("No privilege.")),
  });
  expect(await screen.findByPlaceholderText("Add solution ids")).toBe(box());
  await does((seller) => seller.type(box(), "SOL-2-B{Enter}"));
  expect([box().getAttribute("role"), outputs]).toEqual([null, [{ products: "SOL-1-A; SOL-2-B" }]]);
  expect(view.container.textContent).not.toContain("privilege");
  expect(host.asked).toHaveLength(1);
  for (const complaint of complaints) expect(complaint).not.toHaveBeenCalled();
});

test("[PF30] an answer that comes when the form is gone changes nothing", async () => {
  const complaint = jest.spyOn(console, "error");
  let answer: (rows: readonly object[]) => void = () => undefined;
  const { view, control } = mountSection({
    values: { products: "SOL-1-A" },
    solutions: () => new Promise((resolve) => (answer = resolve)),
  });
  view.unmount();
  control.destroy();
  await act(async () => answer(answerTo(rowsOf(solutions), "?$select=cosell_name,cosell_solutionid")));
  expect(complaint).not.toHaveBeenCalled();
});

test("[PF31] the section says whether the column or the referral is full", async () => {
  const attributes = { MaxLength: 20 };
  const { outputs } = mountSection({
    values: { products: "SOL-1-A; SOL-2-B" },
    properties: { products: { attributes } as never },
  });
  await does((seller) => seller.type(box(), "SOL-3-C{Enter}"));
  expect(outputs).toEqual([]);
  expect(screen.getByText("No room for: SOL-3-C. The Products column is full.")).toBeTruthy();
});

test("[PF21] hostile names create no element in tags and list", async () => {
  const hostile = fc.array(
    fc.oneof(
      fc.constantFrom("<img src=x onerror=alert(1)>", "</span>", "<script>", "javascript:", "&lt;", '"', "'", "\u202e"),
      fc.string({ unit: "binary", maxLength: 5 }),
    ),
    { minLength: 1, maxLength: 6 },
  );
  const names = fc.sample(hostile, { numRuns: 40, seed: 1 }).map((parts) => parts.join(""));
  const rows = names.map((name, n) => ({ id: `SOL-${n}-A`, name }));
  const { view } = mountSection({ values: { products: "SOL-0-A; SOL-1-A; SOL-2-A" }, ...tableOf(rows) });
  await does((seller) => seller.click(box()));
  expect((await screen.findAllByRole("option")).length).toBeGreaterThan(10);
  const drawn = [...view.container.querySelectorAll("*"), ...document.querySelectorAll("[role=listbox] *")];
  const tags = new Set(drawn.map(({ tagName }) => tagName.toLowerCase()));
  for (const tag of ["img", "script", "iframe", "a"]) expect(tags.has(tag)).toBe(false);
  expect(drawn.filter((each) => [...each.attributes].some(({ name }) => name.startsWith("on")))).toEqual([]);
});
