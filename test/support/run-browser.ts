import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser } from "playwright-core";

// Page tests need a Chromium. One that is there is used; on a machine without, root installs the distribution's own.

/** The install downloads about 100 MB; a machine without a network should say so before a test run times out. */
const INSTALL_WITHIN_MS = 240_000;
/** Another test file may be installing at the same moment. */
const DPKG_LOCK_WITHIN_SECONDS = 200;

const PROGRAMS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const FIXED_PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** What looking for a browser depends on; a test replaces it. */
export interface BrowserPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
  /** Path of the Chromium that Playwright would have installed. */
  readonly playwrightPath: () => string;
  /** Installs the distribution's Chromium; false when that is not possible. */
  readonly install: () => boolean;
}

/** Time that a test which starts a browser may take, install included. */
export const BROWSER_TEST_TIMEOUT_MS = INSTALL_WITHIN_MS + 60_000;

/** Starts a Chromium without a window. Close it after use. */
export async function runBrowser(): Promise<Browser> {
  const executablePath = browserPath(realPlaces);
  // Without these two, Chromium does not start as root and with the small shared memory of containers.
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

/** Path of a Chromium, installed if need be. Throws with what to do when there is none. */
export function browserPath(places: BrowserPlaces): string {
  const configured = places.env["CHROME_PATH"];
  if (configured !== undefined && configured !== "") {
    if (places.exists(configured)) return configured;
    throw new Error(`CHROME_PATH names ${configured}, which does not exist.`);
  }
  const found = installedPath(places);
  if (found !== null) return found;
  const installed = places.install() ? installedPath(places) : null;
  if (installed !== null) return installed;
  throw new Error(
    "No Chromium was found and none could be installed. Install one (apt-get install chromium), or set CHROME_PATH.",
  );
}

function installedPath({ env, exists, playwrightPath }: BrowserPlaces): string | null {
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const inPath = PROGRAMS.flatMap((program) => folders.map((folder) => join(folder, program)));
  return [...inPath, ...FIXED_PLACES, playwrightPath()].find((path) => exists(path)) ?? null;
}

const realPlaces: BrowserPlaces = {
  env: process.env,
  exists: existsSync,
  playwrightPath: () => chromium.executablePath(),
  install: installWithApt,
};

function installWithApt(): boolean {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  const lock = `DPkg::Lock::Timeout=${DPKG_LOCK_WITHIN_SECONDS}`;
  const apt = (...args: string[]) =>
    spawnSync("/usr/bin/apt-get", ["-o", lock, "-qq", ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      stdio: "ignore",
      timeout: INSTALL_WITHIN_MS,
    }).status === 0;
  // Package lists may be there already; where they are not, the second try has them.
  const install = () => apt("install", "-y", "--no-install-recommends", "chromium");
  return install() || (apt("update") && install());
}
