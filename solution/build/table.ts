import { element, type XmlElement } from "./render/xml";

/** A form of a table: whole, or as what a managed solution adds to a form of somebody else. */
export interface FormPart {
  readonly id: string;
  readonly managed: XmlElement;
  /** Null for a form of somebody else: an unmanaged solution would replace it instead of adding to it. */
  readonly unmanaged: XmlElement | null;
}

/** A view of a table. */
export interface ViewPart {
  readonly id: string;
  readonly definition: XmlElement;
}

/** What a solution has of one table. */
export interface TablePart {
  /** Schema name, which folders and definitions go by; the list of components goes by the logical name. */
  readonly schemaName: string;
  readonly displayName: string;
  /** Everything of the table, or only what is named here of a table that belongs to somebody else. */
  readonly extent: "whole" | "shell";
  /** Columns, keys and properties; null when the solution changes none of them. */
  readonly info: XmlElement | null;
  readonly forms: readonly FormPart[];
  readonly views: readonly ViewPart[];
}

/** The name of a table, at the head of everything about it. */
export function tableName(table: TablePart): XmlElement {
  const { schemaName, displayName } = table;
  return element("Name", { LocalizedName: displayName, OriginalName: displayName }, schemaName);
}

/** A ribbon that changes nothing; a table of its own has one. */
export function emptyRibbon(): XmlElement {
  return element("RibbonDiffXml", {}, [
    element("CustomActions"),
    element("Templates", {}, [element("RibbonTemplates", { Id: "Mscrm.Templates" })]),
    element("CommandDefinitions"),
    element("RuleDefinitions", {}, [element("TabDisplayRules"), element("DisplayRules"), element("EnableRules")]),
    element("LocLabels"),
  ]);
}
