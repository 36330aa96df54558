// The shadow state on the opportunity: what the relay must know to go on when its own store is lost or was restored
// from an old backup. It travels in the same write as the values it describes, so it is never newer or older than they.

import { isJsonObject, sameJson, type Json, type JsonObject } from "./json";
import type { FieldMemory, Pair } from "./pair";

/** Length of the column, in characters. */
const MAX_CHARACTERS = 100_000;
const FORMAT = 1;
/** Marks a decision that is only a server's form of a value. */
const FORM = "form";

type Remembered = Pick<Pair, "fields" | "helpSent" | "engagementId" | "microsoftReferralId">;

/**
 * The memory of a pair as text. Fields that do not fit are left out, longest first: they merge by rule when needed. The
 * time makes the text of each write its own, also when values came back to what they were: an older memory is known by it.
 */
export function writeShadow(pair: Remembered, writtenAtMs: number): string {
  const head = JSON.stringify({
    v: FORMAT,
    at: writtenAtMs,
    help: pair.helpSent,
    engagement: pair.engagementId,
    microsoft: pair.microsoftReferralId,
  }).slice(0, -1);
  const fields = Object.entries(pair.fields)
    .map(([key, memory]) => `${JSON.stringify(key)}:${JSON.stringify(packed(memory))}`)
    .sort((a, b) => a.length - b.length);
  let length = `${head},"fields":{}}`.length;
  // Each field but the first brings a comma.
  const fitting = fields.filter((field, at) => (length += field.length + Math.min(at, 1)) <= MAX_CHARACTERS);
  return `${head},"fields":{${fitting.join(",")}}}`;
}

/** The memory in a shadow text; what cannot be read is simply not remembered. Never throws. */
export function readShadow(text: string | null): Partial<Remembered> {
  const shadow = parsed(text);
  if (shadow === null || shadow["v"] !== FORMAT) return {};
  const fields = isJsonObject(shadow["fields"]) ? shadow["fields"] : {};
  return {
    fields: Object.fromEntries(Object.entries(fields).flatMap(([key, value]) => unpacked(key, value))),
    helpSent: textOrNull(shadow["help"]),
    engagementId: textOrNull(shadow["engagement"]),
    microsoftReferralId: textOrNull(shadow["microsoft"]),
  };
}

/** A field that both sides agree on, the common case, is one value instead of three. */
function packed(memory: FieldMemory): Json {
  const { crm, partnerCenter, decided, form } = memory;
  if (form === true) return [crm, partnerCenter, decided, FORM];
  const same = sameJson(crm, partnerCenter) && sameJson(crm, decided);
  return same ? [decided] : [crm, partnerCenter, decided];
}

function unpacked(key: string, value: Json): readonly (readonly [string, FieldMemory])[] {
  if (!Array.isArray(value)) return [];
  const [crm, partnerCenter = crm, decided = crm, mark] = value as readonly Json[];
  if (crm === undefined || partnerCenter === undefined || decided === undefined) return [];
  return [[key, { crm, partnerCenter, decided, ...(mark === FORM ? { form: true as const } : {}) }]];
}

function parsed(text: string | null): JsonObject | null {
  if (text === null || text.length > MAX_CHARACTERS) return null;
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

function textOrNull(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}
