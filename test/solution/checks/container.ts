import { all, attribute, attributes, rootOf, type Findings, type OpenedZip } from "../opened-zip";

const DOCUMENTS = ["[Content_Types].xml", "solution.xml", "customizations.xml"];

/** The zip as a container: documents at its root, plain paths, and a content type for every file. */
export function checkContainer(zip: OpenedZip): Findings {
  const paths = [...zip.files.keys()];
  const missing = DOCUMENTS.filter((path) => !zip.files.has(path)).map((path) => `there is no ${path}`);
  if (missing.length > 0) return missing;
  const types = rootOf(zip, "[Content_Types].xml");
  const extensions = attributes(types, "Default", "Extension");
  const parts = attributes(types, "Override", "PartName");
  const wanted = (path: string): boolean =>
    path === "[Content_Types].xml" || extensions.includes(extensionOf(path)) || parts.includes(`/${path}`);
  return [
    ...paths.filter((path) => !/^[^\\/]+(\/[^\\/]+)*$/.test(path)).map((path) => `odd path ${path}`),
    ...paths.filter((path) => !wanted(path)).map((path) => `no content type for ${path}`),
    ...extensions.filter((one) => !paths.some((path) => extensionOf(path) === one)).map((one) => `no file is .${one}`),
    ...parts.filter((part) => !zip.files.has(part.slice(1))).map((part) => `a content type for ${part}, no file`),
    ...[...extensions, ...parts].filter((one, n, all) => all.indexOf(one) !== n).map((one) => `${one} twice`),
    ...[...all(types, "Default"), ...all(types, "Override")]
      .filter((type) => !/^(text|application)\/[a-z-]+$/.test(attribute(type, "ContentType")))
      .map((type) => `odd content type ${attribute(type, "ContentType")}`),
  ];
}

function extensionOf(path: string): string {
  return /\.([^./]+)$/.exec(path)?.[1] ?? "";
}
