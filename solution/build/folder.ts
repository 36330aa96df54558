// A solution unpacked into one file for each definition, in the layout that Microsoft's own packing tools read: people who
// work with those tools find here what they expect, and the history shows what changed.

import type { Files } from "./inputs";
import { emptyCustomizations, renderControl } from "./render/render-customizations";
import { renderManifest } from "./render/render-manifest";
import type { SolutionPackage } from "./solution-package";
import { emptyRibbon, tableName, type TablePart } from "./table";
import { asRoot, element, renderElement, renderFile, type XmlElement } from "./render/xml";
import { environmentVariablePath } from "./zip";

const utf8 = new TextEncoder();

/** Every file of the folder by its path. */
export function folderOf(given: SolutionPackage): Files {
  const documents: readonly (readonly [path: string, root: XmlElement])[] = [
    ["Other/Solution.xml", renderManifest(given, "both")],
    ["Other/Customizations.xml", emptyCustomizations()],
    ["Other/Relationships.xml", asRoot(element("EntityRelationships"))],
    ...(given.profiles.length === 0
      ? []
      : [["Other/FieldSecurityProfiles.xml", asRoot(element("FieldSecurityProfiles", {}, given.profiles))] as const]),
    ...given.tables.flatMap(tableFiles),
    ...given.choices.map(({ name, definition }) => [`OptionSets/${name}.xml`, asRoot(definition)] as const),
    ...given.roles.map(({ name, definition }) => [`Roles/${name}.xml`, asRoot(definition)] as const),
    ...given.webResources.map(({ name, definition }) => [`WebResources/${name}.data.xml`, asRoot(definition)] as const),
    ...given.controls.map(
      ({ name }) => [`Controls/${name}/ControlManifest.xml.data.xml`, asRoot(renderControl(name))] as const,
    ),
  ];
  return new Map([
    ...documents.map(([path, root]) => [path, utf8.encode(renderFile(root))] as const),
    ...given.webResources.map(({ name, content }) => [`WebResources/${name}`, content] as const),
    ...given.controls.flatMap(({ name, files }) =>
      [...files].map(([path, content]) => [`Controls/${name}/${path}`, content] as const),
    ),
    // These the tools copy as they are.
    ...given.environmentVariables.map(
      ({ name, definition }) => [environmentVariablePath(name), utf8.encode(renderElement(definition))] as const,
    ),
  ]);
}

function tableFiles(table: TablePart): readonly (readonly [string, XmlElement])[] {
  const folder = `Entities/${table.schemaName}`;
  const info = table.info ?? element("entity", { Name: table.schemaName, unmodified: 1 }, [element("attributes")]);
  // The empty elements tell the tools that these parts are in files of their own.
  const parts = ["FormXml", "SavedQueries", "RibbonDiffXml"].map((part) => element(part));
  const entity = element("Entity", {}, [tableName(table), element("EntityInfo", {}, [info]), ...parts]);
  return [
    [`${folder}/Entity.xml`, asRoot(entity)],
    ...table.forms.flatMap(({ id, managed, unmanaged }) => [
      ...(unmanaged === null ? [] : [formFile(`${folder}/FormXml/main/{${id}}.xml`, unmanaged)]),
      formFile(`${folder}/FormXml/main/{${id}}_managed.xml`, managed),
    ]),
    ...table.views.map(
      ({ id, definition }) =>
        [`${folder}/SavedQueries/{${id}}.xml`, asRoot(element("savedqueries", {}, [definition]))] as const,
    ),
    ...(table.extent === "whole" ? [[`${folder}/RibbonDiff.xml`, asRoot(emptyRibbon())] as const] : []),
  ];
}

function formFile(path: string, form: XmlElement): readonly [string, XmlElement] {
  return [path, asRoot(element("forms", {}, [form]))];
}
