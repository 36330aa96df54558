import { all, attributes, children, customizationsOf, parsed, texts, textOf } from "../opened-zip";
import type { Findings, OpenedZip } from "../opened-zip";

const REFERENCE = /^\$webresource:/;

/** Every name that something goes by is the name of something, in this zip or in the one that it needs. */
export function checkNames(zip: OpenedZip, needed: readonly OpenedZip[] = []): Findings {
  const roots = [zip, ...needed].map(customizationsOf);
  const known = (container: string, name: string): ReadonlySet<string> =>
    new Set(roots.flatMap((root) => all(root, container).map((element) => textOf(element, name))));
  const webResources = known("WebResource", "Name");
  const controls = known("CustomControl", "Name");
  const choices = new Set(roots.flatMap((root) => all(root, "optionsets").flatMap((sets) => names(sets))));
  const root = customizationsOf(zip);
  const dependencies = texts(root, "DependencyXml").flatMap((text) =>
    attributes(parsed(text, "DependencyXml"), "Library", "name"),
  );
  const libraries = attributes(root, "Library", "name");
  const icons = attributes(root, "cell", "imageproviderwebresource");
  return [
    ...missing("web resource", [...dependencies, ...libraries], webResources),
    ...icons.filter((icon) => !REFERENCE.test(icon)).map((icon) => `no reference to a web resource: ${icon}`),
    ...missing(
      "web resource",
      icons.map((icon) => icon.replace(REFERENCE, "")),
      webResources,
    ),
    ...missing("library of the form", attributes(root, "Handler", "libraryName"), new Set(libraries)),
    ...missing("control", attributes(root, "customControl", "name"), controls),
    ...missing("choice", texts(root, "OptionSetName"), choices),
  ];
}

function names(sets: Parameters<typeof children>[0]): readonly string[] {
  return children(sets, "optionset").flatMap((set) => set.getAttribute("Name") ?? []);
}

function missing(what: string, wanted: readonly string[], known: ReadonlySet<string>): Findings {
  return wanted.filter((name) => !known.has(name)).map((name) => `no ${what} ${name}`);
}
