import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";

const root = join(__dirname, "../..");

/** The web resources as `npm run build:webresources` makes them. Remove them after use. */
export interface BuiltWebResources {
  readonly folder: string;
  readonly text: (name: string) => string;
  readonly remove: () => void;
}

export function buildWebResources(): BuiltWebResources {
  const folder = mkdtempSync(join(tmpdir(), "cosell-web-resources-"));
  execFileSync(process.execPath, [join(root, "scripts/build-webresources.mjs"), `--into=${folder}`], { stdio: "pipe" });
  return {
    folder,
    text: (name) => readFileSync(join(folder, name), "utf8"),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Globals that a page holds after it ran the scripts one after the other. */
export function globalsAfter(scripts: readonly string[], globals: object = {}): Record<string, unknown> {
  const page: Record<string, unknown> = { ...globals };
  page["window"] = page;
  for (const script of scripts) runInNewContext(script, page);
  return page;
}
