import { join } from "node:path";
import { BROWSER_TEST_TIMEOUT_MS, browserPath, runBrowser, type BrowserPlaces } from "./run-browser";

function places(changes: Partial<BrowserPlaces> & { readonly present?: readonly string[] } = {}): BrowserPlaces {
  return {
    env: { PATH: "/usr/local/bin:/usr/bin" },
    exists: (path) => (changes.present ?? []).includes(path),
    playwrightPath: () => "/cache/playwright/chrome",
    install: () => false,
    ...changes,
  };
}

test(
  "[HO11] page tests have a browser: it opens a page and reads it",
  async () => {
    const browser = await runBrowser();
    try {
      const page = await browser.newPage();
      await page.goto("data:text/html,<title>Co-sell</title><p>Shared with Microsoft</p>");
      expect(await page.title()).toBe("Co-sell");
      expect(await page.locator("p").innerText()).toBe("Shared with Microsoft");
    } finally {
      await browser.close();
    }
  },
  BROWSER_TEST_TIMEOUT_MS,
);

test("[HO11] a configured browser is used before one in the path, and that before Playwright's", () => {
  const chromium = join("/usr/bin", "chromium");
  const present = ["/opt/chrome", chromium, "/cache/playwright/chrome"];
  expect(browserPath(places({ present, env: { CHROME_PATH: "/opt/chrome", PATH: "/usr/bin" } }))).toBe("/opt/chrome");
  expect(browserPath(places({ present }))).toBe(chromium);
  expect(browserPath(places({ present: ["/cache/playwright/chrome"] }))).toBe("/cache/playwright/chrome");
});

test("[HO11] where there is none, it is installed", () => {
  const chromium = join("/usr/bin", "chromium");
  const present: string[] = [];
  const install = () => present.push(chromium) > 0;
  expect(browserPath(places({ present, install, exists: (path) => present.includes(path) }))).toBe(chromium);
});

test("[HO11] a browser that cannot be had is an error that says what to do", () => {
  expect(() => browserPath(places())).toThrow("apt-get install chromium");
  expect(() => browserPath(places({ env: { CHROME_PATH: "/nowhere" } }))).toThrow("CHROME_PATH names /nowhere");
});
