/** @jest-environment jsdom */

import { act, createEvent, fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { chooseHelp } from "./choose-help";
import { mountSection } from "./mounted-section";
import { auditLine, referralId, someHelp, states } from "./states";

const synced = states["synced"]?.values ?? {};
const box = () => screen.getByRole("textbox", { name: "Products" });
const copyButton = () => screen.getByRole("button", { name: "Copy Referral identifier" });

function paste(text: string): boolean {
  const event = createEvent.paste(box(), { clipboardData: { getData: () => text } });
  return fireEvent(box(), event);
}

test("[PF4] the status is said in a live region, one sentence to a line", () => {
  mountSection(states["needs attention"]);
  const [status] = screen.getAllByRole("status");
  expect(status?.textContent).toContain("Needs you:");
  expect(
    within(status as HTMLElement)
      .getAllByRole("listitem")
      .map(({ textContent }) => textContent),
  ).toEqual(["Add the currency.", "Add the close date."]);
});

test("[PF5] the current deal type is marked for everybody", async () => {
  mountSection({ values: { sync: true } });
  const current = () =>
    screen.getByRole("list", { name: "Deal type" }).querySelector("[aria-current=true]")?.textContent;
  expect(current()).toBe("Private");
  await userEvent.click(screen.getByRole("switch", { name: "Visible to Microsoft" }));
  expect(current()).toBe("Partner-led");
});

test("[PF6] each line of the list says whether it is done", () => {
  mountSection(states["wrong products"]);
  const items = within(screen.getByRole("group", { name: "Before this deal can be shared" })).getAllByRole("listitem");
  expect(items.map((item) => within(item).getByRole("img").getAttribute("aria-label"))).toEqual(["Missing", "Done"]);
});

test("[PF8] a long trail is folded, unfolds, and folds again", async () => {
  mountSection(states["long trail"]);
  const lines = () => within(screen.getByRole("list", { name: "Audit" })).getAllByRole("listitem").length;
  expect(lines()).toBe(5);
  const button = screen.getByRole("button", { name: "Show all 200 entries" });
  expect(button.getAttribute("aria-expanded")).toBe("false");
  await userEvent.click(button);
  expect(lines()).toBe(200);
  await userEvent.click(screen.getByRole("button", { name: "Show fewer entries", expanded: true }));
  expect(lines()).toBe(5);
});

test("[PF8] a short trail has nothing to unfold, and an empty one says so", () => {
  const { refresh } = mountSection({ values: { ...synced, audit: auditLine } });
  expect(screen.queryByRole("button", { name: /entries/ })).toBeNull();
  expect(screen.getByText("2026-11-23 09:00").getAttribute("datetime")).toBe("2026-11-23T09:00:00.000Z");
  refresh({ audit: "" });
  expect(screen.getByText("Nothing has been synced yet.")).toBeTruthy();
});

test("[PF13] a product is taken on Enter", async () => {
  const { outputs } = mountSection();
  await userEvent.type(box(), "sol-1-a{Enter}");
  expect(outputs).toEqual([{ products: "SOL-1-A" }]);
  expect(box()).toHaveProperty("value", "");
  expect(screen.getByText("Added: SOL-1-A.").getAttribute("aria-live")).toBe("polite");
});

test("[PF13] nothing is taken while typing, and what was typed is taken when the box is left", async () => {
  const { outputs } = mountSection();
  await userEvent.type(box(), "SOL-1-A");
  expect(outputs).toEqual([]);
  await userEvent.tab();
  expect(outputs).toEqual([{ products: "SOL-1-A" }]);
});

test("[PF13] a pasted list is taken at once, and what is no solution id stays in the box", () => {
  const { outputs } = mountSection({ values: { products: "SOL-1-A" } });
  expect(paste("SOL-2-B\nSOL-1-A\nprose")).toBe(false);
  expect(outputs).toEqual([{ products: "SOL-1-A; SOL-2-B" }]);
  expect(box()).toHaveProperty("value", "prose");
  expect(screen.getByText("Added: SOL-2-B. Already in the list: SOL-1-A. Not a solution id: prose.")).toBeTruthy();
});

test("[PF13] a single pasted word is left to the box, to be completed", () => {
  const { outputs } = mountSection();
  expect(paste("SOL-2-B")).toBe(true);
  expect(outputs).toEqual([]);
});

test("[PF15] what cannot be changed is text without a control", () => {
  mountSection(states["read-only form"]);
  expect(screen.queryAllByRole("switch")).toEqual([]);
  expect(screen.queryByRole("combobox")).toBeNull();
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(screen.getByRole("group", { name: "Sync with Partner Center" }).textContent).toBe("Yes");
  expect(screen.getByRole("group", { name: "Products" }).textContent).toBe("SOL-12345-ABC, SOL-67890-DEF");
});

test("[PF15] a column that may not be read says so instead of its mask", () => {
  const { view } = mountSection(states["secured columns"]);
  expect(screen.getByRole("group", { name: "Products" }).textContent).toBe("Hidden by column security");
  expect(view.container.textContent).not.toContain("****");
  expect(view.container.textContent).not.toContain(referralId);
});

test("[PF15] the host's complaint about a value is shown at its field", () => {
  mountSection(states["errors of the host"]);
  const about = document.getElementById(box().getAttribute("aria-describedby") ?? "");
  expect(about?.textContent).toContain("Too long.");
});

test("[PF16] the referral identifier is copied by a button", async () => {
  const user = userEvent.setup();
  mountSection(states["synced"]);
  await act(() => user.click(copyButton()));
  expect(await navigator.clipboard.readText()).toBe(referralId);
  expect(await screen.findByText("Copied.")).toBeTruthy();
});

test("[PF16] where copying is not allowed the section says so", async () => {
  mountSection(states["synced"]);
  const refuse = jest.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("not allowed"));
  await act(() => Promise.resolve(void fireEvent.click(copyButton())));
  expect(await screen.findByText(/Copying is not allowed here/)).toBeTruthy();
  refuse.mockRestore();
});

test("[PF23] everything is reached by keyboard, in reading order", async () => {
  const user = userEvent.setup();
  mountSection({ values: { ...synced, audit: Array(9).fill(auditLine).join("\n") } });
  const reached: string[] = [];
  for (let n = 0; n < 10; n++) {
    await user.tab();
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) break;
    reached.push(activeElement.getAttribute("aria-label") ?? activeElement.textContent ?? "");
  }
  expect(reached.map((name) => name.trim())).toEqual([
    "Sync with Partner Center",
    "Remove SOL-12345-ABC",
    "Remove SOL-67890-DEF",
    "Products",
    "How can Microsoft help?",
    "Visible to Microsoft",
    "Copy Referral identifier",
    "Open in Partner Center",
    "Show all 9 entries",
  ]);
});

test("[PF23] the switch, the choice and the products are changed by keyboard alone", async () => {
  const user = userEvent.setup();
  const { outputs } = mountSection({ values: { products: "SOL-1-A; SOL-2-B" } });
  screen.getByRole("switch", { name: "Sync with Partner Center" }).focus();
  await user.keyboard(" ");
  screen.getByRole("button", { name: "Remove SOL-1-A" }).focus();
  await user.keyboard("{Enter}");
  expect(document.activeElement).toBe(box());
  expect(screen.getByText("Removed: SOL-1-A.").getAttribute("role")).toBe("status");
  screen.getByRole("combobox", { name: "How can Microsoft help?" }).focus();
  await act(async () => {
    await user.keyboard("{ArrowDown}");
    await new Promise((resolve) => requestAnimationFrame(resolve));
  });
  expect(screen.getByRole("listbox", { name: "How can Microsoft help?" })).toBeTruthy();
  screen.getByRole("option", { name: "General or other" }).focus();
  await act(() => user.keyboard("{Enter}"));
  expect(outputs).toEqual([{ sync: true }, { products: "SOL-2-B" }, { help: 842_130_005 }]);
});

test("[PF23] notes that warn of a choice are read with its control", () => {
  mountSection();
  const help = screen.getByRole("combobox", { name: "How can Microsoft help?" });
  const about = document.getElementById(help.getAttribute("aria-describedby") ?? "");
  expect(about?.textContent).toContain("cannot be taken back");
});

test("[PF23] the status is the same live region before and after it changes", () => {
  const { refresh } = mountSection(states["synced"]);
  const [before] = screen.getAllByRole("status");
  refresh(states["retrying"]?.values);
  expect(screen.getAllByRole("status")[0]).toBe(before);
  expect(before?.textContent).toContain("Retrying");
});

test.each([
  [320, "cosell-narrow"],
  [600, ""],
  [1200, "cosell-wide"],
  [-1, ""],
  [Number.NaN, ""],
])("[PF25] a section %d pixels wide has the shape %j", (width, shape) => {
  const { view } = mountSection({ width });
  const section = view.container.querySelector(".cosell-section");
  expect([...(section?.classList ?? [])].filter((name) => name !== "cosell-section")).toEqual(
    shape === "" ? [] : [shape],
  );
});

test("[PF11] choosing help makes visible follow, and no help gives it back", async () => {
  const { outputs } = mountSection({ values: { help: someHelp } });
  expect(screen.queryByRole("switch", { name: "Visible to Microsoft" })).toBeNull();
  await chooseHelp("No help needed");
  expect(outputs).toEqual([{ help: undefined }]);
  expect(screen.getByRole("switch", { name: "Visible to Microsoft" })).toBeTruthy();
});
