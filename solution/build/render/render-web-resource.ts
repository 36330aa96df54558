import { dependencyIds, webResourceIds } from "../../schema/component-ids";
import { guid } from "../forms/form-parts";
import type { WebResourceListing } from "../inputs";
import { INTRODUCED_VERSION } from "./introduced-version";
import { element, properties, renderElement, type XmlElement } from "./xml";
import { SolutionBuildError } from "../solution-build-error";

/** The definition of a web resource, and where its content lies in a zip. */
export function renderWebResource(resource: WebResourceListing): XmlElement {
  const { name, labels, languageCode, type, dependsOn = [] } = resource;
  return element("WebResource", {}, [
    ...properties({
      WebResourceId: guid(idOf(webResourceIds, name)),
      Name: name,
      // Dataverse keeps one name and one description for all languages; the description carries the other language.
      DisplayName: labels.en,
      Description: labels.fr,
      ...(languageCode === undefined ? {} : { LanguageCode: languageCode }),
      WebResourceType: type,
      IntroducedVersion: INTRODUCED_VERSION,
      IsEnabledForMobileClient: 0,
      IsAvailableForMobileOffline: 0,
      ...(dependsOn.length === 0 ? {} : { DependencyXml: dependencies(dependsOn) }),
      IsCustomizable: 1,
      CanBeDeleted: 1,
      IsHidden: 0,
      FileName: webResourceFile(name),
    }),
  ]);
}

/** Path of the content inside a zip: Dataverse strips the name of everything but letters, digits and underscores. */
export function webResourceFile(name: string): string {
  return `/WebResources/${name.replaceAll(/[^A-Za-z0-9_]/g, "")}${idOf(webResourceIds, name).toUpperCase()}`;
}

function dependencies(names: readonly string[]): string {
  const libraries = names.map((name) =>
    element("Library", {
      name,
      displayName: name,
      languagecode: /\.(\d+)\.resx$/.exec(name)?.[1] ?? "",
      description: "",
      libraryUniqueId: guid(idOf(dependencyIds, name)),
    }),
  );
  const all = element("Dependencies", {}, [element("Dependency", { componentType: "WebResource" }, libraries)]);
  return renderElement(all).replaceAll(/\n */g, "");
}

function idOf(ids: { readonly [name: string]: string }, name: string): string {
  const id = ids[name];
  if (id === undefined) throw new SolutionBuildError(`${name} has no id: add one to component-ids.ts.`);
  return id;
}
