import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const UNKNOWN = "0.0.0";

/** Version of the product, from the package.json above this file, wherever the build put it. */
export function productVersion(startFolder = __dirname): string {
  for (let folder = startFolder; folder !== dirname(folder); folder = dirname(folder)) {
    const path = join(folder, "package.json");
    if (existsSync(path)) return versionIn(readFileSync(path, "utf8"));
  }
  return UNKNOWN;
}

function versionIn(text: string): string {
  const parsed: unknown = JSON.parse(text);
  const version = typeof parsed === "object" && parsed !== null && "version" in parsed ? parsed.version : null;
  return typeof version === "string" ? version : UNKNOWN;
}
