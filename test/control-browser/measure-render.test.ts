import { BROWSER_TEST_TIMEOUT_MS } from "../support/run-browser";
import { CONTROL_BUILD_TIMEOUT_MS } from "../support/run-control-build";
import { measureRender } from "./measure-render";

test(
  "[CB11] rendering a section with a long trail is measured in the browser",
  async () => {
    const figures = await measureRender({ auditLines: 20, rounds: 3 });
    expect(figures).toMatchObject({ auditLines: 20, rounds: 3 });
    for (const { median, p95 } of [figures.firstRenderMs, figures.updateMs]) {
      expect(median).toBeGreaterThan(0);
      expect(p95).toBeGreaterThanOrEqual(median);
    }
  },
  BROWSER_TEST_TIMEOUT_MS + CONTROL_BUILD_TIMEOUT_MS,
);
