import type { Json } from "../json";
import type { CrmValues } from "../opportunity";
import type { FieldValues } from "../pair";
import type { Referral } from "../referral";
import { isBlank } from "./conversions/conversion-rules";
import { conversionOf } from "./conversions/conversion-of";
import { valueAt, valueInReferral } from "./entry-source";
import type { FieldEntry, FieldMap, MappingProblem } from "./field-map";
import { type FieldRule, problem, type Reading, readPartnerCenterValue, ruleOf, ruleOfEntry } from "./field-rule";

/** What is known when values go to the CRM. */
export interface CrmChangeInput {
  /** Canonical values to write. An update writes no field that is not here. */
  readonly values: FieldValues;
  readonly referral: Referral;
  /** What the CRM holds now; empty for a create. */
  readonly current: CrmValues;
}

/** What to write into the CRM. */
export interface CrmChanges {
  readonly values: CrmValues;
  /** CRM value of the stage; undefined when the stage is not written. */
  readonly stageValue: Json | undefined;
  readonly problems: readonly MappingProblem[];
}

/** CRM values for an opportunity that is created from a referral, or updated by one. */
export function crmChanges(map: FieldMap, event: "create" | "update", input: CrmChangeInput): CrmChanges {
  const written: Record<string, Json> = {};
  const problems: MappingProblem[] = [];
  for (const entry of map.toCrm[event]) {
    const change = changeOf({ map, event, entry, input });
    if (change?.kind === "problem") problems.push(change.problem);
    if (change?.kind === "value") written[entry.to] = change.value;
  }
  if (map.statusPath === null || !Object.hasOwn(written, map.statusPath)) {
    return { values: written, stageValue: undefined, problems };
  }
  const { [map.statusPath]: stageValue, ...values } = written;
  return { values, stageValue, problems };
}

interface Task {
  readonly map: FieldMap;
  readonly event: "create" | "update";
  readonly entry: FieldEntry;
  readonly input: CrmChangeInput;
}

/** The value of one entry; null when it writes nothing. */
function changeOf(task: Task): Reading | null {
  const { event, entry, input } = task;
  if (entry.unlessSet && !isBlank(valueAt(input.current, entry.to))) return null;
  const canonical = canonicalOf(task);
  if (canonical === null || canonical.kind === "problem") return canonical;
  const rule = ruleFor(task);
  if (!isNothing(canonical.value, rule)) return write(entry, rule, canonical.value);
  if (entry.default !== undefined) return { kind: "value", value: entry.default };
  if (entry.required) return problem({ key: entry.to, as: entry.as }, "missing", null);
  return event === "create" ? null : write(entry, rule, canonical.value);
}

/** Canonical value of the entry's source: a decided field, or on create whatever the referral has at that path. */
function canonicalOf(task: Task): Reading | null {
  const { event, entry, input } = task;
  const key = entry.source.kind === "path" ? entry.source.path : null;
  if (key !== null && Object.hasOwn(input.values, key)) return { kind: "value", value: input.values[key] ?? null };
  if (event === "update" || entry.as === "status") return null;
  const raw = valueInReferral(entry.source, input.referral.json);
  if (raw.kind === "failed") return problem({ key: entry.to, as: entry.as }, "formula-failed", null);
  return entry.source.kind === "constant" ? raw : readPartnerCenterValue(ruleFor(task), raw.value);
}

function ruleFor({ map, entry }: Task): FieldRule {
  const shared = entry.source.kind === "path" ? ruleOf(map, entry.source.path) : null;
  return shared ?? ruleOfEntry(entry);
}

/** Constants are CRM values already; everything else is canonical. */
function write(entry: FieldEntry, rule: FieldRule, canonical: Json): Reading {
  if (entry.source.kind === "constant") return { kind: "value", value: canonical };
  const written = conversionOf[rule.as].toCrm(canonical, rule);
  return written === undefined ? problem(rule, "not-convertible", canonical) : { kind: "value", value: written };
}

function isNothing(canonical: Json, rule: FieldRule): boolean {
  if (rule.as === "bool") return false;
  return isBlank(canonical) || (Array.isArray(canonical) && canonical.length === 0);
}
