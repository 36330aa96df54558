import type { Element } from "@xmldom/xmldom";
import { all, customizationsOf, type Findings, type OpenedZip } from "../opened-zip";

/** What is known by a GUID: elements that carry theirs as text, and elements that carry it as an attribute. */
const idElements = ["formid", "savedqueryid", "WebResourceId"];
const idAttributes: { readonly [element: string]: string } = {
  tab: "id",
  section: "id",
  cell: "id",
  header: "id",
  control: "uniqueid",
  Handler: "handlerUniqueId",
  Library: "libraryUniqueId",
  FieldSecurityProfile: "fieldsecurityprofileid",
};
const GUID = /^\{[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\}$/;

/** Every GUID that the zip gives to something. */
export function idsIn(zip: OpenedZip): readonly string[] {
  const root = customizationsOf(zip);
  return [
    ...idElements.flatMap((name) => all(root, name).map(({ textContent }) => textContent ?? "")),
    ...Object.entries(idAttributes).flatMap(([name, attribute]) => idsOf(root, name, attribute)),
    ...all(root, "Roles").flatMap((roles) => idsOf(roles, "Role", "id")),
  ];
}

/** GUIDs are well-formed, and each is given to one thing only. */
export function checkIds(zip: OpenedZip): Findings {
  const ids = idsIn(zip);
  return [
    ...ids.filter((id) => !GUID.test(id)).map((id) => `no GUID: ${id}`),
    ...ids.filter((id, n) => ids.indexOf(id) !== n).map((id) => `${id} twice`),
  ];
}

function idsOf(root: Element, name: string, attribute: string): readonly string[] {
  // A cell of a view has a name instead of an id, a control that nothing describes has none.
  return all(root, name).flatMap((element) => element.getAttribute(attribute) ?? []);
}
