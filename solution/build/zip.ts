// Solution zips: the documents at the root, the files beside them, and the same bytes for the same content whenever and
// wherever they are made.

import { zipSync, type Zippable } from "fflate";
import { renderCustomizations } from "./render/render-customizations";
import { renderManifest } from "./render/render-manifest";
import type { Kind, SolutionPackage } from "./solution-package";
import { element, renderDocument, type XmlElement } from "./render/xml";

/** A zip entry's time has no time zone: these parts are written as they are, so every machine writes the same. */
const ENTRY_TIME = new Date(1980, 0, 1);
const COMPRESSION_LEVEL = 9;

const utf8 = new TextEncoder();

/** The bytes of one of the zips of a solution. */
export function zipOf(given: SolutionPackage, kind: Kind): Uint8Array {
  const entries: Zippable = Object.fromEntries(zipFiles(given, kind));
  return zipSync(entries, { mtime: ENTRY_TIME, level: COMPRESSION_LEVEL });
}

/** What is in the zip, by path: content types, solution and customizations first, then by path. */
export function zipFiles(given: SolutionPackage, kind: Kind): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const { path, content } of given.webResources) files.set(path.slice(1), content);
  for (const control of given.controls) {
    for (const [path, content] of control.files) files.set(`Controls/${control.name}/${path}`, content);
  }
  for (const { name, definition } of given.environmentVariables) {
    files.set(environmentVariablePath(name), utf8.encode(renderDocument(definition)));
  }
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const documents: readonly (readonly [string, XmlElement])[] = [
    ["solution.xml", renderManifest(given, kind)],
    ["customizations.xml", renderCustomizations(given, kind)],
  ];
  const paths = [...documents.map(([path]) => path), ...sorted.map(([path]) => path)];
  return new Map([
    ["[Content_Types].xml", utf8.encode(renderDocument(contentTypes(paths)))],
    ...documents.map(([path, root]) => [path, utf8.encode(renderDocument(root))] as const),
    ...sorted,
  ]);
}

/** Where the definition of an environment variable lies, in a zip and in a folder. */
export function environmentVariablePath(name: string): string {
  return `environmentvariabledefinitions/${name}/environmentvariabledefinition.xml`;
}

/** Every file of the zip is covered: by its extension, or by its path when it has none. */
function contentTypes(paths: readonly string[]): XmlElement {
  const extensions = [...new Set(paths.flatMap((path) => extensionOf(path) ?? []))].sort();
  const bare = paths.filter((path) => extensionOf(path) === null);
  return element("Types", { xmlns: "http://schemas.openxmlformats.org/package/2006/content-types" }, [
    ...extensions.map((extension) =>
      element("Default", {
        Extension: extension,
        ContentType: extension === "xml" ? "text/xml" : "application/octet-stream",
      }),
    ),
    ...bare.map((path) => element("Override", { PartName: `/${path}`, ContentType: "application/octet-stream" })),
  ]);
}

function extensionOf(path: string): string | null {
  return /\.([^./]+)$/.exec(path)?.[1] ?? null;
}
