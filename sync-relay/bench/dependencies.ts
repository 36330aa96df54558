import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Figure, Suite } from "./figure";

/** The product's package file, seen from the compiled benchmark. */
const PACKAGE_FILE = join(__dirname, "..", "..", "..", "package.json");

/** How many packages the product itself asks for at run time. */
export const dependencies: Suite = {
  prefix: "dependencies.",
  measure: () => Promise.resolve([counted()]),
};

function counted(): Figure {
  const file = JSON.parse(readFileSync(PACKAGE_FILE, "utf8")) as { readonly dependencies?: object };
  const value = Object.keys(file.dependencies ?? {}).length;
  return { name: "dependencies.production", value, unit: "packages", samples: 1 };
}
