import type { Element } from "@xmldom/xmldom";
import { all, attribute, children, customizationsOf, manifestOf, textOf } from "../opened-zip";
import type { Findings, OpenedZip } from "../opened-zip";

/** Forms of the product's own; every other form is somebody else's. */
export const ownForms = ["{18d081df-6602-4489-b585-c803c82bc74e}", "{09af7d9d-f053-4857-8039-aa7c9633f976}"];

/** An unmanaged zip replaces what it holds: it must hold nothing of somebody else's forms, and no differences. */
export function checkUnmanaged(zip: OpenedZip): Findings {
  const root = customizationsOf(zip);
  return [
    ...(textOf(managed(zip), "Managed") === "0" ? [] : ["it does not say that it is unmanaged"]),
    ...everything(root)
      .filter((element) => element.hasAttribute("solutionaction") || element.hasAttribute("ordinalvalue"))
      .map((element) => `${element.nodeName} is a difference`),
    ...foreignForms(root).map((id) => `form ${id} is not ours`),
  ];
}

/** A managed zip adds to what is there: forms of others as differences that only add, and nothing half-exported. */
export function checkManaged(zip: OpenedZip): Findings {
  const root = customizationsOf(zip);
  return [
    ...(textOf(managed(zip), "Managed") === "1" ? [] : ["it does not say that it is managed"]),
    ...everything(root)
      .filter((element) => element.hasAttribute("unmodified"))
      .map((element) => `${element.nodeName} is marked as unmodified`),
    ...all(root, "systemform").flatMap((form) =>
      ownForms.includes(textOf(form, "formid")) ? checkWhole(form) : checkDifference(form),
    ),
    ...all(root, "EntityInfo")
      .filter((info) => all(info, "attribute").length === 0)
      .map(() => "an EntityInfo without columns"),
  ];
}

/** A whole form says nothing about differences. */
function checkWhole(form: Element): Findings {
  return everything(form)
    .filter((element) => element.hasAttribute("solutionaction") || element.hasAttribute("ordinalvalue"))
    .map((element) => `${element.nodeName} of the own form ${textOf(form, "formid")} is a difference`);
}

/** Containers that every form has; what we add is below them. */
const CONTAINERS = new Set(["form", "tabs", "controlDescriptions", "formLibraries", "events", "event", "Handlers"]);
/** Parts that a difference gives a place. */
const PLACED = new Set(["tab", "section", "cell"]);

function checkDifference(form: Element): Findings {
  const content = children(form, "form").flatMap(everything);
  const added = content.filter((element) => attribute(element, "solutionaction") !== "");
  const placed = content.filter((element) => PLACED.has(element.nodeName));
  const columns = content.filter((element) => element.nodeName === "column");
  return [
    ...added
      .filter((element) => attribute(element, "solutionaction") !== "Added")
      .map(
        (element) => `${element.nodeName} is ${attribute(element, "solutionaction")}, which changes what others made`,
      ),
    ...content
      .filter((element) => !CONTAINERS.has(element.nodeName) && !isWithin(element, added))
      .map((element) => `${element.nodeName} is not part of anything that is added`),
    ...placed
      .filter((element) => !element.hasAttribute("ordinalvalue"))
      .map((element) => `${element.nodeName} has no place`),
    ...columns.filter((column) => !column.hasAttribute("id")).map(() => "a column of a tab has no number"),
    ...children(form)
      .filter(({ nodeName }) => ["IsCustomizable", "CanBeDeleted"].includes(nodeName))
      .map(({ nodeName }) => `${nodeName} of a form of somebody else`),
  ];
}

function isWithin(element: Element, roots: readonly Element[]): boolean {
  let at: typeof element.parentNode = element;
  while (at !== null && !roots.some((root) => root === at)) at = at.parentNode;
  return at !== null;
}

function foreignForms(root: Element): readonly string[] {
  return all(root, "systemform")
    .map((form) => textOf(form, "formid"))
    .filter((id) => !ownForms.includes(id));
}

function managed(zip: OpenedZip): Element {
  const root = manifestOf(zip);
  return children(root, "SolutionManifest")[0] ?? root;
}

function everything(root: Element): readonly Element[] {
  return [root, ...all(root, "*")];
}
