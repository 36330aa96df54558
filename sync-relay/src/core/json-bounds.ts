// How much work a JSON text may cost, found out before anything is built from it: a parser makes an object of every pair
// of brackets, and a few megabytes of brackets would hold up everything else for longer than any webhook may wait.

/** What a text may hold. */
export interface JsonBounds {
  /** Deepest nesting. */
  readonly depth: number;
  /** Most values, containers included. */
  readonly values: number;
  /** Most keys of one object: looking a key up whatever its case reads them all. */
  readonly keys: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** A container that is open at some place in the text. */
interface OpenContainer {
  readonly isObject: boolean;
  members: number;
}

/**
 * Whether a text stays within bounds, counted in one pass over its characters. Says nothing of its being JSON: what is
 * none is counted as if it were, and the parser refuses it afterwards.
 */
export function isWithinBounds(text: string, bounds: JsonBounds): boolean {
  const open: OpenContainer[] = [];
  let values = 1;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) at = endOfString(text, at);
    else if (character === CLOSE_LIST || character === CLOSE_OBJECT) open.pop();
    else if (OPENS_OR_PARTS.has(character)) {
      values += 1;
      if (character !== COMMA) open.push({ isObject: character === OPEN_OBJECT, members: 1 });
      else if (isTooWide(withOneMore(open.at(-1)), bounds.keys)) return false;
      if (values > bounds.values || open.length > bounds.depth) return false;
    }
  }
  return true;
}

/** Characters after which another value comes. */
const OPENS_OR_PARTS = new Set([OPEN_LIST, OPEN_OBJECT, COMMA]);

function withOneMore(container: OpenContainer | undefined): OpenContainer | undefined {
  if (container !== undefined) container.members += 1;
  return container;
}

function isTooWide(container: OpenContainer | undefined, keys: number): boolean {
  return container?.isObject === true && container.members > keys;
}

/** Place of the quote that ends the string which starts at a place; the text's end when there is none. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    if (!isEscaped(text, at)) return at;
  }
  return text.length;
}

/** An odd number of backslashes before a character takes its meaning away. */
function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text.charCodeAt(before - 1) === BACKSLASH) before -= 1;
  return (at - before) % 2 === 1;
}
