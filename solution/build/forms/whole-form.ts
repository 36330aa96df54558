import type { MainForm } from "../../schema/forms";
import type { Labels } from "../../schema/labels";
import type { StandardColumn } from "../../schema/standard-columns";
import { guid, renderTabColumns, type FieldCell } from "./form-parts";
import { INTRODUCED_VERSION } from "../render/introduced-version";
import { descriptions, labelled, localizedNames } from "../render/labels";
import type { FormPart } from "../table";
import { element, properties, type XmlElement } from "../render/xml";

/** A form of the product's own: the same in managed and unmanaged solutions. */
export function wholeForm({ id, labels, description }: MainForm, form: XmlElement): FormPart {
  const whole = element("systemform", {}, [
    ...properties({
      formid: guid(id),
      IntroducedVersion: INTRODUCED_VERSION,
      FormPresentation: 1,
      FormActivationState: 1,
    }),
    form,
    ...properties({ IsCustomizable: 1, CanBeDeleted: 1 }),
    localizedNames(labels),
    ...descriptions(description),
  ]);
  return { id, managed: whole, unmanaged: whole };
}

/** A tab of such a form. */
export function wholeTab(
  id: string,
  { name, labels }: { readonly name: string; readonly labels: Labels },
  columns: Parameters<typeof renderTabColumns>[0],
): XmlElement {
  const attributes = { name, id: guid(id), IsUserDefined: 0, locklevel: 0, showlabel: true, expanded: true };
  return element("tab", attributes, [labelled("labels", "label", labels), renderTabColumns(columns, "whole")]);
}

/** A cell for a column that Dynamics 365 Sales brings along. */
export function standardField(column: StandardColumn, id: string, more: Partial<FieldCell> = {}): FieldCell {
  return { id, column: column.logicalName, control: column.kind, labels: column.labels, ...more };
}
