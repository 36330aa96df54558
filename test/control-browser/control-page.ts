import type { Browser } from "playwright-core";
import { runBrowser } from "../support/run-browser";
import { buildControl, BUILT_CONTROL_FOLDER } from "../support/run-control-build";
import { reactVersions, serveControlHost, type ReactVersion } from "./control-host";
import { openHostPage, type HostPage } from "./host-page";

/** The built control on a page for each version of React. */
export interface ControlPages {
  readonly on: (react: ReactVersion) => HostPage;
  readonly close: () => Promise<void>;
}

export async function openControlPages(): Promise<ControlPages> {
  await buildControl();
  const server = await serveControlHost(BUILT_CONTROL_FOLDER);
  const browser: Browser = await runBrowser();
  const pages = new Map<ReactVersion, HostPage>();
  for (const react of reactVersions) pages.set(react, await openHostPage(browser, { server, react }));
  return {
    on: (react) => {
      const page = pages.get(react);
      if (page === undefined) throw new Error(`There is no page with React ${react}.`);
      return page;
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
