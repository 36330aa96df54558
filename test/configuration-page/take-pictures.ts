// Pictures of the built configuration page and of the view of co-sell opportunities, for the customiser's guide.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { runBrowser } from "../support/run-browser";
import { buildWebResources, type BuiltWebResources } from "../webresources/built-scripts";
import { changed, complete, opportunities, withRows } from "./environments";
import { PAGE_PATH, startPageHost } from "./page-host";
import { viewPage } from "./view-page";

/** An address that a reader takes for an example; the browser answers in its place. */
const RELAY_ADDRESS = "https://cosell.contoso.com";
const NOW = new Date("2027-01-10T09:41:00Z");
const WIDTH = 1080;
const DEALS = [
  "Fleet renewal 2027",
  "Warehouse twin",
  "Backup for 40 sites",
  "Payroll to Azure",
  "Call centre",
  "Pilot",
];

/** Takes every picture into a folder. */
export async function takePictures(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const built = buildWebResources();
  const browser = await runBrowser();
  try {
    await takePage(browser, built, join(folder, "configuration-page.png"));
    await takeView(browser, built, join(folder, "view.png"));
  } finally {
    await browser.close();
    built.remove();
  }
}

async function takePage(browser: Browser, built: BuiltWebResources, path: string): Promise<void> {
  const host = await startPageHost(built.folder);
  const rows = opportunities({ waiting: 2, synced: 31, retrying: 1, "needs-attention": 3, closed: 12 });
  const named = rows.map((row, n) => ({ ...row, name: DEALS[n % DEALS.length] }));
  host.show(changed(complete(RELAY_ADDRESS), withRows({ opportunities: named })));
  const page = await openPage(browser);
  await page.route(`${RELAY_ADDRESS}/**`, (route) =>
    route.fulfill({ json: { alive: true }, headers: { "access-control-allow-origin": "*" } }),
  );
  await page.goto(`${host.origin}${PAGE_PATH}?userlcid=1033`);
  await page.getByText(/^Checked at/).waitFor();
  await page.locator("main").screenshot({ path });
  await host.close();
}

async function takeView(browser: Browser, built: BuiltWebResources, path: string): Promise<void> {
  const page = await openPage(browser);
  await page.setContent(viewPage(DEALS, (name) => built.text(name)));
  await page.locator("main").screenshot({ path });
}

async function openPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: WIDTH, height: 800 },
    locale: "en-GB",
    timezoneId: "Europe/Paris",
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW);
  return page;
}
