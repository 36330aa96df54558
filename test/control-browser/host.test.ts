// The host page itself: it hands a control what the platform would, and notices what a control must not do.

import type { Browser } from "playwright-core";
import { BROWSER_TEST_TIMEOUT_MS, runBrowser } from "../support/run-browser";
import { reactVersions, serveControlHost, type ControlHostServer } from "./control-host";
import { openHostPage, type HostPage } from "./host-page";
import { aScene } from "./scenes";
import { standInControl, type ControlFolder } from "./stand-in-control";

let browser: Browser;
let control: ControlFolder;
let server: ControlHostServer;
let host: HostPage;
beforeAll(async () => {
  control = standInControl();
  server = await serveControlHost(control.folder);
  browser = await runBrowser();
  host = await openHostPage(browser, { server, react: "17.0.2" });
}, BROWSER_TEST_TIMEOUT_MS);
afterAll(async () => {
  await browser.close();
  await server.close();
  control.remove();
});

/** Texts that the stand-in shows of what it was handed. */
async function shown(): Promise<readonly string[]> {
  return host.page.locator("output").allTextContents();
}

test.each(reactVersions)("[CB1] the control runs on React %s", async (react) => {
  const { page, play, close } = await openHostPage(browser, { server, react });
  await play(aScene({ sync: true }));
  expect(await page.locator("output").textContent()).toContain(react);
  await close();
});

test("[CB1] columns, security, times, form state and language reach the control as on the platform", async () => {
  const columns = { sync: true, products: "A-1", expiresOn: "2026-12-01T00:00:00Z" };
  await host.play(aScene(columns));
  expect(await shown()).toEqual(["SingleLine.Text | A-1 |  | true | false | 17.0.2"]);
  await host.play(aScene(columns, { disabled: true, security: { sync: "masked", products: "masked" } }));
  expect(await shown()).toEqual(["SingleLine.Text | A-1 | false | true | true | 17.0.2"]);
  await host.play(aScene({ sync: true }));
  expect(await shown()).toEqual([" |  |  | false | false | 17.0.2"]);
  await host.play(aScene({ sync: true }, { languageCode: 1036 }));
  expect(await host.page.getByRole("button").textContent()).toBe("Ajouter true");
});

test("[CB1] outputs are recorded, written to the columns and shown again; an undefined output empties its column", async () => {
  await host.play(aScene({ sync: false, products: "A-1" }, { instances: 2 }));
  await host.page.getByRole("button").first().click();
  await host.page.getByRole("button", { name: "Add true" }).nth(1).waitFor();
  expect(await host.events()).toEqual([{ kind: "outputs", instance: 0, outputs: { sync: true, products: null } }]);
  const emptied = "SingleLine.Text |  |  | false | false | 17.0.2";
  expect(await shown()).toEqual([emptied, emptied]);
});

test("[CB1] a control that is taken off the form is destroyed", async () => {
  await host.play(aScene({ sync: false }));
  await host.page.evaluate(() => window.coSellHost.remove());
  expect(await host.page.title()).toBe("destroyed");
  expect(await host.page.getByRole("button").count()).toBe(0);
});

test("[CB2] axe's findings are told", async () => {
  await host.play(aScene({ sync: false }));
  expect(await host.axe()).toEqual([]);
  await host.play(aScene({ sync: false, products: "image" }));
  expect((await host.axe()).join()).toContain("image-alt");
});

test("[CB2] requests that leave the machine are told and go nowhere", async () => {
  const refused = host.page.waitForEvent("requestfailed");
  await host.play(aScene({ sync: false, products: "request" }));
  await refused;
  expect(host.complaints()).toContain("request: https://elsewhere.example/x.png");
});

test("[CB2] a part that hosts may lack is refused and told", async () => {
  const played = host.play(aScene({ sync: false, products: "web api" }));
  await expect(played).rejects.toThrow("The host does not offer webAPI.retrieveRecord.");
});
