import type { Json, JsonObject } from "../../json";
import { isJsonObject } from "../../json";
import { cleanLine } from "./clean-text";
import { type Canonical, type ConversionRules, EMPTY, isBlank, NOT_CONVERTIBLE, value } from "./conversion-rules";

/** The parts of a person that are kept in step, as Partner Center spells them. */
export const personParts = ["firstName", "lastName", "phoneNumber", "email"] as const;

/** A person in canonical form: every part, null when empty; the e-mail address in lower case. */
export type Person = Readonly<Record<(typeof personParts)[number], string | null>>;

/**
 * People of a referral. Canonical: a list of persons in a fixed order, each once. The CRM gives one person made of
 * parts, or a list. People are never written to the CRM: a referral does not say which record a person is.
 */
export const people: ConversionRules = {
  empty: [],
  fromCrm: readPeople,
  fromPartnerCenter: readPeople,
  toCrm: () => undefined,
  toPartnerCenter: (canonical) => personsIn(canonical).map(writePerson),
};

/** Persons of a canonical value, or of a list as Partner Center holds it. */
export function personsIn(list: Json): readonly Person[] {
  return Array.isArray(list) ? (list as readonly Json[]).filter(isJsonObject).map(personOf) : [];
}

/** Canonical person of an object with any of the parts. */
export function personOf(raw: JsonObject): Person {
  const email = part(raw, "email");
  return {
    firstName: part(raw, "firstName"),
    lastName: part(raw, "lastName"),
    phoneNumber: part(raw, "phoneNumber"),
    email: email === null ? null : email.toLowerCase(),
  };
}

/** The parts that are there, as Partner Center takes them. */
export function writePerson(person: Person): JsonObject {
  return Object.fromEntries(personParts.flatMap((name) => (person[name] === null ? [] : [[name, person[name]]])));
}

function readPeople(raw: Json): Canonical {
  if (isBlank(raw)) return EMPTY;
  const entries = isJsonObject(raw) ? [raw] : raw;
  if (!Array.isArray(entries)) return NOT_CONVERTIBLE;
  const known = personsIn(entries as readonly Json[]).filter((person) => Object.values(person).some((part) => part));
  const byKey = new Map(known.map((person) => [keyOf(person), person]));
  const sorted = [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, person]) => ({ ...person }));
  return sorted.length === 0 ? EMPTY : value(sorted);
}

function keyOf(person: Person): string {
  return JSON.stringify([person.email, person.lastName, person.firstName, person.phoneNumber]);
}

function part(raw: JsonObject, name: (typeof personParts)[number]): string | null {
  const found = Object.hasOwn(raw, name) ? raw[name] : null;
  if (typeof found !== "string" && typeof found !== "number") return null;
  return cleanLine(String(found)) || null;
}
