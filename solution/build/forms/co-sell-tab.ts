// The tab "Microsoft co-sell": the control on its column, and beside it, not shown, the other columns of the section. The
// control reads and writes those through its parameters; being on the form makes them known to scripts and rules, and locks
// what only the relay writes.

import type { CoSellTabIds, CompanionRole } from "../../schema/component-ids";
import { coSellTab } from "../../schema/forms";
import {
  opportunityColumns,
  type ColumnType,
  type OpportunityColumn,
  type OpportunityColumnRole,
} from "../../schema/opportunity-columns";
import {
  guid,
  nativeControls,
  renderField,
  renderSection,
  renderTabColumns,
  type NativeControl,
  type Placing,
} from "./form-parts";
import { labelled } from "../render/labels";
import { element, type XmlElement } from "../render/xml";

/** A cell with this class says: the control is described below, in the form's control descriptions. */
const DESCRIBED_CONTROL = "{F9A8A302-114E-466A-B582-6771B2AE0D92}";
/** Rows that the section takes before it has measured itself. */
const CONTROL_ROWS = 12;
/** Dataverse's numbers for telephone, tablet and web; an import refuses a control that lacks one. */
const FORM_FACTORS = [0, 1, 2] as const;

/** How a control's parameter is called in the manifest of a control, by type of column. */
const parameterTypes: { readonly [K in ColumnType["kind"]]: string } = {
  "yes-no": "TwoOptions",
  choice: "OptionSet",
  text: "SingleLine.Text",
  url: "SingleLine.URL",
  "multi-line": "Multiple",
  "date-time": "DateAndTime.DateAndTime",
};

const controlsOf: { readonly [K in ColumnType["kind"]]: NativeControl } = {
  "yes-no": "yes-no",
  choice: "choice",
  text: "text",
  url: "url",
  "multi-line": "memo",
  "date-time": "date",
};

const companionRoles = (Object.keys(opportunityColumns) as OpportunityColumnRole[]).filter(
  (role): role is CompanionRole => role !== "sync" && role !== "syncState",
);

/** The tab. Added to a form of somebody else it stands at `place`. */
export function renderCoSellTab(ids: CoSellTabIds, placing: Placing, place: number): XmlElement {
  const attributes = {
    name: coSellTab.name,
    id: guid(ids.tab),
    IsUserDefined: 0,
    locklevel: 0,
    showlabel: true,
    expanded: true,
    ordinalvalue: placing === "added" ? place : undefined,
    solutionaction: placing === "added" ? "Added" : undefined,
  };
  const sections = [controlSection(ids, placing), columnsSection(ids, placing)];
  return element("tab", attributes, [
    labelled("labels", "label", coSellTab.labels),
    renderTabColumns([{ width: 100, sections }], placing),
  ]);
}

/** Which control stands in the cell, with the native one for hosts that cannot run it. */
export function renderControlDescription(ids: CoSellTabIds, controlName: string, placing: Placing): XmlElement {
  const { sync } = opportunityColumns;
  const native = element("customControl", { id: nativeControls[controlsOf[sync.type.kind]] }, [
    element("parameters", {}, [element("datafieldname", {}, sync.logicalName)]),
  ]);
  const ours = FORM_FACTORS.map((formFactor) =>
    element("customControl", { formFactor, name: controlName }, [element("parameters", {}, parameters())]),
  );
  const solutionaction = placing === "added" ? "Added" : undefined;
  return element("controlDescription", { forControl: guid(ids.control), solutionaction }, [native, ...ours]);
}

function parameters(): readonly XmlElement[] {
  return (["sync", ...companionRoles] as const).map((role) => {
    const column: OpportunityColumn = opportunityColumns[role];
    return element(role, { type: parameterTypes[column.type.kind] }, column.logicalName);
  });
}

function controlSection(ids: CoSellTabIds, placing: Placing): XmlElement {
  const { sync } = opportunityColumns;
  const control = element("control", {
    id: sync.logicalName,
    classid: DESCRIBED_CONTROL,
    datafieldname: sync.logicalName,
    disabled: false,
    uniqueid: guid(ids.control),
  });
  // The control draws its own labels.
  const attributes = { id: guid(ids.cell), showlabel: false, locklevel: 0, rowspan: CONTROL_ROWS, colspan: 1 };
  const cell = element("cell", attributes, [labelled("labels", "label", sync.labels), control]);
  const spanned = Array.from({ length: CONTROL_ROWS - 1 }, () => null);
  const { name, labels } = coSellTab.section;
  const section = { id: ids.section, name, labels, shown: true, titled: false, rows: [cell, ...spanned] };
  return renderSection(section, placing);
}

function columnsSection(ids: CoSellTabIds, placing: Placing): XmlElement {
  const rows = companionRoles.map((role) => {
    const column: OpportunityColumn = opportunityColumns[role];
    return renderField({
      id: ids.columnCells[role],
      column: column.logicalName,
      control: controlsOf[column.type.kind],
      labels: column.labels,
      locked: column.writer === "relay",
    });
  });
  const { name, labels } = coSellTab.columnsSection;
  return renderSection({ id: ids.columnsSection, name, labels, shown: false, titled: true, rows }, placing, 1);
}
