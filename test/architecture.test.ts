// Who may import whom. This table is the documentation of the layers (ARCHITECTURE.md explains it); the tests below run it.

import { join } from "node:path";
import { layerOf, readSource, sourceFiles, violationsOf, type Layer } from "./support/run-layers";

const root = join(__dirname, "..");
const src = "sync-relay/src/";
const schema = "solution/schema/";
const node = "node:";

/** The part of the schema that says nothing of Dataverse. */
const neutralSchema = ["help-options", "sync-status", "labels"].map((file) => schema + file);

function adapter(folder: string, ...packages: string[]): Layer {
  return {
    name: `adapter ${folder}`,
    path: `${src}adapters/${folder}/`,
    mayImport: [`${src}core/`, `${src}ports/`, schema],
    packages: [node, ...packages],
  };
}

const layers: readonly Layer[] = [
  { name: "schema", path: schema, mayImport: [], packages: [] },
  { name: "solution build", path: "solution/build/", mayImport: [schema], packages: [node, "fflate"] },
  { name: "core", path: `${src}core/`, mayImport: neutralSchema, packages: [] },
  { name: "ports", path: `${src}ports/`, mayImport: [`${src}core/`], packages: [] },
  {
    name: "pipeline",
    path: `${src}pipeline/`,
    mayImport: [`${src}core/`, `${src}ports/`, ...neutralSchema],
    packages: [],
  },
  {
    name: "operate",
    path: `${src}operate/`,
    mayImport: [
      `${src}core/`,
      `${src}ports/`,
      `${src}pipeline/`,
      ...neutralSchema,
      `${schema}publisher`,
      `${schema}environment-variables`,
      `${schema}security-roles`,
      `${schema}webhook-steps`,
      `${schema}opportunity-columns`,
    ],
    packages: [],
  },
  {
    name: "config",
    path: `${src}config/`,
    mayImport: [`${src}core/`, `${schema}labels`],
    packages: [node, "yaml", "zod"],
  },
  adapter("dataverse", "dynamics-web-api"),
  adapter("partner-center", "pkijs", "asn1js", "ipaddr.js"),
  adapter("store", "pg", "pg-boss"),
  adapter("embedded-postgres", "pg"),
  adapter("http", "fastify"),
  adapter("entra", "@azure/msal-node"),
  adapter("sealing"),
  adapter("system", "pino", "prom-client"),
  adapter("mapping-file", "yaml", "zod", "@marcbachmann/cel-js"),
  { name: "composition", path: `${src}compose`, mayImport: [src, schema], packages: [node] },
  { name: "composition", path: `${src}compose/`, mayImport: [src, schema], packages: [node] },
  { name: "process entry", path: `${src}main`, mayImport: [src], packages: [node] },
  { name: "process entry", path: `${src}cli/`, mayImport: [src], packages: [node, "commander", "@clack/prompts"] },
  {
    name: "simulator",
    path: "sync-relay/simulator/",
    mayImport: [`${src}core/`, `${src}ports/`, `${src}config/`, `${src}compose`, schema],
    packages: [node, "@azure/msal-node", "fastify", "zod", "pkijs", "asn1js"],
  },
  {
    name: "simulation",
    path: "sync-relay/simulation/",
    mayImport: [
      `${src}core/`,
      `${src}ports/`,
      `${src}pipeline/`,
      `${src}adapters/store/`,
      `${src}adapters/mapping-file/`,
      `${src}adapters/system/`,
      schema,
    ],
    packages: [node],
  },
  {
    name: "bench",
    path: "sync-relay/bench/",
    mayImport: [`${src}`, "sync-relay/simulator/", "sync-relay/simulation/", schema],
    packages: [node, "pg"],
  },
  {
    name: "fuzz",
    path: "sync-relay/fuzz/",
    mayImport: [`${src}`, "sync-relay/simulator/"],
    packages: [node],
  },
  {
    name: "control",
    path: "pcf-control/",
    mayImport: [schema],
    packages: ["react", "@fluentui/react", "@fluentui/fluent2-theme"],
  },
  { name: "web resources", path: "webresources/", mayImport: [schema], packages: [] },
  {
    name: "tests",
    path: "test/",
    mayImport: ["solution/", "sync-relay/", "pcf-control/", "webresources/"],
    packages: [
      node,
      "@azure/msal-node",
      "@fluentui/react-theme",
      "@jest/globals",
      "@marcbachmann/cel-js",
      "@testing-library/react",
      "@testing-library/user-event",
      "@xmldom/xmldom",
      "asn1js",
      "axe-core",
      "dynamics-web-api",
      "esbuild",
      "fast-check",
      "fastify",
      "fflate",
      "pg",
      "pkijs",
      "playwright-core",
      "react",
      "typescript",
      "xrm-mock",
      "yaml",
    ],
  },
];

const files = sourceFiles(root);

test("[HO1] every source file belongs to a layer and imports only what its layer may", () => {
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap((file) => violationsOf(layers, file, readSource(root, file)))).toEqual([]);
});

test.each([
  [`${src}core/x.ts`, 'import { readFileSync } from "node:fs";'],
  [`${src}core/x.ts`, 'import type { Crm } from "../ports/crm";'],
  [`${src}core/merge/x.ts`, 'import { opportunityColumns } from "../../../../solution/schema/opportunity-columns";'],
  [`${src}core/x.ts`, 'const zod = import("zod");'],
  [`${src}ports/x.ts`, 'export type { Server } from "../adapters/http/http-server";'],
  [`${src}pipeline/x.ts`, 'import { createLog } from "../adapters/system/log";'],
  [`${src}pipeline/x.ts`, 'import { setTimeout } from "node:timers/promises";'],
  [`${src}adapters/http/x.ts`, 'import { createStore } from "../store/postgres-store";'],
  [`${src}adapters/http/x.ts`, 'import pg from "pg";'],
  [`${src}adapters/http/x.ts`, 'import { receive } from "../../pipeline/receive";'],
  [`${src}adapters/http/x.ts`, 'import { composeRelay } from "../../compose";'],
  [`${src}adapters/unknown-technology/x.ts`, ""],
  ["sync-relay/simulator/x.ts", 'import { verify } from "../src/adapters/partner-center/webhook";'],
  ["sync-relay/simulation/x.ts", 'import { composeRelay } from "../src/compose";'],
  [`${src}pipeline/x.ts`, 'import { runHistory } from "../../simulation/history";'],
  [`${src}main.ts`, 'import { createDataverseSimulator } from "../simulator/dataverse/simulator";'],
  [`${src}compose.ts`, 'import { anOpportunity } from "../../test/support/builders";'],
  ["pcf-control/x.tsx", 'import { mergeFields } from "../sync-relay/src/core/merge/merge-fields";'],
  ["solution/schema/x.ts", 'import { mergeFields } from "../../sync-relay/src/core/merge/merge-fields";'],
  [`${src}pipeline/x.ts`, 'import { must } from "../core/must.js";'],
])("[HO1] in %s the line %s is found", (file, line) => {
  expect(violationsOf(layers, file, line)).toHaveLength(1);
});

test("[HO1] what a layer may import is not complained about", () => {
  const line = 'import type { Crm } from "../../ports/crm";\nimport fastify from "fastify";\nimport { a } from "./a";';
  expect(violationsOf(layers, `${src}adapters/http/x.ts`, line)).toEqual([]);
});

test("[HO2] the banned names do not occur among the files", () => {
  const banned = /(^|[-/])(manager|helper|helpers|util|utils|common|misc|handler|handlers)([-./]|$)/;
  expect(files.filter((file) => banned.test(file))).toEqual([]);
  expect(banned.test("sync-relay/src/core/date-utils.ts")).toBe(true);
});

test("[HO2] files of the relay are named in kebab-case, export nothing by default and re-export nothing", () => {
  const own = files.filter((file) => file.startsWith("sync-relay/") || file.startsWith(schema));
  expect(own.filter((file) => !/^[a-z0-9-]+(\.test)?\.ts$/.test(file.split("/").at(-1) ?? ""))).toEqual([]);
  const barrel = /^export \* from|^export default/m;
  expect(own.filter((file) => barrel.test(readSource(root, file)))).toEqual([]);
  expect(layerOf(layers, `${src}core/index.ts`)?.name).toBe("core");
  expect(own.filter((file) => file.endsWith("/index.ts"))).toEqual([]);
});
