import type { Element } from "@xmldom/xmldom";
import { all, around, attribute, attributes, children, customizationsOf, texts, textOf } from "../opened-zip";
import type { Findings, OpenedZip } from "../opened-zip";

/** Types of columns by table and column, both as logical names. */
export type ColumnTypes = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Native controls of forms, with the types of columns that they show. */
const controlTypes: { readonly [classId: string]: readonly string[] } = {
  "{4273EDBD-AC1D-40D3-9FB2-095C621B552D}": ["nvarchar"],
  "{71716B6C-711E-476C-8AB8-5D11542BFB47}": ["url"],
  "{E0DECE4B-6FC8-4A8F-A065-082708572369}": ["ntext"],
  "{67FAC785-CD58-4F9F-ABB3-4B7DDC6ED5ED}": ["bit"],
  "{3EF39988-22BB-4F0B-BBBE-64B5A3748AEE}": ["picklist", "state"],
  "{5D68B988-0661-4DB2-BC3E-17598AD3BE6C}": ["status"],
  "{533B9E00-756B-4312-95A0-DC888637AC78}": ["money"],
  "{5B773807-9FB2-42DB-97C3-7A91EFF8ADFF}": ["datetime"],
  "{270BD3DB-D9AF-4782-9025-509E298DEC0A}": ["lookup"],
  // Described below the form: whatever the control asks for.
  "{F9A8A302-114E-466A-B582-6771B2AE0D92}": ["bit"],
};

/** Columns that the zip defines, by table. A URL is a text of its own kind. */
export function definedColumns(zip: OpenedZip): ColumnTypes {
  return new Map(
    all(customizationsOf(zip), "Entity").map((entity) => [
      textOf(entity, "Name").toLowerCase(),
      new Map(
        all(entity, "attribute")
          .filter((column) => column.getAttribute("PhysicalName") !== null)
          .map((column) => [textOf(column, "LogicalName"), typeOf(column)]),
      ),
    ]),
  );
}

/** Columns that forms, views, keys and permissions use exist, and forms show each with a control for its type. */
export function checkColumns(zip: OpenedZip, known: ColumnTypes): Findings {
  const root = customizationsOf(zip);
  return all(root, "Entity").flatMap((entity) => {
    const table = textOf(entity, "Name").toLowerCase();
    const columns = known.get(table) ?? new Map<string, string>();
    const unknown = (where: string, names: readonly string[]): Findings =>
      names.filter((name) => !columns.has(name)).map((name) => `${where} uses ${table}.${name}, which is not there`);
    return [
      ...unknown("a key", texts(entity, "AttributeName")),
      ...all(entity, "systemform").flatMap((form) => [
        ...unknown("a form", attributes(form, "control", "datafieldname")),
        ...unknown("a form", texts(form, "datafieldname")),
        ...unknown("a control", boundColumns(form)),
        ...all(form, "control").flatMap((control) => checkNative(control, columns)),
      ]),
      ...all(entity, "savedquery").flatMap((view) => [
        ...unknown("a view", [...attributes(view, "cell", "name"), ...attributes(view, "row", "id")]),
        ...unknown("a view", [...attributes(view, "attribute", "name"), ...attributes(view, "order", "attribute")]),
        ...unknown("a view", [...attributes(view, "condition", "attribute"), ...attributes(view, "grid", "jump")]),
        ...checkView(view, table),
      ]),
      ...permissions(root, table).flatMap((name) => unknown("a permission", [name])),
    ];
  });
}

/** What a view shows is what it asks for, of its own table. */
function checkView(view: Element, table: string): Findings {
  const asked = attributes(view, "attribute", "name");
  const shown = attributes(view, "cell", "name");
  const name = attributes(view, "LocalizedName", "description")[0] ?? "";
  return [
    ...shown
      .filter((column) => !asked.includes(column))
      .map((column) => `${name} shows ${column} without asking for it`),
    ...shown.filter((column, n) => shown.indexOf(column) !== n).map((column) => `${name} shows ${column} twice`),
    ...attributes(view, "entity", "name")
      .filter((one) => one !== table)
      .map((one) => `${name} asks ${one} and belongs to ${table}`),
  ];
}

function checkNative(control: Element, columns: ReadonlyMap<string, string>): Findings {
  const column = control.getAttribute("datafieldname");
  const type = column === null ? undefined : columns.get(column);
  if (column === null || type === undefined) return [];
  const fits = controlTypes[attribute(control, "classid").toUpperCase()] ?? [];
  return fits.includes(type) ? [] : [`${column} is ${type}, and ${attribute(control, "classid")} does not show that`];
}

/** Columns that parameters of a custom control name. */
function boundColumns(form: Element): readonly string[] {
  const ours = all(form, "customControl").filter((control) => control.getAttribute("name") !== null);
  return ours.flatMap((control) =>
    all(control, "parameters").flatMap((parameters) =>
      children(parameters)
        .filter((one) => attribute(one, "static") !== "true")
        .map(({ textContent }) => textContent ?? ""),
    ),
  );
}

function permissions(root: Element, table: string): readonly string[] {
  return all(root, "FieldPermission")
    .filter((permission) => textOf(permission, "EntityName") === table)
    .map((permission) => textOf(permission, "AttributeName"));
}

function typeOf(column: Element): string {
  const type = textOf(column, "Type");
  return type === "nvarchar" && textOf(column, "Format") === "url" ? "url" : type;
}

/** Columns that a form locks, and those that it lets users change. */
export function columnsOnForms(zip: OpenedZip): readonly { readonly form: string; column: string; locked: boolean }[] {
  return all(customizationsOf(zip), "control")
    .filter((control) => control.getAttribute("datafieldname") !== null)
    .map((control) => ({
      form: textOf(around(control, "systemform") ?? control, "formid"),
      column: attribute(control, "datafieldname"),
      locked: attribute(control, "disabled") === "true",
    }));
}
