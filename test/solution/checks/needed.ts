import { all, attribute, attributes, customizationsOf, manifestOf, texts, textOf } from "../opened-zip";
import type { Findings, OpenedZip } from "../opened-zip";
import { definedColumns } from "./columns";
import { ownForms } from "./layers";

/** Every table has it, so nobody lists it. */
const ALWAYS_THERE = "opportunityid";

/** What the zip uses of others is in the list of what must be there before the import, and that list has its reasons. */
export function checkNeeded(zip: OpenedZip): Findings {
  const used = usedOfOthers(zip);
  const listed = all(manifestOf(zip), "Required").map(
    (one) => `${attribute(one, "type")} ${one.getAttribute("schemaName") ?? attribute(one, "id")}`,
  );
  const owners = attributes(manifestOf(zip), "Required", "solution");
  return [
    ...used.filter((one, n) => !listed.includes(one) && used.indexOf(one) === n).map((one) => `${one} is not listed`),
    ...all(manifestOf(zip), "MissingDependency")
      .filter((one) => all(one, "Required").length !== 1 || all(one, "Dependent").length !== 1)
      .map(() => "an entry without both sides"),
    ...(owners.length === listed.length ? [] : ["an entry does not say who brings the component"]),
  ];
}

function usedOfOthers(zip: OpenedZip): readonly string[] {
  const root = customizationsOf(zip);
  const own = definedColumns(zip);
  return all(root, "Entity").flatMap((entity) => {
    const table = textOf(entity, "Name").toLowerCase();
    const columns = [
      ...attributes(entity, "control", "datafieldname"),
      ...all(entity, "savedquery").flatMap((view) => attributes(view, "attribute", "name")),
    ];
    const forms = all(entity, "systemform").map((form) => textOf(form, "formid"));
    const bring = (what: string, names: readonly string[]): readonly string[] => names.map((name) => `${what} ${name}`);
    return table.startsWith("cosell_")
      ? []
      : [
          `1 ${table}`,
          ...bring(
            "2",
            columns.filter((name) => name !== ALWAYS_THERE && !own.get(table)?.has(name)),
          ),
          ...bring(
            "60",
            forms.filter((id) => !ownForms.includes(id)),
          ),
          ...bring("9", absent(texts(root, "OptionSetName"), attributes(root, "optionset", "Name"))),
          ...bring("61", absent(attributes(root, "Library", "name"), names(zip, "WebResource"))),
          ...bring("66", absent(attributes(root, "customControl", "name"), names(zip, "CustomControl"))),
        ];
  });
}

function names(zip: OpenedZip, what: string): readonly string[] {
  return all(customizationsOf(zip), what).map((element) => textOf(element, "Name"));
}

function absent(wanted: readonly string[], there: readonly string[]): readonly string[] {
  return wanted.filter((name) => !there.includes(name));
}
