import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { BROWSER_TEST_TIMEOUT_MS } from "../support/run-browser";
import { CONTROL_BUILD_TIMEOUT_MS } from "../support/run-control-build";
import { measureRender } from "./measure-render";

const root = join(__dirname, "../..");

test(
  "[CB11] rendering a section with a long trail is measured in the browser",
  async () => {
    const figures = await measureRender({ auditLines: 20, rounds: 3 });
    expect(figures).toMatchObject({ auditLines: 20, rounds: 3 });
    for (const { median, p95 } of [figures.firstRenderMs, figures.updateMs, figures.unfoldedUpdateMs]) {
      expect(median).toBeGreaterThan(0);
      expect(p95).toBeGreaterThanOrEqual(median);
    }
  },
  BROWSER_TEST_TIMEOUT_MS + CONTROL_BUILD_TIMEOUT_MS,
);

test(
  "[CB11] the benchmark prints one figure a line",
  () => {
    const program = join(__dirname, "measure.ts");
    const lines = execFileSync(process.execPath, [join(root, "scripts/run-typescript.mjs"), program, "--quick"], {
      encoding: "utf8",
    });
    const figures = lines
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    expect(figures.map(({ name }) => name)).toEqual([
      ...["first-render", "update", "update-unfolded"].flatMap((name) => [
        `control.${name}.p50`,
        `control.${name}.p95`,
      ]),
      "control.bundle",
      "control.bundle-gzip",
    ]);
    for (const { value, samples } of figures) expect([typeof value, typeof samples]).toEqual(["number", "number"]);
  },
  BROWSER_TEST_TIMEOUT_MS + CONTROL_BUILD_TIMEOUT_MS,
);
