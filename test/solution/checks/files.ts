import { all, attributes, customizationsOf, rootOf, textOf, type Findings, type OpenedZip } from "../opened-zip";

const DOCUMENTS = new Set(["[Content_Types].xml", "solution.xml", "customizations.xml"]);
const ENVIRONMENT_VARIABLE = /^environmentvariabledefinitions\/([^/]+)\/environmentvariabledefinition\.xml$/;

/** Every file that is named is there, and every file that is there is named. */
export function checkFiles(zip: OpenedZip): Findings {
  const named = namedFiles(zip);
  const files = [...zip.files.keys()].filter((path) => !DOCUMENTS.has(path));
  return [
    ...named.filter((path) => !zip.files.has(path)).map((path) => `${path} is named and not there`),
    ...files
      .filter((path) => !named.includes(path) && !namesItself(zip, path))
      .map((path) => `${path} is there and not named`),
    ...named.filter((path, n) => named.indexOf(path) !== n).map((path) => `${path} is named twice`),
    ...files.filter((path) => zip.files.get(path)?.length === 0).map((path) => `${path} is empty`),
  ];
}

function namedFiles(zip: OpenedZip): readonly string[] {
  const root = customizationsOf(zip);
  const webResources = all(root, "WebResource").map((resource) => textOf(resource, "FileName").slice(1));
  const manifests = all(root, "CustomControl").map((control) => textOf(control, "FileName").slice(1));
  return [...webResources, ...manifests, ...manifests.flatMap((path) => resourcesOf(zip, path))];
}

/** What the manifest of a control names, from the root of the zip. */
function resourcesOf(zip: OpenedZip, path: string): readonly string[] {
  if (!zip.files.has(path)) return [];
  const manifest = rootOf(zip, path);
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const kinds = ["code", "css", "resx", "img"];
  const paths = kinds.flatMap((kind) => attributes(manifest, kind, "path"));
  return [...paths, ...attributes(manifest, "control", "preview-image")].map((resource) => folder + resource);
}

/** The definition of an environment variable is found by its folder, which is its name. */
function namesItself(zip: OpenedZip, path: string): boolean {
  const name = ENVIRONMENT_VARIABLE.exec(path)?.[1];
  return name !== undefined && rootOf(zip, path).getAttribute("schemaname") === name;
}
