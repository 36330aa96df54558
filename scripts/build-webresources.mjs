// Makes the web resources of the solution: each script becomes one plain file that any browser of the platform takes, and
// images and texts are copied. The result lies in dist/web-resources under the names in Dataverse, or in the folder that
// `--into=` names. Run by `npm run build:webresources`.

import { build } from "esbuild";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The newest syntax that the solution checker accepts in a web resource. */
const SYNTAX = "es2018";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const sources = join(root, "webresources");
const into =
  process.argv.find((argument) => argument.startsWith("--into="))?.slice("--into=".length) ??
  join(root, "dist/web-resources");

const webResources = await listed();
await rm(into, { recursive: true, force: true });
for (const { name, type, file } of webResources) {
  const target = join(into, name);
  await mkdir(dirname(target), { recursive: true });
  if (type === "script") await buildScript(join(sources, file), target);
  else await copyFile(join(sources, file), target);
}
process.stdout.write(`${webResources.length} web resources built.\n`);

/** The list, read from its TypeScript source. */
async function listed() {
  const options = { bundle: true, write: false, format: "esm", platform: "node" };
  const { outputFiles } = await build({ ...options, entryPoints: [join(sources, "web-resources.ts")] });
  const code = Buffer.from(outputFiles[0].contents).toString("base64");
  return (await import(`data:text/javascript;base64,${code}`)).webResources;
}

async function buildScript(entry, outfile) {
  // Names and lines stay, so that an administrator can read what runs on the form.
  await build({ entryPoints: [entry], outfile, bundle: true, format: "iife", target: SYNTAX });
}
