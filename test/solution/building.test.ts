// How the solutions are built: what comes out, that it is the same every time, and what happens to bad inputs.

import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSolutions, SOURCE_FOLDERS } from "../../solution/build/build-solutions";
import * as componentIds from "../../solution/schema/component-ids";
import { shippedSchema } from "../../solution/build/check/solution-schema";
import type { BuildInputs } from "../../solution/build/inputs";
import { SolutionBuildError } from "../../solution/build/solution-build-error";
import { CONTROL_BUILD_TIMEOUT_MS } from "../support/run-control-build";
import {
  BUSY_MACHINE_MS,
  filesBelow,
  opened,
  packageVersion,
  shippedInputs,
  type ShippedZips,
} from "./built-solutions";
import { fixedIds } from "./fixed-ids";
import { all, customizationsOf, manifestOf, textIn, texts, textOf, children, type OpenedZip } from "./opened-zip";

jest.setTimeout(BUSY_MACHINE_MS);

const root = join(__dirname, "../..");
const version = packageVersion();
const NEXT = "7.8.9";

let inputs: BuildInputs;
beforeAll(async () => {
  inputs = await shippedInputs();
}, CONTROL_BUILD_TIMEOUT_MS);

/** The inputs of another version: a build of the control writes the version into its manifest. */
function ofVersion(next: string): BuildInputs {
  const manifest = Buffer.from(inputs.control.get("ControlManifest.xml") ?? []).toString("utf8");
  const bumped = manifest.replace(`version="${version}"`, `version="${next}"`);
  return {
    ...inputs,
    version: next,
    control: new Map([...inputs.control, ["ControlManifest.xml", Buffer.from(bumped)]]),
  };
}

test("[SO1] the build makes both zips of the main solution and of column security, and one for the Sales Insights form", () => {
  const { zips } = buildSolutions(inputs);
  expect([...zips.keys()]).toEqual([
    `CoSellSync_${version}_managed.zip`,
    `CoSellSync_${version}.zip`,
    `CoSellSyncSalesInsights_${version}_managed.zip`,
    `CoSellSyncColumnSecurity_${version}_managed.zip`,
    `CoSellSyncColumnSecurity_${version}.zip`,
  ]);
  const stated = Object.values(opened({ zips, sources: new Map() })).map((zip: OpenedZip) => {
    const [solution] = children(manifestOf(zip), "SolutionManifest");
    return solution === undefined ? "" : `${textOf(solution, "UniqueName")} ${textOf(solution, "Version")}`;
  });
  expect(new Set(stated)).toEqual(
    new Set(["", "SalesInsights", "ColumnSecurity"].map((which) => `CoSellSync${which} ${version}.0`)),
  );
});

test("[SO2] the same inputs make the same bytes, whatever their order and whatever the time", () => {
  const first = buildSolutions(inputs).zips;
  jest.useFakeTimers({ now: new Date("2031-02-03T04:05:06Z") });
  const backwards = buildSolutions({
    ...inputs,
    control: new Map([...inputs.control].reverse()),
    webResourceFiles: new Map([...inputs.webResourceFiles].reverse()),
  }).zips;
  jest.useRealTimers();
  for (const [name, bytes] of first)
    expect([name, Buffer.compare(bytes, backwards.get(name) ?? new Uint8Array())]).toEqual([name, 0]);
});

test("[SO3] a version bump changes version fields and nothing else", () => {
  const before = opened(buildSolutions(inputs));
  const after = opened(buildSolutions(ofVersion(NEXT)), NEXT);
  for (const which of Object.keys(before) as (keyof ShippedZips)[]) {
    const [old, bumped] = [before[which], after[which]];
    expect([...bumped.files.keys()]).toEqual([...old.files.keys()]);
    for (const path of old.files.keys()) {
      const changed = changedLines(textIn(old, path), textIn(bumped, path));
      expect([
        which,
        path,
        changed.filter((line) => !/<Version>|<control |solution="CoSellSync \(/.test(line)),
      ]).toEqual([which, path, []]);
      if (path === "solution.xml") expect(changed).toContain(`<Version>${NEXT}.0</Version>`);
    }
  }
});

function changedLines(before: string, after: string): readonly string[] {
  const [old, bumped] = [before, after].map((text) => text.split("\n"));
  expect(bumped).toHaveLength(old?.length ?? 0);
  return (bumped ?? []).filter((line, n) => line !== old?.[n]).map((line) => line.trim());
}

test("[SO4] the unpacked solutions that are checked in are what the build makes", () => {
  const { sources } = buildSolutions(inputs);
  const found = new Map<string, Uint8Array>(
    Object.values(SOURCE_FOLDERS).flatMap((folder) =>
      [...filesBelow(join(root, "solution", folder))].map(([path, content]) => [`${folder}/${path}`, content] as const),
    ),
  );
  // When this fails: npm run build:solution.
  expect([...found.keys()].sort()).toEqual([...sources.keys()].sort());
  const stale = [...sources].filter(
    ([path, content]) => Buffer.compare(content, found.get(path) ?? new Uint8Array()) !== 0,
  );
  expect(stale.map(([path]) => path)).toEqual([]);
});

test("[SO5] the unpacked solution says what the zips say, in the layout of Microsoft's tools", () => {
  const { sources } = buildSolutions(inputs);
  const { managed, unmanaged } = opened(buildSolutions(inputs));
  const own = [...sources].filter(([path]) => path.startsWith("src/"));
  const definitions = own.filter(([path]) =>
    /^src\/(Entities|OptionSets|Roles|WebResources|Controls)\/.*\.xml$/.test(path),
  );
  for (const [path, content] of definitions) {
    if (path.endsWith("ControlManifest.xml")) continue;
    const text = Buffer.from(content).toString("utf8");
    expect([path, text.startsWith('\ufeff<?xml version="1.0" encoding="utf-8"?>\n')]).toEqual([path, true]);
    const zips = path.includes("FormXml")
      ? [path.endsWith("_managed.xml") ? managed : unmanaged]
      : [managed, unmanaged];
    for (const zip of zips) {
      const all = squeezed(textIn(zip, "customizations.xml"));
      for (const part of partsOf(text)) expect([path, zip.name, all.includes(part)]).toEqual([path, zip.name, true]);
    }
  }
  expect(
    texts(
      manifestOf({
        name: "src",
        files: new Map([["solution.xml", sources.get("src/Other/Solution.xml") ?? new Uint8Array()]]),
      }),
      "Managed",
    ),
  ).toEqual(["2"]);
  const copied = own.filter(
    ([path]) => /^src\/(Controls|environmentvariabledefinitions)\//.test(path) && !path.endsWith(".data.xml"),
  );
  expect(copied.length).toBeGreaterThan(5);
  for (const [path, content] of copied) {
    const inZip = textIn(managed, path.slice("src/".length)).replace(/^<\?xml version="1.0" encoding="utf-8"\?>\n/, "");
    expect([path, squeezed(Buffer.from(content).toString("utf8"))]).toEqual([path, squeezed(inZip)]);
  }
});

test("[SO5] whatever a zip defines has its file in the unpacked solution", () => {
  const { sources } = buildSolutions(inputs);
  const { managed } = opened(buildSolutions(inputs));
  const root = customizationsOf(managed);
  const [roles, choices] = [all(root, "Roles"), all(root, "optionsets")].map(([one]) =>
    one ? children(one).length : 0,
  );
  const wanted = {
    "Entities/[^/]+/Entity\\.xml": all(root, "Entity").length,
    "Entities/.*_managed\\.xml": all(root, "systemform").length,
    "Entities/.*/SavedQueries/.*\\.xml": all(root, "savedquery").length,
    "OptionSets/.*": choices,
    "Roles/.*": roles,
    "WebResources/.*\\.data\\.xml": all(root, "WebResource").length,
    "Controls/.*\\.data\\.xml": all(root, "CustomControl").length,
  };
  const found = Object.keys(wanted).map((pattern) => {
    const files = [...sources.keys()].filter((path) => new RegExp(`^src/${pattern}$`).test(path));
    return [pattern, files.length];
  });
  expect(Object.fromEntries(found)).toEqual(wanted);
  expect(Math.min(...Object.values(wanted).map(Number))).toBeGreaterThan(0);
});

/** The definitions of a file of an unpacked solution, without what wraps them there. */
function partsOf(file: string): readonly string[] {
  const text = squeezed(file);
  const inner = [/<forms>(.*)<\/forms>/, /<savedqueries>(.*)<\/savedqueries>/, /<EntityInfo>(.*)<\/EntityInfo>/];
  const whole = inner.flatMap((pattern) => pattern.exec(text)?.[1] ?? []);
  return whole.length > 0 ? whole : [text];
}

function squeezed(xml: string): string {
  return xml
    .replace(/^\ufeff?<\?xml[^>]*>/, "")
    .replaceAll(/ xmlns:xsi="[^"]*"/g, "")
    .replaceAll(/\s*\n\s*/g, "");
}

const bad: readonly (readonly [string, (given: BuildInputs) => BuildInputs, string])[] = [
  ["a control that was not built", (given) => ({ ...given, control: new Map() }), "Run npm run build:control."],
  [
    "a control that lacks a file",
    (given) => ({ ...given, control: lacking(given.control, "bundle.js") }),
    "lacks bundle.js",
  ],
  [
    "a control of another version",
    (given) => ({ ...given, version: "3.0.0" }),
    `has version ${version}, the package 3.0.0`,
  ],
  [
    "a manifest that is none",
    (given) => ({ ...given, control: new Map([...given.control, ["ControlManifest.xml", Buffer.from("<x/>")]]) }),
    "names no namespace",
  ],
  [
    "a version with words",
    (given) => ({ ...given, version: "1.0.0-beta" }),
    "1.0.0-beta of the package is not three numbers",
  ],
  [
    "a web resource that was not built",
    (given) => ({ ...given, webResourceFiles: lacking(given.webResourceFiles, "cosell_/icons/synced.svg") }),
    "cosell_/icons/synced.svg is not built",
  ],
  [
    "a file that no list names",
    (given) => ({
      ...given,
      webResourceFiles: new Map([...given.webResourceFiles, ["cosell_/stray.js", Buffer.from("x")]]),
    }),
    "No web resource is listed for cosell_/stray.js",
  ],
  [
    "a web resource without id",
    (given) => ({
      ...given,
      webResources: [...given.webResources, { name: "cosell_/new.js", type: 3, labels: { en: "n", fr: "n" } }],
      webResourceFiles: new Map([...given.webResourceFiles, ["cosell_/new.js", Buffer.from("x")]]),
    }),
    "cosell_/new.js has no id: add one to component-ids.ts",
  ],
];

test.each(bad)("[SO6] %s ends the build and says what to do", (_name, change, message) => {
  const build = () => buildSolutions(change(inputs));
  expect(build).toThrow(SolutionBuildError);
  expect(build).toThrow(message);
});

test("[SO6] a mistake in the schema ends the build with its place", () => {
  const publisher = { ...shippedSchema.publisher, optionValuePrefix: 1 };
  const build = () => buildSolutions(inputs, { ...shippedSchema, publisher });
  expect(build).toThrow(SolutionBuildError);
  expect(build).toThrow(/^The schema of the solution has \d+ mistakes?:\n {2}solution\/schema\/\S+\.ts /);
});

function lacking<T>(files: ReadonlyMap<string, T>, name: string): ReadonlyMap<string, T> {
  return new Map([...files].filter(([path]) => path !== name));
}

test(
  "[SO2, SO4, SO6] the command writes the same zips in any time zone; with --check it names what is stale or stray and writes nothing",
  () => {
    const copy = workingCopy();
    try {
      const first = run(copy);
      expect(first.stderr).toBe("");
      expect(first.status).toBe(0);
      expect(first.stdout).toContain("npm run build:webresources\n");
      expect(first.stdout).toContain(`dist/solution/CoSellSync_${version}_managed.zip: `);
      for (const [name, bytes] of buildSolutions(inputs).zips) {
        expect([name, Buffer.compare(bytes, readFileSync(join(copy, "dist/solution", name)))]).toEqual([name, 0]);
      }
      writeFileSync(join(copy, "solution/src/stray.xml"), "<x />");
      writeFileSync(join(copy, "solution/src/Other/Solution.xml"), "<x />");
      const check = run(copy, "--check");
      expect(check.stdout).toBe("");
      expect([check.status, check.stderr]).toEqual([
        1,
        "Not current below solution/: src/Other/Solution.xml, src/stray.xml. Run npm run build:solution.\n",
      ]);
      expect(readFileSync(join(copy, "solution/src/Other/Solution.xml"), "utf8")).toBe("<x />");
      rmSync(join(copy, "pcf-control/out/controls/CoSellSection/css"), { recursive: true });
      const failed = run(copy);
      expect([failed.status, failed.stderr]).toEqual([
        1,
        "The built control lacks css/CoSellSection.css. Run npm run build:control.\n",
      ]);
    } finally {
      rmSync(copy, { recursive: true });
    }
  },
  CONTROL_BUILD_TIMEOUT_MS,
);

/** A copy of what the command works on, with the control as it was built and the packages of this checkout. */
function workingCopy(): string {
  const copy = mkdtempSync(join(tmpdir(), "cosell-solution-"));
  for (const path of ["package.json", "tsconfig.base.json", "scripts", "solution", "webresources", "pcf-control"]) {
    cpSync(join(root, path), join(copy, path), { recursive: true, preserveTimestamps: true });
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "junction");
  return copy;
}

function run(folder: string, ...more: readonly string[]) {
  return spawnSync(process.execPath, [join(folder, "scripts/build-solution.mjs"), ...more], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, TZ: "Pacific/Kiritimati" },
  });
}

test("[SO14] ids that are out never change; new ones are added", () => {
  const now = JSON.stringify(componentIds).match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [];
  expect(fixedIds.length).toBeGreaterThan(100);
  expect([...now].sort()).toEqual([...fixedIds].sort());
});
