// Forms as trees: tabs with columns of sections, sections with rows of cells, cells with a control. A form of our own is
// written whole; what is added to a form of somebody else says so and gives every part its place (`ordinalvalue`).

import type { Labels } from "../../schema/labels";
import { labelled } from "../render/labels";
import { element, type XmlElement } from "../render/xml";

/** How a part of a form is written: as part of a whole form, or inside something that is added to a form. */
export type Placing = "whole" | "added";

/** Controls that show one column, by what the column holds. */
export const nativeControls = {
  text: "{4273EDBD-AC1D-40D3-9FB2-095C621B552D}",
  url: "{71716B6C-711E-476C-8AB8-5D11542BFB47}",
  memo: "{E0DECE4B-6FC8-4A8F-A065-082708572369}",
  "yes-no": "{67FAC785-CD58-4F9F-ABB3-4B7DDC6ED5ED}",
  choice: "{3EF39988-22BB-4F0B-BBBE-64B5A3748AEE}",
  state: "{3EF39988-22BB-4F0B-BBBE-64B5A3748AEE}",
  status: "{5D68B988-0661-4DB2-BC3E-17598AD3BE6C}",
  money: "{533B9E00-756B-4312-95A0-DC888637AC78}",
  date: "{5B773807-9FB2-42DB-97C3-7A91EFF8ADFF}",
  lookup: "{270BD3DB-D9AF-4782-9025-509E298DEC0A}",
} as const;

/** Kind of a native control. */
export type NativeControl = keyof typeof nativeControls;

/** A cell that shows one column. */
export interface FieldCell {
  readonly id: string;
  readonly column: string;
  readonly control: NativeControl;
  readonly labels: Labels;
  /** Users cannot change it here. */
  readonly locked?: boolean;
}

/** A section with its cells below one another. */
export interface Section {
  readonly id: string;
  readonly name: string;
  readonly labels: Labels;
  readonly shown: boolean;
  readonly titled: boolean;
  readonly rows: readonly (XmlElement | null)[];
}

/** Places of cells count from here, row by row. */
const FIRST_CELL = 10_000;

export const guid = (id: string): string => `{${id}}`;

/** A cell with the native control of a column. In the header of a form, controls have names of their own. */
export function renderField(field: FieldCell, where: "body" | "header" = "body"): XmlElement {
  const id = where === "header" ? `header_${field.column}` : field.column;
  const control = element("control", {
    id,
    classid: nativeControls[field.control],
    datafieldname: field.column,
    disabled: field.locked === true,
  });
  return element("cell", { id: guid(field.id), showlabel: true, locklevel: 0 }, [
    labelled("labels", "label", field.labels),
    control,
  ]);
}

/** A section; `place` is its position among those of its column. */
export function renderSection(section: Section, placing: Placing, place = 0): XmlElement {
  const attributes = {
    name: section.name,
    showlabel: section.titled,
    showbar: false,
    locklevel: 0,
    id: guid(section.id),
    IsUserDefined: 0,
    layout: "varwidth",
    columns: 1,
    labelwidth: 115,
    celllabelposition: "Left",
    visible: section.shown ? undefined : false,
    ordinalvalue: placing === "added" ? place : undefined,
  };
  // An empty row holds the space that a cell above it spans.
  const rows = section.rows.map((cell, row) =>
    element("row", {}, cell === null ? [] : [placing === "added" ? placed(cell, FIRST_CELL + row) : cell]),
  );
  return element("section", attributes, [labelled("labels", "label", section.labels), element("rows", {}, rows)]);
}

/** Columns of a tab, each with its width in percent and its sections. */
export function renderTabColumns(
  columns: readonly { readonly width: number; readonly sections: readonly XmlElement[] }[],
  placing: Placing,
): XmlElement {
  const each = columns.map(({ width, sections }, n) =>
    element("column", { width: `${width}%`, id: placing === "added" ? n : undefined }, [
      element("sections", {}, sections),
    ]),
  );
  return element("columns", {}, each);
}

/** The header of a form: cells side by side. */
export function renderHeader(id: string, cells: readonly XmlElement[]): XmlElement {
  const attributes = {
    id: guid(id),
    celllabelposition: "Top",
    columns: "1".repeat(cells.length),
    labelwidth: 115,
    celllabelalignment: "Left",
  };
  return element("header", attributes, [element("rows", {}, [element("row", {}, cells)])]);
}

function placed(cell: XmlElement, place: number): XmlElement {
  return { ...cell, attributes: [...cell.attributes, ["ordinalvalue", String(place)]] };
}
