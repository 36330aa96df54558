// Pictures of the built control for its guide, and the preview that the form designer shows.

import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { runBrowser } from "../support/run-browser";
import { buildControl, BUILT_CONTROL_FOLDER } from "../support/run-control-build";
import { serveControlHost } from "./control-host";
import { animationsOver, openHostPage } from "./host-page";
import type { Scene } from "./host/scene";
import { scenes, someSolutionRows } from "./scenes";

/** What model-driven apps load today. */
const REACT = "17.0.2";
/** Size of the preview. */
const PREVIEW_PIXELS = { width: 340, height: 262 };

const named = { solutions: someSolutionRows } as const;

/** One picture of the guide. */
interface Picture {
  readonly scene: Scene;
  /** So much of the section's height is shown, in pixels; all of it when absent. */
  readonly height?: number;
}

/** The guide's pictures by name. */
const pictures: { readonly [name: string]: Picture } = {
  "before-sharing": { scene: scenes["products by name"] },
  "products-by-name": { scene: scenes["products by name"], height: 600 },
  synced: { scene: { ...scenes.synced, ...named } },
  "needs-you": { scene: { ...scenes["needs the seller"], ...named }, height: 340 },
  dark: { scene: { ...scenes.dark, ...named }, height: 500 },
  narrow: { scene: { ...scenes.narrow, ...named } },
  french: { scene: { ...scenes.french, ...named }, height: 500 },
};

const preview: Scene = {
  ...scenes.synced,
  inputs: { hiddenFields: "products, referralId, referralLink, referralStatus, expiresOn, microsoftCrmId, audit" },
  width: PREVIEW_PIXELS.width,
};

/** Where the pictures go: a folder for those of the guide, a file for the preview. */
export interface PicturePlaces {
  readonly guide: string;
  readonly preview: string;
}

export async function takePictures(places: PicturePlaces): Promise<void> {
  await buildControl();
  mkdirSync(places.guide, { recursive: true });
  mkdirSync(dirname(places.preview), { recursive: true });
  const server = await serveControlHost(BUILT_CONTROL_FOLDER);
  const browser = await runBrowser();
  try {
    const { page, play } = await openHostPage(browser, { server, react: REACT });
    for (const [name, { scene, height }] of Object.entries(pictures)) {
      await play(scene);
      await page.getByText("Contoso Backup for Azure").first().waitFor();
      if (name === "products-by-name") await openList(page);
      await takeSection(page, { path: join(places.guide, `${name}.png`), height });
    }
    await play(preview);
    await takeSection(page, { path: places.preview, height: PREVIEW_PIXELS.height });
  } finally {
    await browser.close();
    await server.close();
  }
}

async function openList(page: Page): Promise<void> {
  await page.getByRole("combobox", { name: "Products" }).focus();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("option", { selected: true }).waitFor();
}

interface Shot {
  readonly path: string;
  readonly height: number | undefined;
}

/** The section without the page around it; a list that lies over it is in the picture. */
async function takeSection(page: Page, { path, height }: Shot): Promise<void> {
  await animationsOver(page);
  const clip = await page.locator("#section").boundingBox();
  if (clip === null) throw new Error(`The section is not on the page for ${path}.`);
  await page.screenshot({ path, clip: { ...clip, height: height ?? clip.height } });
}
