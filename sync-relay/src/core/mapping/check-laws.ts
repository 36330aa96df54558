// The laws without which two-way sync never comes to rest: what was written must read back as what was meant, on
// either side. Every field that goes both ways is tried with values of all kinds and with those of its own list.

import { type Json, sameJson } from "../json";
import { conversionOf } from "./conversions/conversion-of";
import type { FieldEntry, FieldMap } from "./field-map";
import { comesFrom, type FieldRule, readCrmValue, type Reading, readPartnerCenterValue, ruleOf } from "./field-rule";

/** A law that a field breaks, with a canonical value that proves it. */
export interface BrokenLaw {
  readonly field: string;
  readonly law: "reads-back-from-crm" | "reads-back-from-partner-center";
  readonly counterExample: Json;
  /** What the written value reads back as; undefined when it could not be written or read. */
  readonly readsBackAs: Json | undefined;
}

/** The laws that fields which go both ways break: at most one counter-example per field and law. */
export function checkLaws(map: FieldMap): readonly BrokenLaw[] {
  return map.fields.flatMap(({ key }) => {
    const rule = ruleOf(map, key);
    if (rule === null || !rule.twoWay) return [];
    const taken = map.toCrm.update.find((entry) => comesFrom(entry, key));
    const values = probes(rule).flatMap((raw) => [readCrmValue(rule, raw), readPartnerCenterValue(rule, raw)]);
    const canonical = values.flatMap((read) => (read.kind === "value" ? [read.value] : []));
    return [brokenOnCrm(rule, canonical, taken), brokenOnPartnerCenter(rule, canonical)].flatMap((law) => law ?? []);
  });
}

function brokenOnCrm(rule: FieldRule, canonical: readonly Json[], taken: FieldEntry | undefined): BrokenLaw | null {
  const write = (value: Json): Json | undefined => {
    const written = conversionOf[rule.as].toCrm(value, rule);
    return isNothing(written) && taken?.default !== undefined ? taken.default : written;
  };
  return firstBroken("reads-back-from-crm", rule.key, { canonical, write, read: (raw) => readCrmValue(rule, raw) });
}

function brokenOnPartnerCenter(rule: FieldRule, canonical: readonly Json[]): BrokenLaw | null {
  const write = (value: Json): Json | undefined => conversionOf[rule.as].toPartnerCenter(value, rule);
  const read = (raw: Json): Reading => readPartnerCenterValue(rule, raw);
  return firstBroken("reads-back-from-partner-center", rule.key, { canonical, write, read });
}

interface Trial {
  readonly canonical: readonly Json[];
  readonly write: (value: Json) => Json | undefined;
  readonly read: (raw: Json) => Reading;
}

function firstBroken(law: BrokenLaw["law"], field: string, { canonical, write, read }: Trial): BrokenLaw | null {
  for (const value of canonical) {
    const written = write(value);
    const back = written === undefined ? undefined : read(written);
    // A required field may be emptied in the referral: the CRM then holds it back, which is no loss.
    if (back?.kind === "problem" && back.problem.because === "missing") continue;
    const readsBackAs = back?.kind === "value" ? back.value : undefined;
    if (!sameJson(readsBackAs, value)) return { field, law, counterExample: value, readsBackAs };
  }
  return null;
}

function isNothing(written: Json | undefined): boolean {
  return written === null || written === undefined || written === "";
}

/** Raw values to try: every value of the field's list, and values of all kinds. */
function probes(rule: FieldRule): readonly Json[] {
  const listed = rule.list?.pairs.flatMap(({ crm, canonical }) => [crm, canonical]) ?? [];
  return [...listed, ...general, "x".repeat(rule.max ?? 1), "y".repeat((rule.max ?? 1) + 1)];
}

const general: readonly Json[] = [
  ...[null, true, false, 0, 1, -1, 0.005, 1.005, -2.675, 1234.5, 1e12, 7, 100_000_000],
  ...["", "a", " padded ", "two  blanks", "line\r\nline", "✔ marked", "a < b & c", "<p>rich <b>text</b></p>", "&amp;"],
  ...["12.345", "true", "2026-02-28", "2026-02-28T23:59:59.9999999Z", "2026-12-31T23:00:00-05:00"],
  ...["EUR", "usd", "FR", "Germany", "SOL-1-ABC", "SOL-2-XYZ; SOL-1-ABC", "in-progress", "1,2"],
  [{ id: "SOL-1-ABC", type: "Name" }],
  ["b", "a", "a"],
];
