// customizations.xml: the definitions of everything. The order of its parts is fixed.

import { languagesElement } from "./labels";
import type { Kind, SolutionPackage } from "../solution-package";
import { emptyRibbon, tableName, type FormPart, type TablePart } from "../table";
import { asRoot, element, properties, type XmlElement } from "./xml";

type Parts = { readonly [part: string]: readonly XmlElement[] };

/** Everything of a solution, as it stands in one of its zips. */
export function renderCustomizations(given: SolutionPackage, kind: Kind): XmlElement {
  return customizations({
    Entities: given.tables.map((table) => renderTable(table, kind)),
    Roles: given.roles.map(({ definition }) => definition),
    FieldSecurityProfiles: given.profiles,
    optionsets: given.choices.map(({ definition }) => definition),
    WebResources: given.webResources.map(({ definition }) => definition),
    CustomControls: given.controls.map(({ name }) => renderControl(name)),
  });
}

/** The same with nothing in it: where the definitions are files of their own, this holds what is no definition. */
export function emptyCustomizations(): XmlElement {
  return customizations({});
}

/** The definition of a control: where its manifest lies. */
export function renderControl(name: string): XmlElement {
  return element("CustomControl", {}, properties({ Name: name, FileName: `/Controls/${name}/ControlManifest.xml` }));
}

/** The form of a table that a zip of this kind has; null when it has none. */
export function formFor(form: FormPart, kind: Kind): XmlElement | null {
  return kind === "managed" ? form.managed : form.unmanaged;
}

function customizations(parts: Parts): XmlElement {
  const order = [
    ...["Entities", "Roles", "Workflows", "FieldSecurityProfiles", "Templates", "EntityMaps", "EntityRelationships"],
    ...["OrganizationSettings", "optionsets", "WebResources", "CustomControls", "EntityDataProviders"],
  ];
  const all = order.map((name) => element(name, {}, parts[name] ?? []));
  return asRoot(element("ImportExportXml", {}, [...all, languagesElement()]));
}

function renderTable(table: TablePart, kind: Kind): XmlElement {
  const forms = table.forms.flatMap((form) => formFor(form, kind) ?? []);
  const views = table.views.map(({ definition }) => definition);
  return element("Entity", {}, [
    tableName(table),
    ...(table.info === null ? [] : [element("EntityInfo", {}, [table.info])]),
    ...(forms.length === 0 ? [] : [element("FormXml", {}, [element("forms", { type: "main" }, forms)])]),
    ...(views.length === 0 ? [] : [element("SavedQueries", {}, [element("savedqueries", {}, views)])]),
    ...(table.extent === "whole" ? [emptyRibbon()] : []),
  ]);
}
