import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, sep } from "node:path";
import ts from "typescript";

/** A layer of the source: its folder or file, and what it may import. */
export interface Layer {
  readonly name: string;
  /** Path of a folder (ends with /) or of a file without extension, from the root. The longest match counts. */
  readonly path: string;
  /** Paths of the same form. Own files are always allowed. */
  readonly mayImport: readonly string[];
  /** Names of packages; `node:` stands for everything built into Node. */
  readonly packages: readonly string[];
}

/** An import that the table does not allow, in words. */
export type Violation = string;

const SOURCE_FOLDERS = ["solution", "sync-relay", "pcf-control", "webresources", "test"];
const NOT_SOURCE = new Set(["node_modules", "dist", "out", "generated", "obj", "bin"]);

/** All TypeScript files of the product, from the root, with forward slashes. */
export function sourceFiles(root: string): readonly string[] {
  return SOURCE_FOLDERS.flatMap((folder) => filesUnder(root, folder));
}

/** Imports of one file that its layer may not have. */
export function violationsOf(layers: readonly Layer[], file: string, text: string): readonly Violation[] {
  const layer = layerOf(layers, file);
  if (layer === null) return [`${file} belongs to no layer`];
  // Type imports and dynamic imports count like any other.
  const imports = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  return imports.flatMap((name) => {
    const problem = name.startsWith(".") ? relativeProblem(layer, file, name) : packageProblem(layer, name);
    return problem === null ? [] : [`${file} (${layer.name}) imports ${name}: ${problem}`];
  });
}

export function layerOf(layers: readonly Layer[], file: string): Layer | null {
  const matches = layers.filter(({ path }) => isWithin(path, file));
  matches.sort((a, b) => b.path.length - a.path.length);
  return matches[0] ?? null;
}

function relativeProblem(layer: Layer, file: string, name: string): string | null {
  if (/\.(ts|js|mjs|cjs|tsx)$/.test(name)) return "write relative imports without extension";
  const target = normalize(join(dirname(file), name))
    .split(sep)
    .join("/");
  if (target.startsWith("..")) return "it is outside the repository";
  return [layer.path, ...layer.mayImport].some((path) => isWithin(path, target)) ? null : "the layer may not";
}

function packageProblem(layer: Layer, name: string): string | null {
  const allowed = layer.packages.some((own) =>
    own === "node:" ? name.startsWith("node:") : name === own || name.startsWith(`${own}/`),
  );
  return allowed ? null : "the layer may not use this package";
}

function isWithin(path: string, file: string): boolean {
  return path.endsWith("/") ? file.startsWith(path) : file.replace(/\.tsx?$/, "") === path;
}

function filesUnder(root: string, folder: string): readonly string[] {
  let entries;
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return NOT_SOURCE.has(entry.name) ? [] : filesUnder(root, path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** Text of a file, from the root. */
export function readSource(root: string, file: string): string {
  return readFileSync(join(root, file), "utf8");
}
