import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Version of the solution that is installed: that of the package above this file, as both are released together. */
export function installedVersion(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const path = join(folder, "package.json");
    if (existsSync(path)) {
      const { version } = JSON.parse(readFileSync(path, "utf8")) as { readonly version?: unknown };
      return `${typeof version === "string" ? version : "0.0.0"}.0`;
    }
  }
  return "0.0.0.0";
}
