// Mutations that know nothing of what the bytes mean: what a broken proxy, a torn connection or a blind attacker sends.

import type { Dice } from "./dice";

/** Most changes to one input. */
const MOST_CHANGES = 6;
/** Largest input made; the limits of the doors are far below. */
const LARGEST_BYTES = 600 * 1024;
/** Longest run of bytes that is repeated, moved or removed. */
const LONGEST_RUN = 64;

/** Pieces that have broken parsers. */
const NASTY_PIECES: readonly Buffer[] = [
  "\0",
  "\ufeff",
  "\ud7ff\uffff",
  "\r\n\r\n",
  "\u2028",
  "\\u0000",
  "\\ud800",
  "\\",
  '"',
  '\\"',
  "{",
  "}",
  "[",
  "]",
  ":",
  ",",
  "//",
  "/*",
  "-",
  "1e999",
  "-0",
  "9007199254740993",
  "NaN",
  "true",
  "null",
  "__proto__",
  "constructor",
  "/Date(1)/",
  "%00",
  "../",
  "'; drop table x; --",
]
  .map((text) => Buffer.from(text))
  .concat([Buffer.from([0xff]), Buffer.from([0xc0, 0xaf]), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from([0xf4, 0x90])]);

type Mutation = (bytes: Buffer, dice: Dice) => Buffer;

const mutations: readonly Mutation[] = [
  flipBit,
  replaceByte,
  (bytes, dice) => insert(bytes, dice, dice.pick(NASTY_PIECES)),
  (bytes, dice) => insert(bytes, dice, Buffer.alloc(1 + dice.below(LONGEST_RUN), dice.below(256))),
  removeRun,
  repeatRun,
  (bytes, dice) => bytes.subarray(0, dice.below(bytes.length + 1)),
  (bytes, dice) => Buffer.concat([bytes, bytes.subarray(0, dice.below(bytes.length + 1))]),
  swapRuns,
];

/** Some changes at random places. */
export function mutateBytes(original: Uint8Array, dice: Dice): Buffer {
  let bytes: Buffer = Buffer.from(original);
  for (let left = 1 + dice.below(MOST_CHANGES); left > 0; left -= 1) bytes = dice.pick(mutations)(bytes, dice);
  return bytes.subarray(0, LARGEST_BYTES);
}

/** The same for a text; what is no UTF-8 any more becomes replacement characters. */
export function mutateText(original: string, dice: Dice): string {
  return mutateBytes(Buffer.from(original), dice).toString("utf8");
}

/** The same for the value of a header: one character a byte, none that no parser of headers lets through. */
export function mutateHeader(original: string, dice: Dice): string {
  const bytes = mutateBytes(Buffer.from(original, "latin1"), dice);
  return bytes.toString("latin1").replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, " ");
}

function flipBit(bytes: Buffer, dice: Dice): Buffer {
  const at = dice.below(bytes.length);
  const before = bytes[at];
  if (before !== undefined) bytes[at] = before ^ (1 << dice.below(8));
  return bytes;
}

function replaceByte(bytes: Buffer, dice: Dice): Buffer {
  if (bytes.length > 0) bytes[dice.below(bytes.length)] = dice.below(256);
  return bytes;
}

function insert(bytes: Buffer, dice: Dice, piece: Buffer): Buffer {
  const at = dice.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
}

function removeRun(bytes: Buffer, dice: Dice): Buffer {
  const [from, to] = run(bytes, dice);
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
}

function repeatRun(bytes: Buffer, dice: Dice): Buffer {
  const [from, to] = run(bytes, dice);
  // Now and then so often that the input becomes large.
  const times = dice.chance(0.02) ? 1 + dice.below(4_000) : 1 + dice.below(4);
  const repeated = Array.from({ length: times }, () => bytes.subarray(from, to));
  return Buffer.concat([bytes.subarray(0, to), ...repeated, bytes.subarray(to)]).subarray(0, LARGEST_BYTES);
}

function swapRuns(bytes: Buffer, dice: Dice): Buffer {
  const [from, to] = run(bytes, dice);
  const piece = Buffer.from(bytes.subarray(from, to));
  return insert(removeSpan(bytes, from, to), dice, piece);
}

function removeSpan(bytes: Buffer, from: number, to: number): Buffer {
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
}

function run(bytes: Buffer, dice: Dice): readonly [number, number] {
  const from = dice.below(bytes.length + 1);
  return [from, Math.min(bytes.length, from + dice.below(LONGEST_RUN))];
}
