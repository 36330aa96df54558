// The host page in a browser: plays scenes one after the other and tells what happened in each.

import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { ControlHostServer, ReactVersion } from "./control-host";
import type { HostEvent, Scene } from "./host/scene";
import { SCENE_NOW } from "./scenes";

/** Where screenshots are kept; git ignores it. */
export const SCREENSHOT_FOLDER = join(__dirname, "../../test-output/control");
/** Room around the section, so that focus rings and lists are in the picture. */
const PAGE_MARGIN_PIXELS = 40;
const PAGE_HEIGHT_PIXELS = 900;
/** Nothing on the page takes as long, on the busiest machine. */
const WAIT_WITHIN_MS = 20_000;

export interface HostPage {
  readonly page: Page;
  /** Takes the scene before off the page and shows this one. */
  readonly play: (scene: Scene, options?: { readonly forcedColours?: boolean }) => Promise<void>;
  readonly events: () => Promise<readonly HostEvent[]>;
  /** Columns of all outputs of the scene, one entry for each time the form asked. */
  readonly outputs: () => Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Keeps a picture of the whole page. */
  readonly screenshot: (name: string) => Promise<void>;
  /** What axe finds on the page. */
  readonly axe: () => Promise<readonly string[]>;
  /** Errors, lines of the console, and requests that would have left the machine, since the scene began. */
  readonly complaints: () => readonly string[];
  readonly close: () => Promise<void>;
}

export interface HostPageSetting {
  readonly server: ControlHostServer;
  readonly react: ReactVersion;
  /** Clocks run, for measuring. */
  readonly realTime?: boolean;
}

export async function openHostPage(
  browser: Browser,
  { server, react, realTime = false }: HostPageSetting,
): Promise<HostPage> {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  // Below that of a test, so that it is told what was waited for.
  page.setDefaultTimeout(WAIT_WITHIN_MS);
  let complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => complaints.push(`console: ${message.text()}`));
  const ownOrigin = new URL(server.url(react)).origin;
  await page.route(
    (url) => url.origin !== ownOrigin,
    (route) => {
      complaints.push(`request: ${route.request().url()}`);
      return route.abort();
    },
  );
  // Clocks of the page stand at the scenes' moment; timers run as usual.
  if (!realTime) await page.clock.setFixedTime(SCENE_NOW);
  await page.goto(server.url(react));
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  // The form takes outputs by a timer; one that is set now ends after it.
  const events = async () => {
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 0)));
    return page.evaluate(() => window.coSellHost.events());
  };
  return {
    page,
    play: async (scene, { forcedColours = false } = {}) => {
      complaints = [];
      const width = scene.width + (scene.width < 400 ? 0 : PAGE_MARGIN_PIXELS);
      await resize(page, width, PAGE_HEIGHT_PIXELS);
      await page.emulateMedia({ forcedColors: forcedColours ? "active" : "none" });
      await page.evaluate((played) => window.coSellHost.show(played), scene);
      // Lists close when the window changes its size, as it would for a picture of a page that does not fit.
      await resize(
        page,
        width,
        Math.max(PAGE_HEIGHT_PIXELS, await page.evaluate(() => document.documentElement.scrollHeight)),
      );
    },
    events,
    outputs: async () => (await events()).flatMap((event) => (event.kind === "outputs" ? [event.outputs] : [])),
    screenshot: async (name) => {
      await animationsOver(page);
      mkdirSync(SCREENSHOT_FOLDER, { recursive: true });
      const file = `${name.replace(/\W+/g, "-")}-react-${react.split(".")[0] ?? ""}.png`;
      await page.screenshot({ path: join(SCREENSHOT_FOLDER, file), fullPage: true });
    },
    axe: async () => {
      await animationsOver(page);
      return axeFindings(page);
    },
    complaints: () => complaints,
    close: () => context.close(),
  };
}

/** Changes the size of the window and waits until the page has heard of it. */
async function resize(page: Page, width: number, height: number): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.evaluate(
    ([w, h]) =>
      new Promise<void>((resolve) => {
        // The event comes with a frame; after the next one it is over.
        const look = (): void => {
          if (innerWidth === w && innerHeight === h) requestAnimationFrame(() => resolve());
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
    [width, height] as const,
  );
}

/** Lists get their place and then fade in; halfway their colours are nobody's. */
export async function animationsOver(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const shown = [...document.querySelectorAll(".ms-Callout")].every((list) => getComputedStyle(list).opacity === "1");
    return shown && document.getAnimations().every(({ playState }) => playState === "finished");
  });
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

declare const axe: { readonly run: (place: string) => Promise<AxeResult> };

async function axeFindings(page: Page): Promise<readonly string[]> {
  const { violations } = await page.evaluate(() => axe.run("body"));
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ""}`),
  );
}
