// Makes the files that follow from the source: documentation pages (settings, error codes, troubleshooting) and the English
// texts of the web resources. With `--check` nothing is written; files that are not current are named and the exit code
// is 1. Run by `npm run check:generated`.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import prettier from "prettier";
import { troubleshootingPage } from "./troubleshooting-page.mjs";
import { mappingPage } from "./mapping-page.mjs";
import { textWebResource } from "./text-web-resource.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const checking = process.argv.includes("--check");
const target = process.argv.find((argument) => argument.startsWith("--into="))?.slice("--into=".length) ?? root;

// These sources import nothing but types, so Node reads them as they are.
const { settingTable } = await import("../sync-relay/src/config/setting-table.ts");
const { errorCodes } = await import("../sync-relay/src/core/errors.ts");

const { messages } = await import("../sync-relay/src/core/text/messages.ts");
const { englishPageTexts } = await import("../webresources/configuration-page/english-page-texts.ts");
const { englishFormTexts } = await import("../webresources/scripts/english-form-texts.ts");
// What the doctor finds is written in several files that share how a finding is written.
const { everyFinding } = await bundled("sync-relay/src/operate/doctor/every-finding.ts");
const asvs = JSON.parse(await readFile(join(root, "docs/security/asvs.json"), "utf8"));

const files = {
  "docs/settings.md": settingsPage(settingTable),
  "docs/errors.md": errorsPage(errorCodes),
  "docs/troubleshooting.md": troubleshootingPage({ errorCodes, findings: everyFinding, messages }),
  "docs/mapping.md": await mappingPage(root),
  "docs/security/asvs.md": asvsPage(asvs),
  "webresources/strings/CoSell.1033.resx": textWebResource(englishFormTexts),
  "webresources/strings/CoSellConfiguration.1033.resx": textWebResource(englishPageTexts),
};
const stale = [];
for (const [path, text] of Object.entries(files)) {
  const wanted = path.endsWith(".md") ? await formatted(path, text) : text;
  const file = join(target, path);
  const found = await readFile(file, "utf8").catch(() => null);
  if (found === wanted) continue;
  stale.push(path);
  if (checking) continue;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, wanted);
}

if (checking && stale.length > 0) {
  process.stderr.write(`Not current: ${stale.join(", ")}. Run npm run generate.\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(stale.length === 0 ? "Generated files are current.\n" : `Written: ${stale.join(", ")}\n`);
}

async function formatted(path, text) {
  return prettier.format(text, { ...(await prettier.resolveConfig(join(root, path))), parser: "markdown" });
}

/** What a source exports that imports others. */
async function bundled(source) {
  const options = { entryPoints: [join(root, source)], bundle: true, write: false, format: "esm", platform: "node" };
  const { outputFiles } = await build(options);
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
}

function settingsPage(table) {
  const groups = [...new Set(Object.values(table).map(({ group }) => group))];
  return [
    "# Settings",
    "",
    "Every setting is an environment variable. Instead of `NAME`, `NAME_FILE` may name a file that holds the value, as",
    "container platforms do for secrets. The relay checks all settings when it starts and lists everything that is wrong.",
    "",
    "Settings that are no secrets may stand in a configuration file instead: `cosell.yaml` in the folder that the relay is",
    "started in, or the file that `COSELL_CONFIG_FILE` names. `cosell init` writes one. A name is written without `COSELL_`,",
    "in small letters with hyphens; a secret only as the file that holds it; paths count from the configuration file:",
    "",
    "```yaml",
    "dataverse-url: https://contoso.crm4.dynamics.com",
    "client-secret-file: cosell-secrets/client-secret",
    "```",
    "",
    "A setting in the environment wins over the same one in the file. The command line (`cosell`) reads the same settings.",
    "",
    "<!-- Made from sync-relay/src/config/setting-table.ts by npm run generate. -->",
    ...groups.flatMap((group) => settingsOf(group, table)),
    "",
  ].join("\n");
}

function settingsOf(group, table) {
  const rows = Object.entries(table).filter(([, entry]) => entry.group === group);
  return [
    "",
    `## ${group}`,
    "",
    "| name | default | what |",
    "| --- | --- | --- |",
    ...rows.map(
      ([name, entry]) => `| \`${name}\` | ${defaultOf(entry)} | ${cell(entry.what)}${entry.secret ? " Secret." : ""} |`,
    ),
  ];
}

function defaultOf({ need, fallback }) {
  return need === "has-default" ? `\`${cell(fallback)}\`` : need;
}

function errorsPage(codes) {
  const kinds = {
    transient: "The relay tries again later, with back-off.",
    throttled: "The relay pauses as long as it was told.",
    conflict: "Somebody else wrote first; the relay reads again.",
    rejected: "The other side will never take this; it becomes a dead letter.",
    unauthorized: "Sign-in or permission; work waits until an admin acts.",
    bug: "A mistake of the relay; it becomes a dead letter.",
  };
  return [
    "# Error codes",
    "",
    "Codes stand in the log, in dead letters, in `/readyz` and in what sellers are told. They never change their meaning.",
    "",
    "<!-- Made from sync-relay/src/core/errors.ts by npm run generate. -->",
    "",
    "| code | meaning | what to do | kind |",
    "| --- | --- | --- | --- |",
    ...Object.entries(codes).map(
      ([code, { kind, meaning, action }]) => `| ${code} | ${cell(meaning)} | ${cell(action)} | ${kind} |`,
    ),
    "",
    "## Kinds",
    "",
    "| kind | what the relay does |",
    "| --- | --- |",
    ...Object.entries(kinds).map(([kind, what]) => `| ${kind} | ${what} |`),
    "",
  ].join("\n");
}

function asvsPage({ standard, items, notApplicable }) {
  const tested = items.filter(({ rules }) => rules !== undefined).length;
  const without = notApplicable.flatMap(({ ids }) => ids).length;
  return [
    `# ${standard}`,
    "",
    `Of ${items.length + without} items, ${items.length} concern the product: ${tested} are covered by tests ` +
      `(${Math.floor((100 * tested) / items.length)} %), ${items.length - tested} by what is said beside them. The words are ours; the standard says what each item asks.`,
    "",
    "<!-- Made from docs/security/asvs.json by npm run generate. -->",
    "",
    "| item | level | about | covered by |",
    "| --- | --- | --- | --- |",
    ...items.map(
      ({ id, level, about, rules, reason }) =>
        `| ${id} | ${level} | ${cell(about)} | ${rules?.join(", ") ?? cell(reason)} |`,
    ),
    "",
    "Rules are those of [SPEC.md](../../SPEC.md); each is proved by the tests that carry its name.",
    "",
    "## Items that do not concern the product",
    "",
    "| items | why |",
    "| --- | --- |",
    ...notApplicable.map(({ ids, reason }) => `| ${ids.join(", ")} | ${cell(reason)} |`),
    "",
  ].join("\n");
}

function cell(text) {
  return text.replaceAll("|", "\\|");
}
