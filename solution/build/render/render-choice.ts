import type { GlobalChoice } from "../../schema/choices";
import type { Labels } from "../../schema/labels";
import { INTRODUCED_VERSION } from "./introduced-version";
import { descriptions, displayNames, labelled } from "./labels";
import { element, properties, type XmlElement } from "./xml";

/** An option of a choice: its number and what users read. */
export interface RenderedOption {
  readonly value: number;
  readonly labels: Labels;
}

/** A choice on its own, beside the tables. */
export function renderGlobalChoice(choice: GlobalChoice): XmlElement {
  return element("optionset", { Name: choice.name, localizedName: choice.labels.en }, [
    ...properties({
      OptionSetType: "picklist",
      IsGlobal: 1,
      IntroducedVersion: INTRODUCED_VERSION,
      IsCustomizable: 1,
    }),
    displayNames(choice.labels),
    element("options", {}, choice.options.map(renderOption)),
  ]);
}

/** The choice of one column; `kind` is Dataverse's word for what it is. */
export function renderLocalChoice(
  name: string,
  kind: "bit" | "picklist",
  { labels, options }: { readonly labels: Labels; readonly options: readonly RenderedOption[] },
): XmlElement {
  return element("optionset", { Name: name }, [
    ...choiceHead(kind, labels),
    element("options", {}, options.map(renderOption)),
  ]);
}

const activity = [
  { state: 0, reason: 1, invariantName: "Active", labels: { en: "Active", fr: "Active" } },
  { state: 1, reason: 2, invariantName: "Inactive", labels: { en: "Inactive", fr: "Inactive" } },
];

/** Active and inactive, as every table of its own has them. */
export function renderStates(name: string, labels: Labels): XmlElement {
  const states = activity.map(({ state, reason, invariantName, labels: own }) =>
    element("state", { value: state, defaultstatus: reason, invariantname: invariantName }, [
      labelled("labels", "label", own),
    ]),
  );
  return element("optionset", { Name: name }, [...choiceHead("state", labels), element("states", {}, states)]);
}

/** One reason for each of the two states. */
export function renderStatusReasons(name: string, labels: Labels): XmlElement {
  const reasons = activity.map(({ state, reason, labels: own }) =>
    element("status", { value: reason, state }, [labelled("labels", "label", own)]),
  );
  return element("optionset", { Name: name }, [...choiceHead("status", labels), element("statuses", {}, reasons)]);
}

function choiceHead(kind: string, labels: Labels): readonly XmlElement[] {
  return [
    ...properties({ OptionSetType: kind, IntroducedVersion: INTRODUCED_VERSION, IsCustomizable: 1 }),
    displayNames(labels),
    ...descriptions(labels),
  ];
}

function renderOption({ value, labels }: RenderedOption): XmlElement {
  return element("option", { value, ExternalValue: "" }, [labelled("labels", "label", labels)]);
}
