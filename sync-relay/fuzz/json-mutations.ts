// Mutations that know JSON: the text stays (mostly) well-formed, so that what is behind the parser is reached too.

import type { Json, JsonObject } from "../src/core/json";
import { mutateBytes } from "./byte-mutations";
import type { Dice } from "./dice";

/** Most changes to one document. */
const MOST_CHANGES = 4;
/** Deepest nesting that is put in; beyond every limit, and far beyond what a stack takes when it is recursive. */
const DEEP = 20_000;

/** Values that nobody sends, and that careless code trips over. */
const ODD_VALUES: readonly Json[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  "",
  " ",
  "null",
  "0",
  "\u0000",
  "\ud800",
  "\u202e",
  "é€😀",
  "toString",
  "__proto__",
  "00000000-0000-0000-0000-000000000000",
  "{44BFC2A7-903E-EB11-A813-000D3AD9C2E1}",
  "/Date(1506384248000-0700)/",
  "/Date(99999999999999999)/",
  "2026-13-45T99:99:99Z",
  "0001-01-01T00:00:00Z",
  "https://user:secret@attacker.example/x?y#z",
  "javascript:alert(1)",
  "A".repeat(5_000),
  [],
  {},
  [[]],
  [null],
  { __type: "Guid:#System", __value: "44bfc2a7-903e-eb11-a813-000d3ad9c2e1" },
  { __value: { __value: null } },
  { key: "Target", value: null },
  { length: 1_000_000 },
  { toString: null, valueOf: null },
  { then: true },
];

/** Keys that reach what they should not, or are taken for others. */
const ODD_KEYS: readonly string[] = [
  ...["constructor", "prototype", "hasOwnProperty", "toString", "then", "toJSON", "length", "", "\u0000"],
  ...["EVENTNAME", "resourceuri", "ID", "Status", "@odata.etag", "@odata.nextLink", "value", "error", "__value"],
];

/** A document with some changes, as bytes. */
export function mutateJson(original: Json, dice: Dice): Buffer {
  let document = structuredClone<Json>(original);
  for (let left = dice.below(MOST_CHANGES + 1); left > 0; left -= 1) document = changed(document, dice);
  const bytes = Buffer.from(textOf(document, dice));
  return dice.chance(0.15) ? mutateBytes(bytes, dice) : bytes;
}

/** Written as the sender might: minified, with blanks, with escaped slashes, or with something no object can hold. */
function textOf(document: Json, dice: Dice): string {
  const text = JSON.stringify(document, null, dice.chance(0.1) ? 2 : 0);
  const roll = dice.next();
  if (roll < 0.04) return text.replace("{", '{"__proto__":{"isAdmin":true},');
  if (roll < 0.08) return text.replaceAll("/", "\\/");
  if (roll < 0.1) return `\ufeff${text}`;
  if (roll < 0.12) return text.replace(/"(\w+)":/, '"$1":1,"$1":');
  if (roll < 0.125) return text.replace("null", nested(dice));
  if (roll < 0.13) return text.replace("[", `[${"0,".repeat(dice.below(60_000))}`);
  if (roll < 0.135) return text.replace("{", `{${manyKeys(dice.below(8_000))}`);
  return text;
}

function nested(dice: Dice): string {
  const levels = dice.pick([40, 60, 63, 64, 65, 200, DEEP]);
  return dice.chance(0.5) ? "[".repeat(levels) + "]".repeat(levels) : `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
}

function manyKeys(count: number): string {
  return Array.from({ length: count }, (_, n) => `"k${n}":${n},`).join("");
}

/** One change, at the root or somewhere below. */
function changed(node: Json, dice: Dice): Json {
  const inside = typeof node === "object" && node !== null && dice.chance(0.85);
  if (!inside) return dice.pick(ODD_VALUES);
  return Array.isArray(node) ? changedList(node as readonly Json[], dice) : changedObject(node as JsonObject, dice);
}

function changedList(list: readonly Json[], dice: Dice): Json {
  const at = dice.below(list.length);
  const item = list[at];
  if (item === undefined) return [dice.pick(ODD_VALUES)];
  const roll = dice.next();
  if (roll < 0.6) return list.with(at, changed(item, dice));
  if (roll < 0.75) return list.toSpliced(at, 1);
  if (roll < 0.9) return list.toSpliced(at, 0, item);
  return Array.from({ length: 1 + dice.below(1_500) }, () => item);
}

function changedObject(object: JsonObject, dice: Dice): Json {
  const keys = Object.keys(object);
  const key = keys[dice.below(keys.length)];
  if (key === undefined) return { [dice.pick(ODD_KEYS)]: dice.pick(ODD_VALUES) };
  const { [key]: held = null, ...rest } = object;
  const roll = dice.next();
  if (roll < 0.65) return { ...object, [key]: changed(held, dice) };
  if (roll < 0.75) return rest;
  if (roll < 0.85) return { ...object, [dice.pick(ODD_KEYS)]: dice.pick(ODD_VALUES) };
  if (roll < 0.92) return { ...rest, [otherCase(key, dice)]: held };
  return { ...object, [key]: { __type: "Guid:#System", __value: held } };
}

function otherCase(key: string, dice: Dice): string {
  return dice.chance(0.5) ? key.toLowerCase() : key.toUpperCase();
}
