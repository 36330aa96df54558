// How long the built control takes in a real browser to draw a section with a long audit trail, and to take in a new
// line. `measure.ts` prints it for `npm run bench`; tests check only that there is something to report.

import { runBrowser } from "../support/run-browser";
import { buildControl, BUILT_CONTROL_FOLDER } from "../support/run-control-build";
import { serveControlHost } from "./control-host";
import { openHostPage } from "./host-page";
import type { RenderTimes } from "./host/scene";
import { longTrail, scenes } from "./scenes";

/** What model-driven apps load today. */
const REACT = "17.0.2";
/** First rounds run code that the browser has not compiled yet; a form that is opened once pays that too, a median does not. */
const WARM_UP_ROUNDS = 5;

export interface RenderFigures {
  readonly auditLines: number;
  readonly rounds: number;
  readonly firstRenderMs: Figure;
  readonly updateMs: Figure;
  readonly unfoldedUpdateMs: Figure;
}

/** Times of all measured rounds, in milliseconds. */
export interface Figure {
  readonly median: number;
  readonly p95: number;
}

/** Figures of the section with a trail of so many lines. */
export async function measureRender({ auditLines = 200, rounds = 50 } = {}): Promise<RenderFigures> {
  await buildControl();
  const server = await serveControlHost(BUILT_CONTROL_FOLDER);
  const browser = await runBrowser();
  try {
    const { page } = await openHostPage(browser, { server, react: REACT, realTime: true });
    const scene = { ...scenes.synced, columns: { ...scenes.synced.columns, audit: longTrail(auditLines) } };
    const measure = (count: number): Promise<RenderTimes> =>
      page.evaluate(([measured, n]) => window.coSellHost.measure(measured, n), [scene, count] as const);
    await measure(WARM_UP_ROUNDS);
    const { firstRenderMs, updateMs, unfoldedUpdateMs } = await measure(rounds);
    return {
      auditLines,
      rounds,
      firstRenderMs: figure(firstRenderMs),
      updateMs: figure(updateMs),
      unfoldedUpdateMs: figure(unfoldedUpdateMs),
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

function figure(times: readonly number[]): Figure {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { median: at(0.5), p95: at(0.95) };
}
