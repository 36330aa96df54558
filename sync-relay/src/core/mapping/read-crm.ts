import type { Json } from "../json";
import type { CrmValues } from "../opportunity";
import type { FieldValues } from "../pair";
import { valueInCrm } from "./entry-source";
import type { FieldMap, MappingProblem } from "./field-map";
import { type FieldRule, problem, type Reading, readCrmValue, ruleOf } from "./field-rule";
import { remembered } from "./remembered";

/** Canonical values of one side. A field with a problem has no value: nothing may be decided about it. */
export interface SideValues {
  readonly values: FieldValues;
  readonly problems: readonly MappingProblem[];
}

/** Canonical values of an opportunity. */
export const readCrm = remembered((map, values: CrmValues): SideValues => {
  const rules = map.fields.flatMap(({ key }) => ruleOf(map, key) ?? []);
  return collect(rules.map((rule) => [rule.key, readField(rule, values)]));
});

/** Whether the file's condition for sharing holds. A condition that fails to evaluate does not hold. */
export function meetsCondition(map: FieldMap, values: CrmValues): boolean {
  if (map.when === undefined) return true;
  const result = map.when.evaluate(values);
  return result.kind === "value" && result.value === true;
}

/** Sorts readings into values and problems. */
export function collect(readings: readonly (readonly [string, Reading])[]): SideValues {
  const values: Record<string, Json> = {};
  const problems: MappingProblem[] = [];
  for (const [key, read] of readings) {
    if (read.kind === "value") values[key] = read.value;
    else problems.push(read.problem);
  }
  return { values, problems };
}

function readField(rule: FieldRule, values: CrmValues): Reading {
  const raw = valueInCrm(rule.source, values);
  if (raw.kind === "failed") return problem(rule, "formula-failed", null);
  return rule.source.kind === "constant" ? raw : readCrmValue(rule, raw.value);
}
