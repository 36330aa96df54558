import type { Element } from "@xmldom/xmldom";
import {
  all,
  attribute,
  children,
  customizationsOf,
  manifestOf,
  parsed,
  rootOf,
  textIn,
  texts,
  textOf,
} from "../opened-zip";
import type { Findings, OpenedZip } from "../opened-zip";

const LANGUAGES = ["1033", "1036"];
/** What holds a text once for each language. */
const labelled = ["LocalizedNames", "LocalizedCollectionNames", "Descriptions", "displaynames", "labels"];
const labelledVariables = ["description", "displayname"];

/** Every text is there in every shipped language, and the languages are declared. */
export function checkLanguages(zip: OpenedZip): Findings {
  const root = customizationsOf(zip);
  const variables = [...zip.files.keys()].filter((path) => path.endsWith("/environmentvariabledefinition.xml"));
  const declared = texts(root, "Language");
  return [
    ...(declared.join() === LANGUAGES.join() ? [] : [`languages ${declared.join()}`]),
    ...[root, manifestOf(zip)].flatMap((one) => labelled.flatMap((name) => all(one, name).flatMap(checkLabels))),
    ...variables.flatMap((path) =>
      labelledVariables.flatMap((name) => all(rootOf(zip, path), name).flatMap(checkLabels)),
    ),
    ...withoutLabels(root),
    ...checkTexts(zip, root),
  ];
}

function checkLabels(container: Element): Findings {
  const entries = children(container);
  // The publisher has no description.
  if (entries.length === 0 && container.parentNode?.nodeName === "Publisher") return [];
  const place = `${container.parentNode?.nodeName}/${container.nodeName} "${attribute(entries[0] ?? container, "description")}"`;
  const languages = entries.map((entry) => attribute(entry, "languagecode"));
  return [
    ...(languages.join() === LANGUAGES.join() ? [] : [`${place} is in ${languages.join() || "no language"}`]),
    ...entries
      .filter((entry) => attribute(entry, "description").trim() === "")
      .map((entry) => `${place} is empty in ${attribute(entry, "languagecode")}`),
  ];
}

/** Parts that users read must have labels at all. */
function withoutLabels(root: Element): Findings {
  const needs: { readonly [part: string]: string } = { tab: "labels", section: "labels", option: "labels" };
  const columns = all(root, "attribute").filter((column) => column.getAttribute("PhysicalName") !== null);
  return [
    ...Object.entries(needs).flatMap(([part, label]) =>
      all(root, part)
        .filter((one) => children(one, label).length === 0)
        .map((one) => `${part} ${attribute(one, "name")}${attribute(one, "value")} has no label`),
    ),
    ...columns
      .filter((column) => children(column, "displaynames").length === 0)
      .map((column) => `column ${textOf(column, "LogicalName")} has no label`),
  ];
}

/** Texts of scripts and of the control: a file for each language, with the same keys. */
function checkTexts(zip: OpenedZip, root: Element): Findings {
  const webResources = all(root, "WebResource")
    .filter((resource) => textOf(resource, "Name").endsWith(".resx"))
    .map((resource) => ({ name: textOf(resource, "Name"), path: textOf(resource, "FileName").slice(1) }));
  const ofControls = [...zip.files.keys()].filter((path) => /^Controls\/.*\.resx$/.test(path));
  const files = [...webResources, ...ofControls.map((path) => ({ name: path, path }))];
  const families = new Set(files.map(({ name }) => name.replace(/\.\d+\.resx$/, "")));
  return [...families].flatMap((family) => {
    const keys = LANGUAGES.map((language) => {
      const file = files.find(({ name }) => name === `${family}.${language}.resx`);
      return file === undefined ? null : keysOf(textIn(zip, file.path), file.name);
    });
    if (keys.some((one) => one === null)) return [`${family} is not there in every language`];
    const [first, ...others] = keys.map((one) => (one ?? []).join());
    return others.every((one) => one === first) ? [] : [`${family} has not the same texts in every language`];
  });
}

function keysOf(resx: string, place: string): readonly string[] {
  return all(parsed(resx, place), "data")
    .filter((entry) => textOf(entry, "value").trim() !== "")
    .map((entry) => attribute(entry, "name"))
    .sort();
}
