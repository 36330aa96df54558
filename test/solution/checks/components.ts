import { all, attribute, attributes, children, customizationsOf, manifestOf, rootOf, textOf } from "../opened-zip";
import type { Findings, OpenedZip } from "../opened-zip";

/** The list of components and the definitions agree both ways. */
export function checkComponents(zip: OpenedZip): Findings {
  const listed = children(all(manifestOf(zip), "RootComponents")[0] ?? manifestOf(zip)).map((component) => {
    const type = attribute(component, "type");
    return `${type} ${component.getAttribute("schemaName") ?? attribute(component, "id")}`;
  });
  const defined = definitions(zip);
  return [
    ...listed.filter((one) => !defined.includes(one)).map((one) => `${one} is listed and not defined`),
    ...defined.filter((one) => !listed.includes(one)).map((one) => `${one} is defined and not listed`),
    ...listed.filter((one, n) => listed.indexOf(one) !== n).map((one) => `${one} is listed twice`),
    ...shells(zip),
  ];
}

/** Everything that the list must name, as type and name or id. */
function definitions(zip: OpenedZip): readonly string[] {
  const root = customizationsOf(zip);
  const entities = all(root, "Entity").map((entity) => `1 ${textOf(entity, "Name").toLowerCase()}`);
  const choices = all(root, "optionsets").flatMap((sets) =>
    children(sets, "optionset").map((set) => `9 ${attribute(set, "Name")}`),
  );
  const variables = [...zip.files.keys()]
    .filter((path) => path.endsWith("/environmentvariabledefinition.xml"))
    .map((path) => `380 ${attribute(rootOf(zip, path), "schemaname")}`);
  return [
    ...entities,
    ...choices,
    ...all(root, "Roles").flatMap((roles) => attributes(roles, "Role", "id").map((id) => `20 ${id}`)),
    ...all(root, "WebResource").map((resource) => `61 ${textOf(resource, "Name")}`),
    ...all(root, "CustomControl").map((control) => `66 ${textOf(control, "Name")}`),
    ...attributes(root, "FieldSecurityProfile", "fieldsecurityprofileid").map((id) => `70 ${id}`),
    ...variables,
  ];
}

/** A table of somebody else is only a shell: with its whole metadata it would overwrite what others say of it. */
function shells(zip: OpenedZip): Findings {
  const behaviours = new Map(
    all(manifestOf(zip), "RootComponent").map((one) => [attribute(one, "schemaName"), attribute(one, "behavior")]),
  );
  return all(customizationsOf(zip), "Entity").flatMap((entity) => {
    const name = textOf(entity, "Name").toLowerCase();
    const ours = name.startsWith("cosell_");
    const properties = all(entity, "EntityInfo").flatMap((info) =>
      children(info).flatMap((one) => children(one).map(({ nodeName }) => nodeName)),
    );
    const foreign = properties.filter((one) => !["attributes", "EntityKeys"].includes(one));
    return [
      ...(behaviours.get(name) === (ours ? "0" : "2")
        ? []
        : [`${name} is listed with behavior ${behaviours.get(name)}`]),
      ...(ours ? [] : foreign.map((one) => `${one} of ${name} is not ours to say`)),
    ];
  });
}
