import { languageCodes, type Labels, type Language } from "../../schema/labels";
import { element, type XmlElement } from "./xml";

const languages: readonly Language[] = ["en", "fr"];

/** `<each description="…" languagecode="1033"/>` for every shipped language. */
export function labelElements(each: string, labels: Labels): readonly XmlElement[] {
  return languages.map((language) =>
    element(each, { description: labels[language], languagecode: languageCodes[language] }),
  );
}

/** Labels below a container: `<labels><label …/>…</labels>` and its like. */
export function labelled(container: string, each: string, labels: Labels): XmlElement {
  return element(container, {}, labelElements(each, labels));
}

/** Name of a column, a choice or a key. */
export const displayNames = (labels: Labels): XmlElement => labelled("displaynames", "displayname", labels);

/** Name of a form, a view, a table or a solution. */
export const localizedNames = (labels: Labels): XmlElement => labelled("LocalizedNames", "LocalizedName", labels);

/** Description of anything; none without one. */
export function descriptions(labels: Labels | undefined): readonly XmlElement[] {
  return labels === undefined ? [] : [labelled("Descriptions", "Description", labels)];
}

/** Languages that the labels of a solution are in. */
export const languagesElement = (): XmlElement =>
  element(
    "Languages",
    {},
    languages.map((language) => element("Language", {}, String(languageCodes[language]))),
  );
