// Mappings that an admin applied, kept with the relay's state so that every replica works with the same one. Versions
// only grow: going back to an earlier mapping applies its text again.

import { isJsonObject, type Json } from "../core/json";
import type { PairStore } from "../ports/pair-store";

/** A mapping file as it was applied. */
export interface AppliedMapping {
  /** Counted from 1. */
  readonly version: number;
  /** The file's content. */
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly appliedAtMs: number;
}

type Facts = Pick<PairStore, "fact" | "setFact">;

const NEWEST = "mapping/newest";

/** Number of the newest version; null while none was ever applied. */
export async function newestVersion(facts: Pick<Facts, "fact">): Promise<number | null> {
  const version = Number(await facts.fact(NEWEST));
  return Number.isSafeInteger(version) && version > 0 ? version : null;
}

/** A version that was applied; null when there is none of that number. */
export async function appliedMapping(facts: Pick<Facts, "fact">, version: number): Promise<AppliedMapping | null> {
  const kept = await facts.fact(placeOf(version));
  if (kept === null) return null;
  const content = parsed(kept);
  if (!isJsonObject(content)) return null;
  const { text, appliedAtMs } = content;
  return typeof text === "string" && typeof appliedAtMs === "number" ? { version, text, appliedAtMs } : null;
}

/** Makes a text the mapping of every replica, from their next look on. Returns its version. */
export async function applyMapping(facts: Facts, text: string, nowMs: number): Promise<number> {
  const version = ((await newestVersion(facts)) ?? 0) + 1;
  // The text first: a version that is named is always there.
  await facts.setFact(placeOf(version), JSON.stringify({ text, appliedAtMs: nowMs }));
  await facts.setFact(NEWEST, String(version));
  return version;
}

function placeOf(version: number): string {
  return `mapping/${version}`;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
