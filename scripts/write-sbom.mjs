// Writes dist/sbom.cdx.json: every package that runs in production, from the lock file, as a CycloneDX document. Needs no
// network and no installed packages. `--into=<file>` writes it elsewhere.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const given = process.argv.find((argument) => argument.startsWith("--into="))?.slice("--into=".length);
const target = given === undefined ? join(root, "dist", "sbom.cdx.json") : resolve(given);

const options = [
  "--sbom-format=cyclonedx",
  "--sbom-type=application",
  "--omit=dev",
  "--package-lock-only",
  "--offline",
];
const document = JSON.parse(
  execFileSync("npm", ["sbom", ...options], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === "win32",
  }),
);

// npm names the product after the folder that it lies in.
const { name, version, description } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
Object.assign(document.metadata.component, { name, version, description });

mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, `${JSON.stringify(document, null, 2)}\n`);
process.stdout.write(`${document.components.length} packages: ${target}\n`);
