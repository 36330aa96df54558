import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildControl, BUILT_CONTROL_FOLDER, CONTROL_BUILD_TIMEOUT_MS } from "../support/run-control-build";

const root = join(__dirname, "../..");
/** The checker's rules over a bundle, on a busy machine. */
const CHECK_WITHIN_MS = 120_000;

/** The build's own checks over a built control. */
function check(folder: string) {
  const script = join(root, "scripts/build-control.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, "--check", `--of=${folder}`], {
    encoding: "utf8",
  });
  return { status, text: `${stdout}${stderr}` };
}

beforeAll(buildControl, CONTROL_BUILD_TIMEOUT_MS);

test(
  "[PF26] the built control passes every check of the build",
  () => {
    const { status, text } = check(BUILT_CONTROL_FOLDER);
    expect(text).toMatch(/^bundle\.js: \d+ bytes, \d+ bytes gzip\nThe control is built\.\n$/);
    expect(status).toBe(0);
  },
  CHECK_WITHIN_MS,
);

test("[PF26] the built manifest names the bundle and carries the version of the package", () => {
  const manifest = readFileSync(join(BUILT_CONTROL_FOLDER, "ControlManifest.xml"), "utf8");
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly version: string };
  expect(manifest).toContain('path="bundle.js"');
  expect(manifest).toContain(`version="${version}"`);
});

test("[PF26] a folder without a bundle fails the build", () => {
  const folder = mkdtempSync(join(tmpdir(), "control-"));
  const { status, text } = check(folder);
  rmSync(folder, { recursive: true });
  expect([status, text]).toEqual([1, expect.stringContaining("There is no bundle.js")]);
});

test(
  "[PF26] a bundle that is large, evaluates text or brings its own React fails the build",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "control-"));
    writeFileSync(join(folder, "bundle.js"), `eval("1"); someGlobal(1 == 2 + 3); /*${"x".repeat(70_000)}*/`);
    const { status, text } = check(folder);
    rmSync(folder, { recursive: true });
    expect(status).toBe(1);
    for (const part of ["more than 61440", "no-eval", "no-undef", "eqeqeq", "take Reactv16 from the platform"]) {
      expect(text).toContain(part);
    }
  },
  CHECK_WITHIN_MS,
);
