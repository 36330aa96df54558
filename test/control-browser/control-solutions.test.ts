// Products picked by name, in the real built bundle: what the seller finds in the list, with mouse and keyboard, what the
// form is handed, what the table is asked; and that nothing is missed where there is no table.

import { BROWSER_TEST_TIMEOUT_MS } from "../support/run-browser";
import { CONTROL_BUILD_TIMEOUT_MS } from "../support/run-control-build";
import { reactVersions } from "./control-host";
import { openControlPages, type ControlPages } from "./control-page";
import type { Scene } from "./host/scene";
import { scenes, type SceneName } from "./scenes";
import { partsOf, paste } from "./section-parts";

let pages: ControlPages;
beforeAll(async () => {
  pages = await openControlPages();
}, BROWSER_TEST_TIMEOUT_MS + CONTROL_BUILD_TIMEOUT_MS);
afterAll(() => pages.close());

const byName = scenes["products by name"];

describe.each(reactVersions)("on React %s", (react) => {
  /** What the table was asked so far, as the filters read. */
  async function filters(): Promise<readonly string[]> {
    const events = await pages.on(react).events();
    return events.flatMap((event) =>
      event.kind === "query" ? [new URLSearchParams(event.options).get("$filter") ?? ""] : [],
    );
  }

  const options = () => pages.on(react).page.getByRole("option");

  test("[CB12] tags bear the names of known solutions, retired ones too, and are removed by name", async () => {
    const { page, play, outputs } = pages.on(react);
    await play({ ...byName, columns: { ...byName.columns, products: "SOL-10001-ABC; SOL-20002-DEF; SOL-77777-XYZ" } });
    const { tags } = partsOf(page);
    await tags.filter({ hasText: "Contoso Backup for Azure" }).waitFor();
    expect(await tags.allTextContents()).toEqual([
      "Contoso Backup for Azure SOL-10001-ABC",
      "Contoso Café Point of Sale SOL-20002-DEF",
      "SOL-77777-XYZ",
    ]);
    await page.getByRole("button", { name: "Remove Contoso Backup for Azure (SOL-10001-ABC)" }).click();
    expect(await outputs()).toEqual([{ products: "SOL-20002-DEF; SOL-77777-XYZ" }]);
    expect(await filters()).toEqual([
      "cosell_solutionid eq 'SOL-10001-ABC' or cosell_solutionid eq 'SOL-20002-DEF' or cosell_solutionid eq 'SOL-77777-XYZ'",
    ]);
  });

  test("[CB12] the box finds active solutions by name or id as one types, and a click takes one as its id", async () => {
    const { page, play, outputs, screenshot, axe, complaints } = pages.on(react);
    await play(byName);
    const { products, outcome } = partsOf(page);
    await products.click();
    await options().first().waitFor();
    expect(await options().allTextContents()).toEqual([
      "Contoso ERP contoso_erp-2",
      "Fabrikam Field Service SOL-30003-GHI",
      "Fabrikam Field Service, small teams SOL-40004-JKL",
      "Tailspin 100% Cloud SOL-50005-MNO",
      "Woodgrove Clôture mensuelle SOL-60006-PQR",
    ]);
    await screenshot("suggestions");
    expect(await axe()).toEqual([]);
    await page.keyboard.type("cloture");
    await options().nth(1).waitFor({ state: "detached" });
    await options().first().waitFor();
    expect(await options().allTextContents()).toEqual(["Woodgrove Clôture mensuelle SOL-60006-PQR"]);
    await options().first().click();
    await outcome.filter({ hasText: "Added: Woodgrove Clôture mensuelle (SOL-60006-PQR)." }).waitFor();
    expect(await outputs()).toEqual([{ products: "SOL-10001-ABC; SOL-20002-DEF; SOL-60006-PQR" }]);
    expect(await products.inputValue()).toBe("");
    expect(await products.evaluate((box) => box === document.activeElement)).toBe(true);
    expect(await options().count()).toBe(0);
    expect((await filters()).slice(1)).toEqual(["statecode eq 0"]);
    expect(complaints()).toEqual([]);
  });

  test("[CB12] the list is used by the keyboard alone, and says how many there are", async () => {
    const { page, play, outputs } = pages.on(react);
    await play(scenes["no product yet, by name"]);
    const { products } = partsOf(page);
    await products.focus();
    expect([await products.getAttribute("role"), await products.getAttribute("aria-expanded")]).toEqual([
      "combobox",
      "false",
    ]);
    await page.keyboard.press("ArrowDown");
    await options().first().waitFor();
    expect(await page.getByRole("status").allTextContents()).toContain("Suggestions: 6. Use the arrow keys to choose.");
    const active = () => page.locator("[role=option][aria-selected=true]");
    expect(await active().count()).toBe(0);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await active().filter({ hasText: "Contoso ERP" }).waitFor();
    expect(await products.getAttribute("aria-activedescendant")).toBe(await active().getAttribute("id"));
    expect(await products.getAttribute("aria-controls")).toBe(await page.getByRole("listbox").getAttribute("id"));
    await page.keyboard.press("Enter");
    expect(await outputs()).toEqual([{ products: "contoso_erp-2" }]);
    await page.keyboard.press("ArrowUp");
    await options().first().waitFor();
    await page.keyboard.press("ArrowUp");
    await active().filter({ hasText: "Woodgrove" }).waitFor();
    await page.keyboard.press("Escape");
    await options().first().waitFor({ state: "detached" });
    expect(await outputs()).toHaveLength(1);
    expect(await products.evaluate((box) => box === document.activeElement)).toBe(true);
  });

  test("[CB12] a whole name that was typed is taken for its solution; words that are none stay, and ids work as ever", async () => {
    const { page, play, outputs } = pages.on(react);
    await play(scenes["no product yet, by name"]);
    const { products, outcome } = partsOf(page);
    await products.click();
    await options().first().waitFor();
    await page.keyboard.type("fabrikam field service");
    await options().filter({ hasText: "small teams" }).waitFor();
    await options().nth(2).waitFor({ state: "detached" });
    await page.keyboard.press("Enter");
    expect(await outputs()).toEqual([{ products: "SOL-30003-GHI" }]);
    await page.keyboard.type("Dynamics 365 add-on");
    await page.keyboard.press("Tab");
    expect(await outcome.textContent()).toBe("Not a solution id: Dynamics 365 add-on.");
    expect(await products.inputValue()).toBe("Dynamics 365 add-on");
    await products.fill("");
    await paste(products, "SOL-1-A;SOL-2-B");
    expect((await outputs()).slice(1)).toEqual([{ products: "SOL-30003-GHI; SOL-1-A; SOL-2-B" }]);
  });

  test("[CB12] a table that is too long to be read is searched by the server", async () => {
    const { page, play, screenshot } = pages.on(react);
    await play(scenes["many solutions"]);
    const { products } = partsOf(page);
    await products.click();
    await options().first().waitFor();
    expect(await options().count()).toBe(20);
    await page.keyboard.press("ArrowUp");
    await page.locator("[role=option][aria-selected=true]", { hasText: "Product 019" }).waitFor();
    await screenshot("many suggestions");
    await page.keyboard.type("o'n");
    await options().filter({ hasText: "Zebra O'Neil" }).waitFor();
    expect(await options().count()).toBe(1);
    expect((await filters()).slice(-1)).toEqual([
      "statecode eq 0 and (contains(cosell_name,'o''n') or contains(cosell_solutionid,'o''n'))",
    ]);
  });

  test.each(["not shared, ready", "no web api", "new record"] satisfies readonly SceneName[])(
    "[CB12] “%s”: without the table the box takes ids, and nothing is said of it",
    async (name) => {
      const { page, play, outputs, complaints } = pages.on(react);
      const scene: Scene = scenes[name];
      await play(scene);
      const { products } = partsOf(page);
      await products.click();
      await page.keyboard.type("SOL-30003-GHI");
      await page.locator('input[placeholder="Add solution ids"]').waitFor();
      expect(await products.getAttribute("role")).toBeNull();
      await page.keyboard.press("Enter");
      const before = String(scene.columns.products ?? "");
      expect(await outputs()).toEqual([{ products: before === "" ? "SOL-30003-GHI" : `${before}; SOL-30003-GHI` }]);
      expect(await options().count()).toBe(0);
      expect((await filters()).length).toBeLessThanOrEqual(1);
      expect(complaints()).toEqual([]);
    },
  );

  test("[CB12] hostile names are text", async () => {
    const { page, play } = pages.on(react);
    await play(scenes["hostile names"]);
    const { tags, products } = partsOf(page);
    await tags.filter({ hasText: "onerror" }).waitFor();
    await products.click();
    await options().filter({ hasText: "<a href=javascript:alert(1)>Click</a>" }).waitFor();
    expect(await page.locator("main").locator("a, img, iframe, script").count()).toBe(0);
    expect(await page.locator("[role=listbox]").locator("a, img, iframe, script").count()).toBe(0);
    expect(await page.title()).toBe("Opportunity");
  });

  test.each([
    ["dark, products by name", false],
    ["classic, products by name", false],
    ["right to left, products by name", false],
    ["french, products by name", false],
    ["narrow, products by name", false],
    ["products by name", true],
  ] satisfies readonly (readonly [SceneName, boolean])[])(
    "[CB12] the open list fits “%s” (forced colours: %s)",
    async (name, forcedColours) => {
      const { page, play, screenshot, axe, complaints } = pages.on(react);
      await play(scenes[name], { forcedColours });
      const field = page.locator('[data-field="products"]');
      await field.getByRole("listitem").filter({ hasText: "Contoso" }).first().waitFor();
      await field.locator("input").focus();
      await page.keyboard.press("ArrowDown");
      await options().first().waitFor();
      await page.keyboard.press("ArrowDown");
      await page.locator("[role=option][aria-selected=true]").waitFor();
      await screenshot(`suggestions ${name}${forcedColours ? " forced colours" : ""}`);
      expect(await axe()).toEqual([]);
      expect(complaints()).toEqual([]);
    },
  );
});
