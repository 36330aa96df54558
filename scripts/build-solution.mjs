// Makes the solutions that customers import, as zips in dist/solution and unpacked below solution/ (those files are checked
// in). Builds the control and the web resources first when they are missing or older than their sources. Run by
// `npm run build:solution`. With `--check` nothing is written; unpacked files that are not current are named.

import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const controlFolder = join(root, "pcf-control/out/controls/CoSellSection");
const webResourceFolder = join(root, "dist/web-resources");
const zipFolder = join(root, "dist/solution");
const sourceFolder = join(root, "solution");
const checking = process.argv.includes("--check");
const NOT_SOURCE = new Set(["out", "generated", "node_modules", "src", "add-ons"]);

try {
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const manifest = await readFile(join(controlFolder, "ControlManifest.xml"), "utf8").catch(() => "");
  if (!manifest.includes(` version="${version}"`)) build("build:control");
  await upToDate("build:control", join(controlFolder, "bundle.js"), ["pcf-control", "solution/schema"]);
  await upToDate("build:webresources", webResourceFolder, [
    "webresources",
    "solution/schema",
    "solution/configuration-page",
  ]);
  const { buildSolutions, SOURCE_FOLDERS, ...lists } = await sources();
  const built = buildSolutions({
    version,
    control: await filesBelow(controlFolder),
    webResourceFiles: await filesBelow(webResourceFolder),
    webResources: lists.webResources.map((one) => ({ ...one, type: lists.webResourceTypes[one.type] })),
    formLoad: lists.formLoadHandler,
    viewIcon: lists.viewIcon,
  });
  const folders = Object.values(SOURCE_FOLDERS).map((folder) => join(sourceFolder, folder));
  if (checking) await compare(built.sources, folders);
  else await write(built, folders);
} catch (error) {
  // What is wrong with the inputs is said in words; anything else is a mistake of the build and shows where it is.
  process.stderr.write(`${error.name === "SolutionBuildError" ? error.message : error.stack}\n`);
  process.exitCode = 1;
}

/** Builds when the oldest file that a build makes is older than the newest that it is made from. */
async function upToDate(script, made, sourcePaths) {
  const times = await Promise.all(sourcePaths.map((path) => timesBelow(join(root, path))));
  if (Math.min(...(await timesBelow(made))) <= Math.max(...times.flat())) build(script);
}

function build(script) {
  process.stdout.write(`npm run ${script}\n`);
  const { status } = spawnSync("npm", ["run", "--silent", script], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    // On Windows, npm is a command file, which only a shell runs.
    shell: process.platform === "win32",
  });
  if (status !== 0) throw Object.assign(new Error(`npm run ${script} failed.`), { name: "SolutionBuildError" });
}

/** Times of the last change of a file, or of every file below a folder; the beginning of time when there is none. */
async function timesBelow(path) {
  const found = await stat(path).catch(() => null);
  if (found === null) return [0];
  if (!found.isDirectory()) return [found.mtimeMs];
  const names = (await readdir(path)).filter((name) => !NOT_SOURCE.has(name));
  return (await Promise.all(names.map((name) => timesBelow(join(path, name))))).flat();
}

/** The TypeScript of the build, and the list of web resources that goes into it. */
async function sources() {
  const contents = [
    'export * from "./solution/build/build-solutions";',
    'export * from "./webresources/web-resources";',
  ].join("\n");
  const stdin = { contents, resolveDir: root, loader: "ts" };
  const options = { bundle: true, write: false, format: "esm", platform: "node", packages: "bundle" };
  const { outputFiles } = await esbuild.build({ ...options, stdin });
  const code = Buffer.from(outputFiles[0].contents).toString("base64");
  return import(`data:text/javascript;base64,${code}`);
}

/** Contents by path below the folder, in the order of the paths. */
async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = await Promise.all(
    paths.sort().map(async (path) => [relative(folder, path).split(sep).join("/"), await readFile(path)]),
  );
  return new Map(files);
}

async function write({ zips, sources: unpacked }, folders) {
  await mkdir(zipFolder, { recursive: true });
  // The compiler writes into the same folder; only zips of an earlier version are ours to remove.
  const zipsBefore = (await readdir(zipFolder))
    .filter((name) => name.endsWith(".zip"))
    .map((name) => join(zipFolder, name));
  for (const path of [...zipsBefore, ...folders]) await rm(path, { recursive: true, force: true });
  for (const [name, content] of zips) {
    await writeFile(join(zipFolder, name), content);
    process.stdout.write(`dist/solution/${name}: ${content.length} bytes\n`);
  }
  for (const [path, content] of unpacked) {
    await mkdir(dirname(join(sourceFolder, path)), { recursive: true });
    await writeFile(join(sourceFolder, path), content);
  }
}

async function compare(wanted, folders) {
  const stale = new Set();
  for (const [path, content] of wanted) {
    const found = await readFile(join(sourceFolder, path)).catch(() => null);
    if (found === null || !found.equals(content)) stale.add(path);
  }
  for (const folder of folders) {
    const prefix = relative(sourceFolder, folder).split(sep).join("/");
    const found = await filesBelow(folder).catch(() => new Map());
    for (const path of found.keys()) if (!wanted.has(`${prefix}/${path}`)) stale.add(`${prefix}/${path}`);
  }
  if (stale.size === 0) return void process.stdout.write("The unpacked solutions are current.\n");
  process.stderr.write(`Not current below solution/: ${[...stale].sort().join(", ")}. Run npm run build:solution.\n`);
  process.exitCode = 1;
}
