import type { Page } from "playwright-core";

/** Everything that a page has left in its browser: cookies, storage, databases, caches and workers. */
export async function keptInBrowser(page: Page): Promise<object> {
  const cookies = (await page.context().cookies()).map(({ name }) => name);
  const kept = await page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name ?? ""),
    caches: "caches" in window ? await caches.keys() : [],
    workers: "serviceWorker" in navigator ? (await navigator.serviceWorker.getRegistrations()).length : 0,
  }));
  return { cookies, ...kept };
}

export const nothingKept = { cookies: [], local: [], session: [], databases: [], caches: [], workers: 0 };
