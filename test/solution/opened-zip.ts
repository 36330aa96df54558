// A solution zip, opened for looking at and for breaking: every check runs on the zips that are shipped, and on copies with
// one fault planted.

import { DOMParser, XMLSerializer, type Element } from "@xmldom/xmldom";
import { strFromU8, strToU8, unzipSync } from "fflate";

/** What is in a solution zip. */
export interface OpenedZip {
  readonly name: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** What a check found; empty when nothing is wrong. */
export type Findings = readonly string[];

export function openZip(name: string, bytes: Uint8Array): OpenedZip {
  return { name, files: new Map(Object.entries(unzipSync(bytes))) };
}

export function textIn(zip: OpenedZip, path: string): string {
  const content = zip.files.get(path);
  if (content === undefined) throw new Error(`${zip.name} has no ${path}`);
  return strFromU8(content);
}

/** Checks look at the same documents again and again, and change none. */
const roots = new WeakMap<Uint8Array, Element>();

/** Root of an XML document of the zip; a document that is not well-formed is an error. */
export function rootOf(zip: OpenedZip, path: string): Element {
  const text = textIn(zip, path);
  const content = zip.files.get(path) ?? new Uint8Array();
  const root = roots.get(content) ?? parsed(text, `${zip.name}/${path}`);
  roots.set(content, root);
  return root;
}

export function parsed(text: string, place: string): Element {
  const parser = new DOMParser({
    onError: (level, message) => {
      throw new Error(`${place}: ${level} ${message}`);
    },
  });
  const root = parser.parseFromString(text, "text/xml").documentElement;
  if (root === null) throw new Error(`${place} is empty`);
  return root;
}

export const manifestOf = (zip: OpenedZip): Element => rootOf(zip, "solution.xml");
export const customizationsOf = (zip: OpenedZip): Element => rootOf(zip, "customizations.xml");

/** Elements of a name anywhere below. */
export function all(parent: Element, name: string): readonly Element[] {
  return [...parent.getElementsByTagName(name)];
}

/** Child elements, of a name or all. */
export function children(parent: Element, name?: string): readonly Element[] {
  return [...parent.childNodes].filter(
    (node): node is Element => node.nodeType === node.ELEMENT_NODE && (name === undefined || node.nodeName === name),
  );
}

export function attribute(element: Element, name: string): string {
  return element.getAttribute(name) ?? "";
}

/** Values of an attribute of every element of a name, where it is set. */
export function attributes(parent: Element, name: string, key: string): readonly string[] {
  return all(parent, name).flatMap((element) => element.getAttribute(key) ?? []);
}

/** Text of the first child element of a name; empty without one. */
export function textOf(parent: Element, name: string): string {
  return children(parent, name)[0]?.textContent ?? "";
}

/** Texts of every element of a name anywhere below. */
export function texts(parent: Element, name: string): readonly string[] {
  return all(parent, name).map(({ textContent }) => textContent ?? "");
}

export function serialized(element: Element): string {
  return new XMLSerializer().serializeToString(element);
}

/** The nearest element of a name around another; null without one. */
export function around(element: Element, name: string): Element | null {
  let at = element.parentNode;
  while (at !== null && at.nodeName !== name) at = at.parentNode;
  return at as Element | null;
}

/** The zip with a text of one of its files changed; that it did change is made sure of. */
export function edited(zip: OpenedZip, path: string, from: string | RegExp, to: string): OpenedZip {
  const before = textIn(zip, path);
  const after = before.replace(from, () => to);
  if (before === after) throw new Error(`${path} of ${zip.name} has no ${String(from)}`);
  return withFile(zip, path, after);
}

export function withFile(zip: OpenedZip, path: string, content: string): OpenedZip {
  return { ...zip, files: new Map([...zip.files, [path, strToU8(content)]]) };
}

export function without(zip: OpenedZip, path: RegExp): OpenedZip {
  const kept = [...zip.files].filter(([name]) => !path.test(name));
  if (kept.length === zip.files.size) throw new Error(`${zip.name} has no file like ${String(path)}`);
  return { ...zip, files: new Map(kept) };
}
