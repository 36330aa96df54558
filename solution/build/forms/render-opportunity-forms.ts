import {
  opportunityTabIds,
  ownFormPartIds,
  ownFormTabIds,
  salesInsightsTabIds,
  type CoSellTabIds,
} from "../../schema/component-ids";
import { ownFormLabels, ownForms, shippedForms } from "../../schema/forms";
import { standardOpportunityColumns } from "../../schema/standard-columns";
import { renderCoSellTab, renderControlDescription } from "./co-sell-tab";
import { guid, renderField, renderHeader, renderSection, type Placing } from "./form-parts";
import { renderFormScript, type ScriptFunction } from "./form-script";
import { labelled, localizedNames } from "../render/labels";
import type { FormPart } from "../table";
import { standardField, wholeForm, wholeTab } from "./whole-form";
import { element, properties, type XmlElement } from "../render/xml";

/** What the forms need to know of the control and the scripts. */
export interface FormContents {
  readonly controlName: string;
  readonly loadHandler: ScriptFunction;
}

/** Counted from 0: right after the summary, where sellers find it without looking. */
const SECOND_TAB = 1;
const TIMELINE = "{06375649-C143-495E-A496-C962E5B4488E}";
const TIMELINE_ROWS = 20;
/** Templates of the roles System Administrator and System Customizer: the same in every environment. */
const CUSTOMISER_ROLES = ["627090ff-40a3-4053-8790-584edc5be201", "119f245c-3cc8-4b62-b31c-d1a046ced15d"];
/** After every form that users have had so far. */
const LAST_FORM = 100;

/** Standard columns on the product's own form. */
export const ownFormColumns: readonly string[] = Object.keys(ownFormPartIds.cells)
  .map((cell) => cell.replace(/^header_/, ""))
  .filter((column) => column !== "timeline");

/** What is added to a shipped form of the Opportunity table. */
export function shippedForm(which: keyof typeof shippedForms, contents: FormContents): FormPart {
  const { id, labels } = shippedForms[which];
  const ids = which === "opportunity" ? opportunityTabIds : salesInsightsTabIds;
  const form = element("form", {}, [
    element("tabs", {}, [renderCoSellTab(ids, "added", SECOND_TAB)]),
    ...behaviour(ids, contents, "added"),
  ]);
  const managed = element("systemform", {}, [
    ...properties({ formid: guid(id), FormPresentation: 1, FormActivationState: 1 }),
    form,
    localizedNames(labels),
  ]);
  return { id, managed, unmanaged: null };
}

/** The product's own Opportunity form. Only customisers see it until they give it to others. */
export function ownOpportunityForm(contents: FormContents): FormPart {
  const ids = ownFormTabIds;
  const roles = CUSTOMISER_ROLES.map((role) => element("Role", { Id: guid(role) }));
  const form = element("form", { headerdensity: "HighWithControls", showImage: false }, [
    element("tabs", {}, [summaryTab(), renderCoSellTab(ids, "whole", SECOND_TAB)]),
    header(),
    ...behaviour(ids, contents, "whole"),
    element("DisplayConditions", { Order: LAST_FORM, FallbackForm: false }, roles),
  ]);
  return wholeForm(ownForms.coSellOpportunity, form);
}

/** The control and the script of a form. */
function behaviour(ids: CoSellTabIds, contents: FormContents, placing: Placing): readonly XmlElement[] {
  return [
    element("controlDescriptions", {}, [renderControlDescription(ids, contents.controlName, placing)]),
    ...renderFormScript(ids, contents.loadHandler, placing),
  ];
}

function summaryTab(): XmlElement {
  const { cells, summaryTab: id, dealSection, timelineSection } = ownFormPartIds;
  const standard = standardOpportunityColumns;
  const deal = {
    id: dealSection,
    name: "deal",
    labels: ownFormLabels.dealSection,
    shown: true,
    titled: true,
    rows: [
      renderField(standardField(standard.name, cells.name)),
      renderField(standardField(standard.account, cells.parentaccountid)),
      renderField(standardField(standard.contact, cells.parentcontactid)),
      renderField(standardField(standard.currency, cells.transactioncurrencyid)),
      renderField(standardField(standard.systemCalculated, cells.isrevenuesystemcalculated)),
      renderField(standardField(standard.estimatedValue, cells.estimatedvalue)),
      renderField(standardField(standard.description, cells.description)),
    ],
  };
  const timeline = {
    id: timelineSection,
    name: "timeline",
    labels: ownFormLabels.timelineSection,
    shown: true,
    titled: false,
    rows: [timelineCell(cells.timeline), ...Array.from({ length: TIMELINE_ROWS - 1 }, () => null)],
  };
  return wholeTab(id, { name: "summary", labels: ownFormLabels.summaryTab }, [
    { width: 50, sections: [renderSection(deal, "whole")] },
    { width: 50, sections: [renderSection(timeline, "whole")] },
  ]);
}

function header(): XmlElement {
  const { closeDate, statusReason, owner } = standardOpportunityColumns;
  const { cells } = ownFormPartIds;
  return renderHeader(ownFormPartIds.header, [
    renderField(standardField(closeDate, cells.header_estimatedclosedate), "header"),
    renderField(standardField(statusReason, cells.header_statuscode), "header"),
    renderField(standardField(owner, cells.header_ownerid), "header"),
  ]);
}

function timelineCell(id: string): XmlElement {
  const attributes = { id: guid(id), showlabel: false, locklevel: 0, rowspan: TIMELINE_ROWS, colspan: 1, auto: false };
  return element("cell", attributes, [
    labelled("labels", "label", ownFormLabels.timelineSection),
    element("control", { id: "notescontrol", classid: TIMELINE, disabled: false }),
  ]);
}
