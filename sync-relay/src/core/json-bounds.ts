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
  /** Most characters of all texts that no key names, for readers that look at each; without it they cost nothing. */
  readonly keylessText?: number;
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

/** What was counted up to some place in the text. */
interface Count {
  readonly open: OpenContainer[];
  values: number;
  keylessText: number;
}

/**
 * Whether a text stays within bounds, counted in one pass over its characters. Says nothing of its being JSON: what is
 * none is counted as if it were, and the parser refuses it afterwards.
 */
export function isWithinBounds(text: string, bounds: JsonBounds): boolean {
  const count: Count = { open: [], values: 1, keylessText: 0 };
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) {
      const start = at + 1;
      at = endOfString(text, at);
      if (!isObject(count.open.at(-1))) count.keylessText += at - start;
    } else if (character === CLOSE_LIST || character === CLOSE_OBJECT) count.open.pop();
    else if (anotherValueComesAfter(character)) {
      countOneMore(count, character);
      if (isBeyond(count, bounds)) return false;
    }
  }
  return count.keylessText <= (bounds.keylessText ?? Infinity);
}

function anotherValueComesAfter(character: number): boolean {
  return character === COMMA || character === OPEN_OBJECT || character === OPEN_LIST;
}

function countOneMore(count: Count, character: number): void {
  count.values += 1;
  const container = count.open.at(-1);
  if (character !== COMMA) count.open.push({ isObject: character === OPEN_OBJECT, members: 1 });
  else if (container !== undefined) container.members += 1;
}

function isBeyond({ open, values }: Count, bounds: JsonBounds): boolean {
  if (values > bounds.values || open.length > bounds.depth) return true;
  const container = open.at(-1);
  // One that just opened may stay empty: only a comma tells that there are two.
  return isObject(container) && container.members > Math.max(1, bounds.keys);
}

function isObject(container: OpenContainer | undefined): container is OpenContainer {
  return container?.isObject === true;
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
