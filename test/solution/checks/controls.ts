import type { Element } from "@xmldom/xmldom";
import {
  all,
  attribute,
  children,
  customizationsOf,
  rootOf,
  textOf,
  type Findings,
  type OpenedZip,
} from "../opened-zip";

/** The native control of a Yes/No column, and the class that says "described below". */
const NATIVE_YES_NO = "{67FAC785-CD58-4F9F-ABB3-4B7DDC6ED5ED}";
const DESCRIBED = "{F9A8A302-114E-466A-B582-6771B2AE0D92}";

/** Cells with a described control and the descriptions agree, with a native control and all three form factors. */
export function checkControlDescriptions(zip: OpenedZip): Findings {
  return all(customizationsOf(zip), "systemform").flatMap((form) => {
    const described = all(form, "control").filter((control) => attribute(control, "classid") === DESCRIBED);
    const ids = described.map((control) => attribute(control, "uniqueid"));
    const descriptions = all(form, "controlDescription");
    const forControls = descriptions.map((one) => attribute(one, "forControl"));
    return [
      ...ids.filter((id) => !forControls.includes(id)).map((id) => `no description for control ${id}`),
      ...forControls.filter((id) => !ids.includes(id)).map((id) => `description for no control: ${id}`),
      ...descriptions.flatMap((one) =>
        checkDescription(
          one,
          described.find((control) => attribute(control, "uniqueid") === attribute(one, "forControl")),
        ),
      ),
    ];
  });
}

function checkDescription(description: Element, control: Element | undefined): Findings {
  const [native, ...ours] = children(description, "customControl");
  const fallback = native === undefined ? "" : textOf(children(native, "parameters")[0] ?? native, "datafieldname");
  const factors = ours.map((one) => attribute(one, "formFactor"));
  const names = new Set(ours.map((one) => attribute(one, "name")));
  return [
    ...(attribute(native ?? description, "id") === NATIVE_YES_NO ? [] : ["no native control"]),
    ...(control !== undefined && fallback === attribute(control, "datafieldname")
      ? []
      : [`the native control shows ${fallback}`]),
    ...(factors.join() === "0,1,2" ? [] : [`form factors ${factors.join()}`]),
    ...(names.size === 1 ? [] : [`controls ${[...names].join()}`]),
  ];
}

/** Types that a column may have where the manifest of a control asks for one. */
const fits: { readonly [dataverseType: string]: readonly string[] } = {
  bit: ["TwoOptions"],
  picklist: ["OptionSet"],
  nvarchar: ["SingleLine.Text", "SingleLine.TextArea"],
  url: ["SingleLine.URL"],
  ntext: ["Multiple"],
  datetime: ["DateAndTime.DateAndTime", "DateAndTime.DateOnly"],
};

/** What the form hands the control is what the manifest of the built control asks for, of the type it asks for. */
export function checkParameters(zip: OpenedZip, columnTypes: ReadonlyMap<string, string>): Findings {
  const root = customizationsOf(zip);
  return all(root, "CustomControl").flatMap((control) => {
    const name = textOf(control, "Name");
    const manifest = rootOf(zip, textOf(control, "FileName").slice(1));
    const declared = all(manifest, "control")[0];
    const own = `cosell_${attribute(declared ?? manifest, "namespace")}.${attribute(declared ?? manifest, "constructor")}`;
    const uses = all(root, "customControl").filter((one) => attribute(one, "name") === name);
    return [
      ...(own === name ? [] : [`${name} is ${own} in its manifest`]),
      ...(uses.length > 0 ? [] : [`${name} is on no form`]),
      ...uses.flatMap((use) => checkUse(use, manifest, columnTypes)),
    ];
  });
}

function checkUse(use: Element, manifest: Element, columnTypes: ReadonlyMap<string, string>): Findings {
  const properties = all(manifest, "property");
  const given = children(children(use, "parameters")[0] ?? use);
  const names = given.map(({ nodeName }) => nodeName);
  const required = properties
    .filter((one) => attribute(one, "required") === "true")
    .map((one) => attribute(one, "name"));
  return [
    ...required.filter((name) => !names.includes(name)).map((name) => `required property ${name} is not bound`),
    ...names.filter((name, n) => names.indexOf(name) !== n).map((name) => `${name} is bound twice`),
    ...given.flatMap((parameter) => {
      const property = properties.find((one) => attribute(one, "name") === parameter.nodeName);
      if (property === undefined) return [`the control has no property ${parameter.nodeName}`];
      const column = parameter.textContent ?? "";
      const type = attribute(parameter, "type");
      const possible = fits[columnTypes.get(column) ?? ""] ?? [];
      return [
        ...(typesOf(property, manifest).includes(type) ? [] : [`${parameter.nodeName} does not take ${type}`]),
        ...(possible.includes(type) ? [] : [`column ${column} is no ${type}`]),
      ];
    }),
  ];
}

/** Types that a property takes: its own, or those of its group. */
function typesOf(property: Element, manifest: Element): readonly string[] {
  const group = property.getAttribute("of-type-group");
  if (group === null) return [attribute(property, "of-type")];
  const groups = all(manifest, "type-group").filter((one) => attribute(one, "name") === group);
  return groups.flatMap((one) => all(one, "type").map(({ textContent }) => textContent ?? ""));
}
