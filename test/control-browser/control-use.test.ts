// The real built bundle used as a seller would: mouse, keyboard alone, paste, two sections on one form. What counts is
// what the form is handed, and what the seller then reads.

import { keptInBrowser, nothingKept } from "../support/kept-in-browser";
import { BROWSER_TEST_TIMEOUT_MS } from "../support/run-browser";
import { CONTROL_BUILD_TIMEOUT_MS } from "../support/run-control-build";
import { reactVersions } from "./control-host";
import { openControlPages, type ControlPages } from "./control-page";
import { helpValue, scenes, someLink, someReferralId, someSolutions, statusValue } from "./scenes";
import { partsOf, paste, tabOrder } from "./section-parts";

let pages: ControlPages;
beforeAll(async () => {
  pages = await openControlPages();
}, BROWSER_TEST_TIMEOUT_MS + CONTROL_BUILD_TIMEOUT_MS);
afterAll(() => pages.close());

const ready = scenes["not shared, ready"];
const shared = scenes.synced;

describe.each(reactVersions)("on React %s", (react) => {
  test("[CB4] the switch hands the form the sync column alone, and the seller reads what follows", async () => {
    const { page, play, outputs } = pages.on(react);
    await play(ready);
    const { sync, status } = partsOf(page);
    await sync.click();
    expect(await outputs()).toEqual([{ sync: true }]);
    expect(await sync.getAttribute("aria-checked")).toBe("true");
    expect(await status.textContent()).toContain("once the opportunity is saved");
    await sync.click();
    expect(await outputs()).toEqual([{ sync: true }, { sync: false }]);
    expect(await status.textContent()).toContain("Not shared");
  });

  test("[CB4] a choice of help is one output, makes the deal a co-sell, and can be taken back before it is sent", async () => {
    const { page, play, outputs, screenshot, axe } = pages.on(react);
    await play(ready);
    const { help, option, visible } = partsOf(page);
    await help.click();
    await option("Quotes or licensing").waitFor();
    await screenshot("list open");
    expect(await axe()).toEqual([]);
    await option("Quotes or licensing").click();
    expect(await outputs()).toEqual([{ help: helpValue("QuotesOrLicensing") }]);
    expect(await page.locator("[aria-current=true]").allTextContents()).toEqual(["Co-sell"]);
    expect(await visible.count()).toBe(0);
    await help.click();
    await option("No help needed").click();
    expect((await outputs()).slice(1)).toEqual([{ help: null }]);
    expect(await page.locator("[aria-current=true]").allTextContents()).toEqual(["Private"]);
  });

  test("[CB5] a typed solution id is handed over on Enter or when the box is left, not before", async () => {
    const { page, play, outputs } = pages.on(react);
    await play(ready);
    const { products, tags } = partsOf(page);
    await products.click();
    await page.keyboard.type("sol-30003-ghi");
    expect(await outputs()).toEqual([]);
    await page.keyboard.press("Enter");
    expect(await outputs()).toEqual([{ products: `${someSolutions}; SOL-30003-GHI` }]);
    await page.keyboard.type("SOL-40004-JKL");
    await page.keyboard.press("Tab");
    expect((await outputs()).slice(1)).toEqual([{ products: `${someSolutions}; SOL-30003-GHI; SOL-40004-JKL` }]);
    expect(await tags.count()).toBe(4);
  });

  test("[CB5] a pasted list becomes tags in one output; duplicates are folded, other words stay to be corrected", async () => {
    const { page, play, outputs, screenshot, axe } = pages.on(react);
    await play(ready);
    const { products, outcome, tags } = partsOf(page);
    await products.click();
    await paste(products, "SOL-30003-GHI\r\nsol-10001-abc, Azure;\tSOL-30003-GHI SOL-40004-JKL");
    expect(await outputs()).toEqual([{ products: `${someSolutions}; SOL-30003-GHI; SOL-40004-JKL` }]);
    expect(await tags.allTextContents()).toEqual(["SOL-10001-ABC", "SOL-20002-DEF", "SOL-30003-GHI", "SOL-40004-JKL"]);
    expect(await products.inputValue()).toBe("Azure");
    expect(await outcome.textContent()).toBe(
      "Added: SOL-30003-GHI, SOL-40004-JKL. Already in the list: SOL-10001-ABC. Not a solution id: Azure.",
    );
    await screenshot("pasted list");
    expect(await axe()).toEqual([]);
  });

  test("[CB5] removed solutions leave the column, the last one empties it, and the focus stays at the box", async () => {
    const { page, play, outputs } = pages.on(react);
    await play(ready);
    const { products } = partsOf(page);
    await page.getByRole("button", { name: "Remove SOL-10001-ABC" }).click();
    expect(await products.evaluate((box) => box === document.activeElement)).toBe(true);
    await page.getByRole("button", { name: "Remove SOL-20002-DEF" }).click();
    expect(await outputs()).toEqual([{ products: "SOL-20002-DEF" }, { products: null }]);
  });

  test("[CB5] what the seller is typing survives whatever the form shows meanwhile", async () => {
    const { page, play, outputs } = pages.on(react);
    await play(ready);
    const { products, status } = partsOf(page);
    await products.click();
    await page.keyboard.type("SOL-3");
    await page.evaluate((value) => window.coSellHost.write({ syncStatus: value, sync: true }), statusValue("waiting"));
    await page.evaluate(() => window.coSellHost.refresh());
    await page.keyboard.type("0003-GHI");
    expect(await status.textContent()).toContain("Waiting");
    expect(await products.inputValue()).toBe("SOL-30003-GHI");
    expect(await outputs()).toEqual([]);
  });

  test("[CB6] before sharing, the keyboard reaches every field once, in the order of the form", async () => {
    const { page, play } = pages.on(react);
    await play(ready);
    const label = await partsOf(page).help.getAttribute("aria-label");
    expect(await tabOrder(page)).toEqual([
      "Sync with Partner Center",
      "Remove SOL-10001-ABC",
      "Remove SOL-20002-DEF",
      "Products",
      label ?? "How can Microsoft help?",
      "Visible to Microsoft",
    ]);
  });

  test("[CB6] after sharing, the keyboard reaches what can still be changed or used", async () => {
    const { page, play } = pages.on(react);
    await play(scenes["long trail"]);
    expect(await tabOrder(page)).toEqual([
      "Sync with Partner Center",
      "Remove SOL-10001-ABC",
      "Remove SOL-20002-DEF",
      "Products",
      "Copy Referral identifier",
      "Open in Partner Center",
      "Show all 200 entries",
    ]);
  });

  test("[CB6] a deal is shared with the keyboard alone", async () => {
    const { page, play, outputs } = pages.on(react);
    await play(scenes["new record"]);
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await partsOf(page).sync.focus();
    await press("Space");
    // Nobody goes on before the switch has moved.
    await page.locator("[role=switch][aria-checked=true]").first().waitFor();
    await press("Tab");
    await page.keyboard.type("SOL-10001-ABC");
    // Leaving the box adds the id; the new tag stands before the box.
    await press("Tab", "Alt+ArrowDown");
    // A list takes the focus once it has its place; nobody types faster than that.
    await page.locator("[role=option]:focus").waitFor();
    await press("End");
    await page.locator("[role=option]:focus", { hasText: "General or other" }).waitFor();
    await press("Enter");
    await page.locator("[aria-current=true]", { hasText: "Co-sell" }).waitFor();
    expect(await outputs()).toEqual([
      { sync: true },
      { products: "SOL-10001-ABC" },
      { help: helpValue("GeneralOrOther") },
    ]);
  });

  test("[CB7] what was sent cannot be changed, and a closed deal not at all", async () => {
    const { page, play } = pages.on(react);
    await play(shared);
    const { help, visible, products, sync } = partsOf(page);
    expect([await help.count(), await visible.count(), await products.count()]).toEqual([0, 0, 1]);
    await play(scenes["closed as won"]);
    expect([await help.count(), await visible.count(), await products.count()]).toEqual([0, 0, 0]);
    await play(scenes["read-only form"]);
    expect([await sync.count(), await products.count(), await page.getByRole("switch").count()]).toEqual([0, 0, 0]);
    await play(scenes["read-only columns"]);
    expect(await page.locator("[role=switch], input, [role=combobox]").count()).toBe(0);
  });

  test("[CB7] a masked value is nowhere on the page", async () => {
    const { page, play } = pages.on(react);
    await play(scenes["masked columns"]);
    const content = await page.locator("#section").innerHTML();
    expect(content).toContain("Hidden by column security");
    for (const secret of ["SOL-10001-ABC", "Customer technical architecture", "Referral created"]) {
      expect(content).not.toContain(secret);
    }
    expect(await page.locator('[data-field="referralId"]').textContent()).not.toContain(someReferralId);
  });

  test("[CB8] the link opens by way of the form; a hostile one is no link, and hostile texts are text", async () => {
    const { page, play, events } = pages.on(react);
    await play(shared);
    await partsOf(page).link.click();
    expect((await events()).filter(({ kind }) => kind !== "query")).toEqual([{ kind: "open-url", url: someLink }]);
    expect(await page.title()).toBe("Opportunity");
    expect(page.context().pages()).toHaveLength(1);
    await play(scenes["hostile texts"]);
    expect(await partsOf(page).link.count()).toBe(0);
    expect(await page.locator("#section").locator("a, img, iframe, script, b").count()).toBe(0);
    expect(await page.locator("#section").textContent()).toContain("<script>document.title=1</script>");
    expect(await page.title()).toBe("Opportunity");
  });

  test("[CB8] the referral identifier is copied, and the seller is told when that is not allowed", async () => {
    const { page, play } = pages.on(react);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await play(shared);
    await partsOf(page).copy.click();
    const told = page.locator('[data-field="referralId"] [role="status"]');
    await told.filter({ hasText: "Copied" }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(someReferralId);
    await page.evaluate(() => {
      Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true });
    });
    await partsOf(page).copy.click();
    await told.filter({ hasText: "Copying is not allowed here." }).waitFor();
    await page.evaluate(() => delete (navigator as unknown as Record<string, unknown>)["clipboard"]);
  });

  test("[CB9] news from the relay is said by the live region that was there before", async () => {
    const { page, play } = pages.on(react);
    await play(scenes["private deal"]);
    const { status } = partsOf(page);
    await status.evaluate((region) => region.setAttribute("data-same", ""));
    const news = { syncStatus: statusValue("needs-attention"), syncMessage: "Add the country." };
    await page.evaluate((columns) => window.coSellHost.write(columns), news);
    const region = page.locator("[data-same]");
    expect(await region.textContent()).toContain("Add the country.");
    expect([await region.getAttribute("role"), await region.getAttribute("aria-live")]).toEqual(["status", "polite"]);
  });

  test("[CB9] a long trail is folded and unfolds", async () => {
    const { page, play, screenshot, axe } = pages.on(react);
    await play(scenes["long trail"]);
    const lines = page.getByRole("list", { name: "Audit" }).getByRole("listitem");
    expect(await lines.count()).toBe(5);
    await page.getByRole("button", { name: "Show all 200 entries" }).click();
    expect(await lines.count()).toBe(200);
    await screenshot("unfolded trail");
    expect(await axe()).toEqual([]);
  });

  test("[CB9] times are those of the user's time zone, whatever the browser's is", async () => {
    const { page, play } = pages.on(react);
    await play({ ...shared, minutesAheadOfUtc: -300 });
    expect(await partsOf(page).status.textContent()).toContain("11/23/2026 4:05 AM");
    expect(await page.getByRole("listitem").locator("time").first().textContent()).toBe("11/23/2026 4:05 AM");
  });

  test("[CB10] two sections on one form share no id, and an edit in one is shown by the other", async () => {
    const { page, play, events } = pages.on(react);
    await play(scenes["two controls before sharing"]);
    const ids = await page.locator("#section [id]").evaluateAll((elements) => elements.map(({ id }) => id));
    expect(ids.length).toBeGreaterThan(10);
    expect(ids.filter((id, n) => ids.indexOf(id) !== n)).toEqual([]);
    await partsOf(page, 1).sync.click();
    expect((await events()).filter(({ kind }) => kind !== "query")).toEqual([
      { kind: "outputs", instance: 1, outputs: { sync: true } },
    ]);
    expect(await partsOf(page, 0).sync.getAttribute("aria-checked")).toBe("true");
  });

  test("[CB10] a section that is taken off the form leaves nothing behind", async () => {
    const { page, play, complaints } = pages.on(react);
    await play(ready);
    await partsOf(page).help.click();
    await page.getByRole("option").first().waitFor();
    await page.evaluate(() => window.coSellHost.remove());
    expect(await page.getByRole("option").count()).toBe(0);
    expect(await page.locator("#section").innerHTML()).toBe("");
    expect(complaints()).toEqual([]);
  });

  test("[CB14] whatever a seller does, the section keeps nothing in the browser", async () => {
    const { page, play, outputs } = pages.on(react);
    await play(ready);
    const { sync, products } = partsOf(page);
    await sync.click();
    await products.click();
    await page.keyboard.type("sol-30003-ghi");
    await page.keyboard.press("Enter");
    expect((await outputs()).length).toBeGreaterThan(1);
    await play(shared);
    expect(await keptInBrowser(page)).toEqual(nothingKept);
    await page.evaluate(() => localStorage.setItem("left", "behind"));
    expect(await keptInBrowser(page)).toEqual({ ...nothingKept, local: ["left"] });
    await page.evaluate(() => localStorage.clear());
  });
});
