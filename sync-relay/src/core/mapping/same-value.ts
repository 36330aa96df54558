import { type Json, sameJson } from "../json";
import { type Person, personParts, personsIn } from "./conversions/people";
import type { MappedField } from "./field-map";

/**
 * Whether both sides agree on a field. For people it is enough that everybody whom the CRM names is in the referral:
 * Partner Center's users add colleagues there.
 */
export function sameValue(field: MappedField, crm: Json | undefined, partnerCenter: Json | undefined): boolean {
  if (field.compare === "equal" || crm === undefined || partnerCenter === undefined)
    return sameJson(crm, partnerCenter);
  const there = personsIn(partnerCenter);
  return personsIn(crm).every((person) => there.some((other) => covers(other, person)));
}

/** Whether `other` says everything that `person` says. */
function covers(other: Person, person: Person): boolean {
  return personParts.every((part) => person[part] === null || person[part] === other[part]);
}
