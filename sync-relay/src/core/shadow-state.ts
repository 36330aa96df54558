// The shadow state on the opportunity: what the relay must know to go on when its own store is lost or was restored
// from an old backup. It travels in the same write as the values it describes, so it is never newer or older than they.

import { isJsonObject, type Json, type JsonObject } from "./json";
import type { FieldMemory, Pair } from "./pair";

/** Length of the column, in characters. */
const MAX_CHARACTERS = 100_000;
const FORMAT = 1;
/** Marks a decision that is only a server's form of a value. */
const FORM = "form";

/** The memory of a pair as text. Fields that do not fit are left out, longest first: they merge by rule when needed. */
export function writeShadow(pair: Pick<Pair, "fields" | "helpSent" | "engagementId" | "microsoftReferralId">): string {
  const fields = Object.entries(pair.fields).sort(([, a], [, b]) => size(a) - size(b));
  const text = (count: number): string =>
    JSON.stringify({
      v: FORMAT,
      help: pair.helpSent,
      engagement: pair.engagementId,
      microsoft: pair.microsoftReferralId,
      fields: Object.fromEntries(fields.slice(0, count).map(([key, memory]) => [key, packed(memory)])),
    });
  let count = fields.length;
  while (count > 0 && text(count).length > MAX_CHARACTERS) count -= 1;
  return text(count);
}

/** The memory in a shadow text; what cannot be read is simply not remembered. Never throws. */
export function readShadow(
  text: string | null,
): Partial<Pick<Pair, "fields" | "helpSent" | "engagementId" | "microsoftReferralId">> {
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
  const same = JSON.stringify(crm) === JSON.stringify(partnerCenter) && JSON.stringify(crm) === JSON.stringify(decided);
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

function size(memory: FieldMemory): number {
  return JSON.stringify(memory).length;
}

function textOrNull(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}
