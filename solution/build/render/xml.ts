// XML as a value: what is rendered is a tree, and only this file knows how it is written down.

/** An element with either child elements or a text. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly content: readonly XmlElement[] | string;
}

/** Attributes as they are written in code; one that is undefined is left out. */
export type Attributes = { readonly [name: string]: string | number | boolean | undefined };

const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>';
const XSI = "http://www.w3.org/2001/XMLSchema-instance";
/** Microsoft's tools begin their files with it, and compare files byte by byte. */
const BYTE_ORDER_MARK = "\ufeff";

export function element(
  name: string,
  attributes: Attributes = {},
  content: readonly XmlElement[] | string = [],
): XmlElement {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)] as const],
  );
  return { name, attributes: given, content };
}

/** `<Name>text</Name>` for each entry, in the order given: how solution files write most properties. */
export function properties(values: { readonly [name: string]: string | number }): readonly XmlElement[] {
  return Object.entries(values).map(([name, value]) => element(name, {}, String(value)));
}

/** The element as the root of a document of its own. */
export function asRoot(root: XmlElement): XmlElement {
  return { ...root, attributes: [...root.attributes, ["xmlns:xsi", XSI]] };
}

/** Text of a document inside a solution zip. */
export function renderDocument(root: XmlElement): string {
  return `${DECLARATION}\n${renderElement(root)}\n`;
}

/** Text of a file of an unpacked solution. */
export function renderFile(root: XmlElement): string {
  return BYTE_ORDER_MARK + renderDocument(root);
}

/** Text of an element, two blanks deeper for every level. */
export function renderElement(given: XmlElement, indent = ""): string {
  const attributes = given.attributes.map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");
  const start = `${indent}<${given.name}${attributes}`;
  if (given.content.length === 0) return `${start} />`;
  if (typeof given.content === "string") return `${start}>${escaped(given.content)}</${given.name}>`;
  const children = given.content.map((child) => renderElement(child, `${indent}  `)).join("\n");
  return `${start}>\n${children}\n${indent}</${given.name}>`;
}

const ESCAPES: { readonly [character: string]: string } = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}
