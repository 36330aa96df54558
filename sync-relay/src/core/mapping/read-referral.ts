import { knownStageOf } from "../lifecycle";
import type { Referral } from "../referral";
import { sentValueAt } from "./entry-source";
import { type FieldRule, problem, type Reading, readPartnerCenterValue, ruleOf } from "./field-rule";
import { collect, type SideValues } from "./read-crm";
import { remembered } from "./remembered";

/** Canonical values of a referral. What Partner Center did not send has no value: it is not known. */
export const readReferral = remembered((map, referral: Referral): SideValues => {
  const rules = map.fields.flatMap(({ key }) => ruleOf(map, key) ?? []);
  return collect(
    rules.flatMap((rule) => {
      const read = rule.as === "status" ? readStage(rule, referral) : readField(rule, referral);
      return read === null ? [] : [[rule.key, read] as const];
    }),
  );
});

function readStage(rule: FieldRule, referral: Referral): Reading {
  const stage = knownStageOf(referral);
  return stage === null ? problem(rule, "not-convertible", referral.status) : { kind: "value", value: stage };
}

function readField(rule: FieldRule, referral: Referral): Reading | null {
  const raw = sentValueAt(referral.json, rule.key);
  return raw === undefined ? null : readPartnerCenterValue(rule, raw);
}
