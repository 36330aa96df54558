// The list of web resources, the files behind it and what the build makes of them.

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { syncStatuses } from "../../solution/schema/sync-status";
import { englishFormTexts } from "../../webresources/scripts/english-form-texts";
import { formLoadHandler, viewIcon, webResources } from "../../webresources/web-resources";
import { buildWebResources, globalsAfter, type BuiltWebResources } from "./built-scripts";

const root = join(__dirname, "../..");
/** ESLint in a process of its own, on a busy machine. */
const CHECK_WITHIN_MS = 120_000;
const sources = join(root, "webresources");
/** Scripts that forms and views load; the configuration page has a script of its own. */
const scripts = webResources.filter(({ type, file }) => type === "script" && file.startsWith("scripts/"));

let built: BuiltWebResources;
beforeAll(() => {
  built = buildWebResources();
});
afterAll(() => built.remove());

/** Texts of a resx file by key. */
function textsOf(resx: string): Record<string, string> {
  const entries = resx.matchAll(/<data name="([^"]+)" xml:space="preserve">\s*<value>([^<]*)<\/value>\s*<\/data>/g);
  return Object.fromEntries([...entries].map(([, key = "", text = ""]) => [key, text]));
}

/** Relative luminance of a colour such as #1a2b3c, as WCAG defines it. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((start) => {
    const part = parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

test("[WR9] the names of the web resources are fixed, since forms and views refer to them", () => {
  expect(webResources.map(({ name, type }) => `${type} ${name}`)).toEqual([
    "svg cosell_/icons/not-shared.svg",
    "svg cosell_/icons/waiting.svg",
    "svg cosell_/icons/synced.svg",
    "svg cosell_/icons/retrying.svg",
    "svg cosell_/icons/needs-attention.svg",
    "svg cosell_/icons/closed.svg",
    "resx cosell_/strings/CoSell.1033.resx",
    "resx cosell_/strings/CoSell.1036.resx",
    "script cosell_/scripts/opportunity-view.js",
    "script cosell_/scripts/opportunity-form.js",
    "resx cosell_/strings/CoSellConfiguration.1033.resx",
    "resx cosell_/strings/CoSellConfiguration.1036.resx",
    "css cosell_/pages/configuration.css",
    "script cosell_/pages/configuration.js",
    "html cosell_/pages/configuration.html",
  ]);
});

test("[WR9] every listed file exists, every file is listed, and every label is there in both languages", () => {
  const listed = webResources.filter(({ type }) => type !== "script").map(({ file }) => file);
  const present = ["icons", "strings", "configuration-page"].flatMap((folder) =>
    readdirSync(join(sources, folder)).map((file) => `${folder}/${file}`),
  );
  const own = present.filter((file) => /\.(svg|resx|css|html)$/.test(file));
  expect(listed.sort()).toEqual(own.sort());
  for (const { name, labels } of webResources) {
    expect([name, labels.en.trim() !== "" && labels.fr.trim() !== "" && labels.en !== labels.fr]).toEqual([name, true]);
  }
});

test("[WR9] what a web resource depends on is listed before it", () => {
  const names = webResources.map(({ name }) => name);
  for (const { name, dependsOn = [] } of webResources) {
    for (const needed of dependsOn) expect(names.slice(0, names.indexOf(name))).toContain(needed);
  }
  expect(webResources.find(({ name }) => name === formLoadHandler.script)?.dependsOn).toHaveLength(2);
});

test("[WR9] the build writes every web resource under its name and nothing else", () => {
  const files = readdirSync(built.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map((entry) => join(entry.parentPath, entry.name).slice(built.folder.length + 1));
  expect(names.sort()).toEqual(webResources.map(({ name }) => name).sort());
});

test("[WR8] both languages have the same texts with the same placeholders, and English is what the code falls back to", () => {
  const [english, french] = [1033, 1036].map((code) => textsOf(built.text(`cosell_/strings/CoSell.${code}.resx`)));
  expect(english).toEqual(englishFormTexts);
  expect(Object.keys(french ?? {})).toEqual(Object.keys(english ?? {}));
  for (const [key, text] of Object.entries(french ?? {})) {
    expect([key, text.includes("{message}")]).toEqual([key, english?.[key]?.includes("{message}")]);
    expect(text).not.toBe(english?.[key]);
  }
});

test.each([
  ["one order", scripts.map(({ name }) => name)],
  ["the other", scripts.map(({ name }) => name).reverse()],
])("[WR10] the scripts add one global name, CoSell, and find each other's functions in %s", (_order, names) => {
  const page = globalsAfter(names.map((name) => built.text(name)));
  expect(Object.keys(page).sort()).toEqual(["CoSell", "window"]);
  const functions = Object.keys(page["CoSell"] as object).map((name) => `CoSell.${name}`);
  expect(functions.sort()).toEqual([formLoadHandler.functionName, viewIcon.functionName].sort());
});

test("[WR10] the built icon function answers like its source", () => {
  const page = globalsAfter([built.text(viewIcon.script)]);
  const { syncIcon } = page["CoSell"] as { syncIcon: (row: string, languageCode: number) => readonly string[] };
  expect([...syncIcon('{"cosell_syncstatus_Value":842130104}', 1036)]).toEqual([
    "cosell_/icons/needs-attention.svg",
    "Espace partenaires : Intervention nécessaire",
  ]);
});

test(
  "[WR10] the solution checker's rules find nothing in the built scripts",
  () => {
    const all = webResources.filter(({ type }) => type === "script");
    const report = checked(all.map(({ name }) => join(built.folder, name)));
    expect(report.length).toBe(all.length);
    expect(report.flatMap(({ messages }) => messages)).toEqual([]);
  },
  CHECK_WITHIN_MS,
);

test(
  "[WR10] the solution checker's rules do find what they are for",
  () => {
    const report = checked([], "Xrm.Page.getAttribute('name'); eval('1'); const a = b?.c;");
    expect(report[0]?.messages.map(({ message }) => message).join()).toContain("Parsing error");
    const older = checked([], "Xrm.Page.getAttribute('name'); eval('1'); window.top.location; console.log(1);");
    expect(older[0]?.messages.map(({ ruleId }) => ruleId).sort()).toEqual(
      expect.arrayContaining(["@microsoft/power-apps/avoid-window-top", "no-console", "no-eval"]),
    );
  },
  CHECK_WITHIN_MS,
);

test("[WR7] no script reads or writes the opportunity's name, calls a server or uses the deprecated page object", () => {
  for (const { name } of scripts) {
    const text = built.text(name);
    expect(text).not.toMatch(/Xrm\.Page|XMLHttpRequest|fetch\(|WebApi|setValue|getAttribute\("name"\)|innerHTML|eval/);
  }
  const columns = readFileSync(join(sources, "scripts/form-notification.ts"), "utf8").matchAll(
    /opportunityColumns\.(\w+)/g,
  );
  expect([...new Set([...columns].map(([, role]) => role))].sort()).toEqual(["sync", "syncMessage", "syncStatus"]);
});

test.each(syncStatuses.map(({ name }) => name))(
  "[WR11] the icon %s is plain and readable on light and dark",
  (name) => {
    const svg = built.text(`cosell_/icons/${name}.svg`);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="16" height="16" viewBox="0 0 16 16">/);
    expect(svg).not.toMatch(/<script|href|url\(|on\w+=|<style|<image|<foreignObject/i);
    const colours = [...new Set(svg.match(/#[0-9a-f]{6}/g))];
    expect(colours).toHaveLength(1);
    for (const list of ["#ffffff", "#1f1f1f"]) expect(contrast(colours[0] ?? list, list)).toBeGreaterThanOrEqual(3);
  },
);

test("[WR11] no two icons have the same shape", () => {
  const shapes = syncStatuses.map(({ name }) => built.text(`cosell_/icons/${name}.svg`).replace(/#[0-9a-f]{6}/g, ""));
  expect(new Set(shapes).size).toBe(syncStatuses.length);
});

interface Checked {
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

function checked(files: readonly string[], text?: string): readonly Checked[] {
  const eslint = join(root, "node_modules/eslint/bin/eslint.js");
  const config = ["--config", join(root, "scripts/checker.config.mjs"), "--no-ignore", "--format", "json"];
  const given = text === undefined ? files : ["--stdin", "--stdin-filename", join(root, "x.js")];
  // A configuration that is named covers the files below the working folder only.
  const cwd = text === undefined ? built.folder : root;
  const { stdout } = spawnSync(process.execPath, [eslint, ...config, ...given], { cwd, input: text, encoding: "utf8" });
  return JSON.parse(stdout) as readonly Checked[];
}
