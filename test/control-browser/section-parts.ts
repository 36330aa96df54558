import type { Locator, Page } from "playwright-core";

/** The parts of a section that a seller works with, found as a screen reader names them. */
export interface SectionParts {
  readonly sync: Locator;
  readonly visible: Locator;
  readonly products: Locator;
  readonly help: Locator;
  readonly option: (name: string) => Locator;
  readonly status: Locator;
  readonly tags: Locator;
  readonly outcome: Locator;
  readonly copy: Locator;
  readonly link: Locator;
}

/** Parts of the nth section on the form. */
export function partsOf(page: Page, n = 0): SectionParts {
  const section = page.getByRole("group", { name: "Co-sell with Microsoft" }).nth(n);
  return {
    sync: section.getByRole("switch", { name: "Sync with Partner Center" }),
    visible: section.getByRole("switch", { name: "Visible to Microsoft" }),
    products: section.getByLabel("Products", { exact: true }).and(section.locator("input")),
    help: section.getByRole("combobox", { name: "How can Microsoft help?" }),
    // Lists open in a layer of their own, outside the section.
    option: (name) => page.getByRole("option", { name }),
    status: section.locator("[data-state]"),
    tags: section.getByRole("list", { name: "Products of the deal" }).getByRole("listitem"),
    outcome: section.locator('[data-field="products"] .cosell-outcome'),
    copy: section.getByRole("button", { name: "Copy Referral identifier" }),
    link: section.getByRole("link"),
  };
}

/** Pastes a text where a seller would. */
export async function paste(place: Locator, text: string): Promise<void> {
  await place.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** Names of what has the focus, for each press of the tab key from the top of the page until it is round. */
export async function tabOrder(page: Page): Promise<readonly string[]> {
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  const names: string[] = [];
  for (;;) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(() => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body || focused.hasAttribute("data-focused")) return null;
      focused.setAttribute("data-focused", "");
      return focused.getAttribute("aria-label") ?? focused.textContent ?? "";
    });
    if (name === null) return names;
    names.push(name.trim());
  }
}
