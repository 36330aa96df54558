// What the servers make of the values that they are given: notes in a form of their own, and a business rule of the CRM
// that sets another column.

import { atPath, withPath, type Json, type JsonObject } from "../../src/core/json";
import type { CrmValues } from "../../src/core/opportunity";
import type { PatchOperation } from "../../src/core/referral";
import type { FaultProfile } from "../fault-profile";
import type { Faults } from "../faults";

const NOTES = "details.notes";
const FIRST_DAY_MS = Date.UTC(2028, 0, 1);
const DAY_MS = 86_400_000;

export interface KeptForms {
  readonly crm: (values: CrmValues, before: CrmValues) => CrmValues;
  readonly referral: (body: JsonObject) => JsonObject;
  readonly operation: (operation: PatchOperation) => PatchOperation;
  readonly changes: (changes: Readonly<Record<string, Json>>) => Readonly<Record<string, Json>>;
}

export function createKeptForms(profile: FaultProfile, faults: Faults): KeptForms {
  const { canonicalising, businessRule } = profile;
  const inPartnerCenter = (value: Json): Json => {
    if (!canonicalising.partnerCenter || typeof value !== "string") return value;
    faults.count("server-change");
    return value.toUpperCase();
  };
  const inCrm = (values: CrmValues): CrmValues => {
    const description = values["description"];
    if (!canonicalising.crm || typeof description !== "string") return values;
    faults.count("server-change");
    return { ...values, description: description.toLowerCase() };
  };
  return {
    crm(values, before) {
      const kept = inCrm(values);
      const estimate = kept["estimatedvalue"];
      const isSet = businessRule && typeof estimate === "number" && estimate !== before["estimatedvalue"];
      if (!isSet) return kept;
      faults.count("server-change");
      return { ...kept, estimatedclosedate: dayOf(estimate) };
    },
    referral(body) {
      const notes = atPath(body, NOTES);
      return notes === undefined ? body : withPath(body, NOTES, inPartnerCenter(notes));
    },
    operation: (operation) =>
      operation.path === "/details/notes" ? { ...operation, value: inPartnerCenter(operation.value) } : operation,
    changes: (changes) => {
      const notes = changes[NOTES];
      return notes === undefined ? changes : { ...changes, [NOTES]: inPartnerCenter(notes) };
    },
  };
}

/** The close date that the business rule wants for an estimate. */
function dayOf(estimate: number): string {
  return new Date(FIRST_DAY_MS + (estimate % 300) * DAY_MS).toISOString().slice(0, 10);
}
