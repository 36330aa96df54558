// The two pages of the demo in a real browser, with the whole relay between them: what a visitor of `npm start` does.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { compiledEntry } from "../end-to-end/compiled-entry";
import { untilHolds } from "../end-to-end/until-holds";
import { startWholeRelay, type WholeRelay } from "../end-to-end/whole-relay";
import { BROWSER_TEST_TIMEOUT_MS, runBrowser } from "../support/run-browser";

const PICTURES = join(__dirname, "..", "..", "test-output", "pages");

let relay: WholeRelay;
let browser: Browser;
let crm: Page;
let portal: Page;
const complaints: string[] = [];

beforeAll(async () => {
  compiledEntry("src/main.js");
  await mkdir(PICTURES, { recursive: true });
  relay = await startWholeRelay();
  browser = await runBrowser();
  crm = await openPage(relay.clouds.dataverse.url);
  portal = await openPage(relay.clouds.partnerCenter.referralsUrl);
}, BROWSER_TEST_TIMEOUT_MS);

afterAll(async () => {
  await browser.close();
  await relay.close();
}, BROWSER_TEST_TIMEOUT_MS);

async function openPage(url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1_280, height: 900 } });
  page.on("console", (line) => {
    if (line.type() === "error") complaints.push(line.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(url);
  return page;
}

const picture = (page: Page, name: string) => page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });

/** Reloads until the assertion holds, as a visitor would. */
async function reloadUntil(page: Page, assertion: () => Promise<void>): Promise<void> {
  await untilHolds(async () => {
    await page.reload();
    await assertion();
  });
}

const openDeal = () => crm.getByRole("link", { name: "Browser deal" }).click();
const cell = (name: string) => crm.getByRole("row", { name: /Browser deal/ }).getByRole("cell", { name, exact: true });
const card = () => portal.getByRole("article").filter({ hasText: "Browser deal" });

test(
  "[PG1] an opportunity that is shared in the CRM's page is a referral in the other page",
  async () => {
    await picture(crm, "crm-empty");
    await picture(portal, "portal-empty");
    await crm.getByRole("link", { name: "New opportunity" }).click();
    await picture(crm, "crm-new-opportunity");
    await crm.getByLabel("Name", { exact: true }).fill("Browser deal");
    await crm.getByLabel("Value").fill("50000");
    await crm.getByLabel("Close date").fill("2027-03-31");
    await crm.getByLabel("Account").fill("Contoso Customer");
    await crm.getByLabel("Country").fill("Switzerland");
    await crm.getByLabel("Postal code").fill("8001");
    await crm.getByLabel("Contact first name").fill("Sue");
    await crm.getByLabel("Contact last name").fill("Smith");
    await crm.getByLabel("Contact e-mail").fill("sue.smith@contoso.example");
    await crm.getByLabel("Contact phone").fill("+41 44 555 01 00");
    await crm.getByLabel("Products").fill("SOL-15974-MQF");
    await crm.getByLabel("How can Microsoft help?").selectOption({ label: "Proof of concept or demo" });
    await crm.getByRole("button", { name: "Save" }).click();
    await openDeal();
    await crm.getByLabel("Sync with Partner Center").check();
    await crm.getByRole("button", { name: "Save" }).click();
    await reloadUntil(crm, async () => expect(await cell("Synced").count()).toBe(1));
    await picture(crm, "crm-list");
    await portal.reload();
    expect(await card().innerText()).toContain("Active / Accepted");
    expect(await card().innerText()).toContain("Contoso Customer");
    expect(await portal.getByRole("article").filter({ hasText: "Microsoft's referral" }).count()).toBe(1);
    await picture(portal, "portal-referral");
  },
  BROWSER_TEST_TIMEOUT_MS,
);

test(
  "[PG2] what is edited in the portal is seen in the CRM, and Microsoft's answer as well",
  async () => {
    await card().getByLabel("Deal value").fill("75000");
    await card().getByRole("button", { name: "Save" }).click();
    expect(await portal.getByRole("status").innerText()).toBe("The deal was saved.");
    await portal.getByLabel("MSX id").fill("7-BROWSER01");
    await portal.getByRole("button", { name: "Accept as Microsoft" }).click();
    await reloadUntil(crm, async () => {
      expect(await cell("75,000 USD").count()).toBe(1);
      expect(await crm.getByText("Microsoft: Active / Accepted").count()).toBe(1);
    });
    await openDeal();
    await reloadUntil(crm, async () => expect(await crm.getByText("7-BROWSER01").count()).toBe(1));
    await picture(crm, "crm-opportunity");
    expect(await crm.getByLabel("Value").inputValue()).toBe("75000");
  },
  BROWSER_TEST_TIMEOUT_MS,
);

test(
  "[PG3] a deal that is closed in one page is closed in the other",
  async () => {
    await crm.getByLabel("Stage").selectOption({ label: "Won" });
    await crm.getByRole("button", { name: "Save" }).click();
    await reloadUntil(portal, async () => expect(await card().innerText()).toContain("Closed / Won"));
    await picture(portal, "portal-closed");
    await openDeal();
    await picture(crm, "crm-closed");
    expect(await crm.getByText("This opportunity is closed.").count()).toBe(1);
  },
  BROWSER_TEST_TIMEOUT_MS,
);

interface FieldCheck {
  readonly fields: number;
  readonly unnamed: readonly string[];
  readonly repeatedIds: readonly string[];
  readonly language: string;
  readonly headings: number;
  readonly overflows: boolean;
}

/** What assistive technology would stumble over. */
function checkPage(page: Page): Promise<FieldCheck> {
  return page.evaluate(() => {
    const fields = Array.from(document.querySelectorAll("input:not([type=hidden]), select, textarea"));
    const labelled = fields as (HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement)[];
    const nameOf = (field: (typeof labelled)[number]) =>
      Array.from(field.labels ?? [])
        .map((one) => one.innerText)
        .join(" ");
    const ids = Array.from(document.querySelectorAll("[id]")).map(({ id }) => id);
    return {
      fields: fields.length,
      unnamed: labelled.filter((field) => nameOf(field).trim() === "").map(({ name }) => name),
      repeatedIds: ids.filter((id, n) => ids.indexOf(id) !== n),
      language: document.documentElement.lang,
      headings: document.querySelectorAll("h1").length,
      overflows: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    };
  });
}

test(
  "[PG4] every field has a label of its own, and the pages fit a telephone",
  async () => {
    relay.clouds.partnerCenter.referrals.newDeal({ name: "Another deal", type: "Shared" });
    await portal.goto(relay.clouds.partnerCenter.referralsUrl);
    await portal.locator("details summary").first().click();
    await crm.goto(`${relay.clouds.dataverse.url}/opportunities/new`);
    for (const [page, name] of [
      [crm, "crm-telephone"],
      [portal, "portal-telephone"],
    ] as const) {
      await page.setViewportSize({ width: 390, height: 844 });
      const { fields, ...found } = await checkPage(page);
      expect(fields).toBeGreaterThan(10);
      expect(found).toEqual({ unnamed: [], repeatedIds: [], language: "en", headings: 1, overflows: false });
      await picture(page, name);
    }
    await crm.goto(relay.clouds.dataverse.url);
    expect((await checkPage(crm)).overflows).toBe(false);
    await picture(crm, "crm-list-telephone");
  },
  BROWSER_TEST_TIMEOUT_MS,
);

test("[PG4] the browser complained about nothing on the way", () => {
  expect(complaints).toEqual([]);
});
