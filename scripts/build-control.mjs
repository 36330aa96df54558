// Builds the control for production with Microsoft's own tool and makes sure of what that tool leaves open: it ends well
// even when it failed, says nothing of the size, and knows neither the rules of the solution checker for the bundle nor
// the version of this package. Run by `npm run build:control`; the result lies in pcf-control/out/controls/CoSellSection.
// With `--check` nothing is built: the last result, or the folder that `--of=` names, is looked at again.

import { spawnSync } from "node:child_process";
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { ESLint } from "eslint";
import globals from "globals";

/** Sizes of the bundle in bytes: what a form loads in a blink on a slow line. */
const MOST_BYTES = 60 * 1024;
const MOST_BYTES_GZIP = 18 * 1024;

/** Globals of the platform that the bundle may take for granted: React 16 and Fluent 8.121.1 of the manifest. */
const PLATFORM_GLOBALS = ["Reactv16", "FluentUIReactv81211"];

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = join(root, "pcf-control");
const source = join(folder, "CoSellSection");
const checking = process.argv.includes("--check");
const named = process.argv.find((argument) => argument.startsWith("--of="))?.slice("--of=".length);
const built = resolve(named ?? join(folder, "out/controls/CoSellSection"));
const bundlePath = join(built, "bundle.js");

const problems = [];
if (!checking) {
  await writeVersion();
  await rm(built, { recursive: true, force: true });
  runTool();
  await lintSources();
}
const bundle = await builtBundle();
if (bundle !== null) {
  checkSize(bundle);
  checkPlatform(bundle);
  await lintBundle(bundle);
}
report();

/** The manifest carries the version of the package; a form loads a new bundle only under a new version. */
async function writeVersion() {
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const path = join(source, "ControlManifest.Input.xml");
  const text = await readFile(path, "utf8");
  const start = text.indexOf(' version="', text.indexOf("<control "));
  const from = start + ' version="'.length;
  const end = text.indexOf('"', from);
  if (start < 0 || start > text.indexOf(">", text.indexOf("<control "))) throw new Error(`${path} has no version.`);
  const wanted = text.slice(0, from) + version + text.slice(end);
  if (wanted !== text) await writeFile(path, wanted);
}

function runTool() {
  const tool = createRequire(import.meta.url).resolve("pcf-scripts/bin/pcf-scripts.js");
  const run = spawnSync(process.execPath, [tool, "build", "--buildMode", "production", "--noColor"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, PP_TOOLS_TELEMETRY_OPTOUT: "1" },
  });
  if (run.status !== 0 || !run.stdout.includes("[build] Succeeded")) {
    problems.push(`pcf-scripts failed:\n${run.stdout}${run.stderr}`);
  }
}

async function builtBundle() {
  const made = await stat(bundlePath).catch(() => null);
  if (made === null) {
    problems.push("There is no bundle.js; run npm run build:control.");
    return null;
  }
  const newest = Math.max(...(await timesBelow(source)), ...(await timesBelow(join(root, "solution/schema"))));
  if (made.mtimeMs < newest) problems.push("bundle.js is older than its sources.");
  return readFile(bundlePath, "utf8");
}

async function timesBelow(path) {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.includes("generated"));
  return Promise.all(files.map(async (file) => (await stat(join(file.parentPath, file.name))).mtimeMs));
}

function checkSize(text) {
  const bytes = Buffer.byteLength(text);
  const gzip = gzipSync(text).length;
  process.stdout.write(`bundle.js: ${bytes} bytes, ${gzip} bytes gzip\n`);
  if (bytes > MOST_BYTES) problems.push(`bundle.js has ${bytes} bytes, more than ${MOST_BYTES}.`);
  if (gzip > MOST_BYTES_GZIP) problems.push(`bundle.js has ${gzip} bytes gzip, more than ${MOST_BYTES_GZIP}.`);
}

/** React and Fluent are the platform's; a second copy would cost a form ten times as much. */
function checkPlatform(text) {
  for (const name of PLATFORM_GLOBALS) {
    if (!new RegExp(`=${name}[,;]`).test(text)) problems.push(`bundle.js does not take ${name} from the platform.`);
  }
}

async function lintSources() {
  addFindings(await new ESLint({ cwd: root }).lintFiles(["pcf-control/**/*.{ts,tsx}"]));
}

/** The rules of the solution checker, over what is imported into Dataverse. */
async function lintBundle(text) {
  const checker = join(root, "scripts/checker.config.mjs");
  const overrideConfig = {
    languageOptions: { globals: { ...globals.browser, ...readOnly([...PLATFORM_GLOBALS, "ComponentFramework"]) } },
    rules: {
      "no-undef": "error",
      // The minifier writes `x == null` for null and undefined, and `typeof x == "string"`: both are as strict.
      eqeqeq: ["error", "smart"],
    },
  };
  const eslint = new ESLint({ cwd: root, overrideConfigFile: checker, overrideConfig, ignore: false });
  addFindings(await eslint.lintText(text, { filePath: join(root, "bundle.js") }));
}

function addFindings(results) {
  for (const { filePath, messages } of results) {
    for (const { line, ruleId, message } of messages) problems.push(`${filePath}:${line} ${ruleId} ${message}`);
  }
}

function readOnly(names) {
  return Object.fromEntries(names.map((name) => [name, "readonly"]));
}

function report() {
  if (problems.length === 0) {
    process.stdout.write("The control is built.\n");
    return;
  }
  process.stderr.write(`${problems.join("\n")}\n`);
  process.exitCode = 1;
}
