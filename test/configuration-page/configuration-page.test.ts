// The built configuration page in a real browser, in front of a Web API: what an administrator sees in each state.

import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { runServer } from "../adapters/http/server-fixture";
import { untilHolds } from "../end-to-end/until-holds";
import { BROWSER_TEST_TIMEOUT_MS, runBrowser } from "../support/run-browser";
import { keptInBrowser, nothingKept } from "../support/kept-in-browser";
import { buildWebResources, type BuiltWebResources } from "../webresources/built-scripts";
import {
  changed,
  complete,
  fresh,
  opportunities,
  refusing,
  refusingAll,
  secured,
  variables,
  withRows,
} from "./environments";
import type { FakeEnvironment } from "./fake-web-api";
import { statesWhenComplete } from "./page-fixture";
import { PAGE_PATH, startPageHost, type FakeRelay, type PageHost } from "./page-host";

/** Where screenshots are kept; git ignores it. */
const SCREENSHOT_FOLDER = join(__dirname, "../../test-output/configuration-page");
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

declare const axe: {
  readonly run: () => Promise<{
    readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
  }>;
};

let built: BuiltWebResources;
let host: PageHost;
let browser: Browser;
beforeAll(async () => {
  built = buildWebResources();
  host = await startPageHost(built.folder);
  browser = await runBrowser();
}, BROWSER_TEST_TIMEOUT_MS);
afterAll(async () => {
  await browser.close();
  await host.close();
  built.remove();
});

interface Shown {
  readonly page: Page;
  /** Errors, lines of the console, and requests to anything but the host and the relay. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

interface Look {
  readonly relay?: FakeRelay;
  /** Origin of a relay other than the host's. */
  readonly relayOrigin?: string;
  readonly query?: string;
  readonly options?: BrowserContextOptions;
  /** What is served as text web resource, in place of the product's own. */
  readonly texts?: string;
  /** The page is looked at before every answer is there. */
  readonly early?: boolean;
}

async function show(environment: FakeEnvironment, look: Look = {}): Promise<Shown> {
  host.show(environment, look.relay);
  const context = await browser.newContext({
    viewport: { width: 1100, height: 900 },
    locale: "en-GB",
    timezoneId: "Europe/Paris",
    ...look.options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  // A refused or unreadable request is told by the browser itself; scripts write nothing there.
  page.on("console", (message) => {
    if (!/Failed to load resource|CORS policy/.test(message.text())) complaints.push(`console: ${message.text()}`);
  });
  const known = [host.origin, host.relayAddress, host.silentAddress, look.relayOrigin];
  await page.route(
    (url) => !known.includes(url.origin),
    (route) => {
      complaints.push(`request: ${route.request().url()}`);
      return route.abort();
    },
  );
  const { texts } = look;
  if (texts !== undefined) await page.route(/\.resx$/, (route) => route.fulfill({ body: texts }));
  await page.goto(`${host.origin}${PAGE_PATH}${look.query ?? ""}`);
  if (look.early !== true) await page.locator("[role=status]", { hasText: /^(Checked|Vérifié)/ }).waitFor();
  else await page.locator("[data-card]").first().waitFor();
  return { page, complaints, close: () => context.close() };
}

async function picture({ page }: Shown, name: string): Promise<void> {
  mkdirSync(SCREENSHOT_FOLDER, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOT_FOLDER, `${name.replace(/\W+/g, "-")}.png`), fullPage: true });
}

async function axeFindings({ page }: Shown): Promise<readonly string[]> {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => axe.run());
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

async function states({ page }: Shown): Promise<object> {
  const cards = await page
    .locator("[data-card]")
    .evaluateAll((found) =>
      found.map((card) => [card.getAttribute("data-card") ?? "", card.getAttribute("data-state")]),
    );
  return Object.fromEntries(cards) as object;
}

const hostile = `"><img src=x onerror="document.title='broken'"><script>document.title='broken'</script>`;

const looks: { readonly [name: string]: () => readonly [FakeEnvironment, Look] } = {
  "just imported": () => [fresh(), {}],
  complete: () => [complete(host.relayAddress), {}],
  "complete in French": () => [{ ...complete(host.relayAddress), userLanguage: 1036 }, {}],
  "needs attention": () => [
    changed(
      complete(host.relayAddress),
      withRows({ opportunities: opportunities({ synced: 12, retrying: 1, "needs-attention": 3 }) }),
    ),
    {},
  ],
  "column security on": () => [changed(complete(host.relayAddress), secured()), {}],
  "relay hidden by the browser": () => [complete(host.relayAddress), { relay: "hidden" }],
  "relay not reached": () => [complete(host.silentAddress), {}],
  "something else at the relay's address": () => [complete(host.relayAddress), { relay: "other" }],
  "no privileges": () => [changed(complete(host.relayAddress), refusingAll({ status: 403, code: "0x80040220" })), {}],
  "Dataverse in trouble": () => [
    changed(
      complete(host.relayAddress),
      refusing({ solutions: { status: 503, code: "" }, roles: "cut", opportunities: "nonsense" }),
    ),
    {},
  ],
  "still looking": () => [changed(complete(host.relayAddress), refusing({ roles: "silence" })), { early: true }],
  "hostile texts": () => [
    changed(
      complete(host.relayAddress),
      withRows({
        opportunities: opportunities({ synced: 1 }, { name: hostile }),
        environmentvariabledefinitions: variables({
          cosell_RelayAddress: host.relayAddress,
          cosell_SupportAddress: hostile,
        }),
      }),
    ),
    {},
  ],
  dark: () => [fresh(), { options: { colorScheme: "dark" } }],
  "dark and complete": () => [complete(host.relayAddress), { relay: "hidden", options: { colorScheme: "dark" } }],
  "forced colours": () => [fresh(), { options: { forcedColors: "active" } }],
  narrow: () => [fresh(), { options: { viewport: { width: 320, height: 800 } } }],
};

test.each(Object.keys(looks))(
  "[CFG8] %s: the page is drawn without an error, axe finds nothing, and nothing leaves for elsewhere",
  async (name) => {
    const [environment, look] = looks[name]?.() ?? [fresh(), {}];
    const shown = await show(environment, look);
    await picture(shown, name);
    expect(await axeFindings(shown)).toEqual([]);
    expect(shown.complaints).toEqual([]);
    const overflow = await shown.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    expect(await shown.page.title()).toMatch(/^CoSell Sync ?: configuration$/);
    await shown.close();
  },
  BROWSER_TEST_TIMEOUT_MS,
);

test("[CFG1] a complete environment is shown as it is", async () => {
  const shown = await show(complete(host.relayAddress));
  expect(await states(shown)).toEqual(statesWhenComplete);
  const next = shown.page.getByRole("region", { name: "Next step" });
  expect(await next.textContent()).toContain("Nothing. Everything is set up.");
  expect(await shown.page.getByRole("listitem", { name: "Solution" }).textContent()).toMatch(
    /CoSell Sync: version 0\.1\.0\.0, installed on 4 Jan 2027, 10:30\./,
  );
  await shown.close();
});

test("[CFG2] parts that are refused or odd do not keep the others from being shown", async () => {
  const [environment, look] = looks["Dataverse in trouble"]?.() ?? [fresh(), {}];
  const shown = await show(environment, look);
  expect(await states(shown)).toMatchObject({
    solution: "unknown",
    roles: "unknown",
    sync: "unknown",
    webhook: "good",
  });
  await shown.close();
});

test.each([
  ["readable", "good"],
  ["hidden", "unknown"],
  ["other", "todo"],
] as const)("[CFG4] a relay whose answer is %s is shown as %s", async (relay, state) => {
  const shown = await show(complete(host.relayAddress), { relay });
  expect(await states(shown)).toMatchObject({ relay: state });
  await shown.close();
});

test.each([
  ["this environment", (): string => host.origin, "good", "The relay answers at"],
  [
    "another environment",
    (): string => "https://fabrikam.crm.dynamics.com",
    "unknown",
    "does not let this page read what",
  ],
] as const)(
  "[CFG4] [HT11] the page reads of the relay of %s what its HTTP server lets it",
  async (_whose, pageOrigin, state, words) => {
    const { server, url } = await runServer({ pageOrigin: pageOrigin() });
    const shown = await show(complete(url), { relayOrigin: url });
    expect(await states(shown)).toMatchObject({ relay: state });
    expect(await shown.page.getByRole("listitem", { name: "Relay" }).textContent()).toContain(words);
    await shown.close();
    await server.close(0);
  },
);

test("[CFG4] a relay that nobody listens at is not called down, since the page cannot know", async () => {
  const shown = await show(complete(host.silentAddress));
  expect(await states(shown)).toMatchObject({ relay: "unknown" });
  const card = shown.page.getByRole("listitem", { name: "Relay" });
  const link = card.getByRole("link", { name: `Open ${host.silentAddress}/livez` });
  expect(await link.getAttribute("href")).toBe(`${host.silentAddress}/livez`);
  await shown.close();
});

test("[CFG6] the page speaks the language of the user's settings, or of its address", async () => {
  const french = await show({ ...fresh(), userLanguage: 1036 });
  expect(await french.page.locator("html").getAttribute("lang")).toBe("fr");
  expect(await french.page.getByRole("button").textContent()).toBe("Vérifier à nouveau");
  expect(await french.page.getByRole("region", { name: "Étape suivante" }).textContent()).toContain(
    "Adresse du relais",
  );
  await french.close();
  const told = await show({ ...fresh(), userLanguage: 1033 }, { query: "?orglcid=1033&userlcid=3084" });
  expect(await told.page.locator("html").getAttribute("lang")).toBe("fr");
  await told.close();
});

test("[CFG7] the page only reads, and asks the Web API nothing that Dataverse would refuse", async () => {
  const shown = await show(changed(complete(host.relayAddress), secured()));
  expect(host.asked.length).toBe(13);
  expect(host.asked.filter((request) => !request.startsWith("GET "))).toEqual([]);
  expect(Object.values(await states(shown))).not.toContain("unknown");
  await shown.close();
});

test("[CFG8] with the keyboard alone the page is checked again, and shows what has changed", async () => {
  const shown = await show(fresh());
  const { page } = shown;
  host.show(complete(host.relayAddress));
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Check again");
  await page.keyboard.press("Enter");
  await page.getByText("Nothing. Everything is set up.").waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Check again");
  await shown.close();
});

test("[CFG8] a click while it is being checked asks nothing twice", async () => {
  const whole = await show(fresh());
  const everything = [...host.asked].sort();
  await whole.close();
  // An answer that never comes keeps the check from ending, and no question back.
  const shown = await show(changed(fresh(), refusing({ roles: "silence" })), { early: true });
  const { page } = shown;
  await untilHolds(() => expect([...host.asked].sort()).toEqual(everything));
  expect(await page.getByRole("button").getAttribute("aria-disabled")).toBe("true");
  // A mouse may click what says that it is not available.
  await page.getByRole("button").dispatchEvent("click");
  // What the click had asked would have been sent before this, which is answered.
  await page.evaluate(() => fetch(location.href, { cache: "no-store" }).then((answer) => answer.text()));
  expect([...host.asked].sort()).toEqual(everything);
  await shown.close();
});

test("[CFG8] texts of others are text: no element, no script, no link comes of them", async () => {
  const [environment, look] = looks["hostile texts"]?.() ?? [fresh(), {}];
  const shown = await show(environment, look);
  expect(await shown.page.locator("img, script:not([src])").count()).toBe(0);
  expect(await shown.page.title()).toBe("CoSell Sync: configuration");
  const hrefs = await shown.page.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  expect(hrefs.every((href) => /^(\/main\.aspx\?|http:\/\/127\.0\.0\.1:)/.test(href ?? ""))).toBe(true);
  await shown.close();
});

test("[CFG10] the page keeps nothing in the browser", async () => {
  const shown = await show(complete(host.relayAddress));
  expect(await keptInBrowser(shown.page)).toEqual(nothingKept);
  await shown.close();
});

test("[CFG11] a text web resource can make the page fetch nothing and show nothing but its own texts", async () => {
  const stolen = "https://elsewhere.example/stolen";
  const titled = (declared: string, title: string) =>
    `<?xml version="1.0"?>${declared}<root><data name="title"><value>${title}</value></data></root>`;
  const outside = `<!DOCTYPE root [<!ENTITY % p SYSTEM "${stolen}.dtd"> %p; <!ENTITY out SYSTEM "${stolen}">]>`;
  const titles: (string | null)[] = [];
  for (const texts of [
    titled("", "Another title"),
    titled("", "&lt;img src='https://elsewhere.example/x'&gt;"),
    titled(outside, "before &out; after"),
  ]) {
    const shown = await show(complete(host.relayAddress), { texts });
    titles.push(await shown.page.locator("h1").first().textContent());
    expect(shown.complaints).toEqual([]);
    expect(await shown.page.locator("h1 *").count()).toBe(0);
    await shown.close();
  }
  expect(titles.slice(0, 2)).toEqual(["Another title", "<img src='https://elsewhere.example/x'>"]);
  expect(titles[2]).not.toContain("stolen");
});

test("[CFG12] nothing that gets onto the page runs, loads from elsewhere, or sends a form", async () => {
  const shown = await show(complete(host.relayAddress));
  await shown.page.evaluate(() => {
    const refused = new Set<string>();
    Object.assign(window, { refused });
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => refused.add(effectiveDirective));
    const put = (tag: string, about: object) => document.body.append(Object.assign(document.createElement(tag), about));
    put("script", { textContent: "window.name = 'ran'" });
    put("script", { src: "data:text/javascript,window.name='ran'" });
    put("img", { src: "https://elsewhere.example/x.png" });
    put("iframe", { src: "https://elsewhere.example/" });
    put("base", { href: "https://elsewhere.example/" });
    put("form", { action: "https://elsewhere.example/", method: "post" });
    document.forms[0]?.submit();
  });
  const wanted = ["base-uri", "form-action", "frame-src", "img-src", "script-src-elem"];
  const refused = await shown.page.waitForFunction(
    (count) => {
      const seen = Reflect.get(window, "refused") as ReadonlySet<string>;
      return seen.size >= count && [...seen].sort();
    },
    wanted.length,
    { timeout: 20_000 },
  );
  expect(await refused.jsonValue()).toEqual(wanted);
  expect(await shown.page.evaluate(() => window.name)).toBe("");
  expect(shown.complaints.filter((line) => line.startsWith("request:"))).toEqual([]);
  await shown.close();
});
