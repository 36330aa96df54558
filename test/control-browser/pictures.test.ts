import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BROWSER_TEST_TIMEOUT_MS } from "../support/run-browser";
import { buildControl, BUILT_CONTROL_FOLDER, CONTROL_BUILD_TIMEOUT_MS } from "../support/run-control-build";
import { takePictures } from "./take-pictures";

const control = join(__dirname, "../../pcf-control");
const kept = join(control, "pictures");
const guide = readFileSync(join(control, "README.md"), "utf8");

/** Width and height of a PNG. */
function sizeOf(path: string): readonly [number, number] {
  const bytes = readFileSync(path);
  expect(bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

test(
  "[CB13] the pictures are taken from the built control, and those that are kept are the same ones",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "cosell-pictures-"));
    const preview = join(folder, "preview/preview.png");
    await takePictures({ guide: join(folder, "guide"), preview });
    const taken = readdirSync(join(folder, "guide")).sort();
    expect(readdirSync(kept).sort()).toEqual(taken);
    // Fonts differ from machine to machine, and with them where lines break; the width does not.
    for (const name of taken) expect(sizeOf(join(kept, name))[0]).toBe(sizeOf(join(folder, "guide", name))[0]);
    expect(sizeOf(preview)).toEqual(sizeOf(join(control, "CoSellSection/img/preview.png")));
    rmSync(folder, { recursive: true });
  },
  BROWSER_TEST_TIMEOUT_MS + CONTROL_BUILD_TIMEOUT_MS,
);

test("[CB13] the guide shows each picture with words for who does not see it, and no other", () => {
  const shown = [...guide.matchAll(/!\[([^\]]+)\]\(pictures\/([\w-]+\.png)\)/g)];
  expect(shown.map(([, , file]) => file).sort()).toEqual(readdirSync(kept).sort());
  expect(shown.filter(([, words]) => (words ?? "").length < 20)).toEqual([]);
});

test(
  "[CB13] the built control brings the preview along that its manifest names",
  async () => {
    await buildControl();
    const manifest = readFileSync(join(BUILT_CONTROL_FOLDER, "ControlManifest.xml"), "utf8");
    const [, path] = /preview-image="([^"]+)"/.exec(manifest) ?? [];
    expect(path).toBe("img/preview.png");
    expect(existsSync(join(BUILT_CONTROL_FOLDER, path ?? ""))).toBe(true);
  },
  CONTROL_BUILD_TIMEOUT_MS,
);
