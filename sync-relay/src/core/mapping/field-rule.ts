// All that the entries of one field say together: where the CRM's value is read, and how both sides are converted.
// Both directions of a field share one rule, or its two canonical values could not be compared.

import type { Json } from "../json";
import { type Canonical, type ConversionSettings, isBlank } from "./conversions/conversion-rules";
import { conversionOf } from "./conversions/conversion-of";
import type { Conversion, EntrySource, FieldEntry, FieldMap, MappingProblem } from "./field-map";

/** The joint rule of a field's entries. */
export interface FieldRule extends ConversionSettings {
  readonly key: string;
  readonly as: Conversion;
  /** Where the CRM's value comes from. */
  readonly source: EntrySource;
  /** Canonical value that an empty place counts as; null when the file gives no default. */
  readonly default: Json | undefined;
  readonly required: boolean;
  /** Both sides may change it: an empty place in the referral counts as the default too. */
  readonly twoWay: boolean;
}

/** A reading of one side of a field. */
export type Reading =
  { readonly kind: "value"; readonly value: Json } | { readonly kind: "problem"; readonly problem: MappingProblem };

type Entries = Pick<FieldMap, "toPartnerCenter" | "toCrm">;

/** The rule of the field with that key; null when no entry has it. */
export function ruleOf(map: Entries, key: string): FieldRule | null {
  const sent = [...map.toPartnerCenter.update, ...map.toPartnerCenter.create].filter((entry) => entry.to === key);
  const taken = map.toCrm.update.filter((entry) => comesFrom(entry, key));
  const all = [...sent, ...taken, ...map.toCrm.create.filter((entry) => comesFrom(entry, key))];
  const [first] = [...sent, ...taken];
  if (first === undefined) return null;
  const limits = all.flatMap((entry) => (entry.max === null ? [] : [entry.max]));
  const rule: FieldRule = {
    key,
    as: first.as,
    source: sent[0]?.source ?? { kind: "path", path: first.to },
    list: all.find((entry) => entry.list !== null)?.list ?? null,
    max: limits.length === 0 ? null : Math.min(...limits),
    default: undefined,
    required: sent.some((entry) => entry.required),
    twoWay: sent.length > 0 && taken.length > 0,
  };
  return { ...rule, default: canonicalDefault(rule, sent.find((entry) => entry.default !== undefined)?.default) };
}

/** The rule of one entry on its own: for values that are written once and never compared. */
export function ruleOfEntry(entry: FieldEntry): FieldRule {
  const { as, source, list, max, required } = entry;
  return { key: entry.to, as, source, list, max, required, default: undefined, twoWay: false };
}

/** Whether a `toCrm` entry takes its value from that Partner Center path. */
export function comesFrom(entry: FieldEntry, key: string): boolean {
  return entry.source.kind === "path" && entry.source.path === key;
}

/** Canonical value of what the CRM holds. */
export function readCrmValue(rule: FieldRule, raw: Json): Reading {
  const read = convert(rule, raw, "fromCrm");
  if (read.kind === "value") return read;
  if (read.kind === "not-convertible") return unconvertible(rule, raw);
  if (rule.default !== undefined) return { kind: "value", value: rule.default };
  if (rule.required) return problem(rule, "missing", null);
  return { kind: "value", value: conversionOf[rule.as].empty };
}

/** Canonical value of what the referral holds. */
export function readPartnerCenterValue(rule: FieldRule, raw: Json): Reading {
  const read = convert(rule, raw, "fromPartnerCenter");
  if (read.kind === "value") return read;
  if (read.kind === "not-convertible") return unconvertible(rule, raw);
  const standIn = rule.twoWay ? rule.default : undefined;
  return { kind: "value", value: standIn ?? conversionOf[rule.as].empty };
}

/** Longest piece of a seller's value that is shown back, in characters. */
const LONGEST_SHOWN = 100;

export function problem(rule: Pick<FieldRule, "key" | "as">, because: MappingProblem["because"], raw: Json): Reading {
  const shown = raw === null ? null : (typeof raw === "string" ? raw : JSON.stringify(raw)).slice(0, LONGEST_SHOWN);
  return { kind: "problem", problem: { field: rule.key, because, as: rule.as, shown } };
}

function unconvertible(rule: FieldRule, raw: Json): Reading {
  return problem(rule, "not-convertible", raw);
}

/** Constants were checked with the file and are canonical as they stand. */
function convert(rule: FieldRule, raw: Json, reader: "fromCrm" | "fromPartnerCenter"): Canonical {
  return conversionOf[rule.as][reader](raw, rule);
}

function canonicalDefault(rule: FieldRule, written: Json | undefined): Json | undefined {
  if (written === undefined || isBlank(written)) return undefined;
  const read = conversionOf[rule.as].fromPartnerCenter(written, rule);
  return read.kind === "value" ? read.value : undefined;
}
