import { atPath, isJsonObject, type Json } from "../json";
import type { FieldValues } from "../pair";
import type { PatchOperation, Referral } from "../referral";
import { isBlank } from "./conversions/conversion-rules";
import { conversionOf } from "./conversions/conversion-of";
import { type Person, personOf, personsIn, writePerson } from "./conversions/people";
import { idsIn, isSolution, solutionId } from "./conversions/solutions";
import type { FieldEntry, FieldMap } from "./field-map";
import { ruleOf } from "./field-rule";
import { isPatchable } from "./patchable-paths";

/**
 * The update that brings changed fields to the referral: `replace` only, because a replace can be repeated. Fields that
 * the file does not send on update, or that Partner Center does not let change, are left out. The status comes last, so
 * that nothing is written to a referral that the same update has just closed.
 */
export function patchOperations(map: FieldMap, changed: FieldValues, referral: Referral): readonly PatchOperation[] {
  const sent = map.toPartnerCenter.update.filter(({ to }) => Object.hasOwn(changed, to) && isPatchable(to));
  const fields = sent.filter((entry) => entry.as !== "status" && !keepsWhatIsThere(entry, referral));
  const stage = sent.find((entry) => entry.as === "status");
  return [
    ...fields.flatMap(({ to }) => replaceField(map, to, { value: changed[to] ?? null, referral })),
    ...(stage === undefined ? [] : moveTo(changed[stage.to] ?? null, referral)),
  ];
}

/** A JSON pointer to a field. */
export function pointerTo(key: string): string {
  return `/${key
    .split(".")
    .map((step) => step.replace(/~/g, "~0").replace(/\//g, "~1"))
    .join("/")}`;
}

interface Change {
  readonly value: Json;
  readonly referral: Referral;
}

function replaceField(map: FieldMap, key: string, change: Change): readonly PatchOperation[] {
  const rule = ruleOf(map, key);
  if (rule === null) return [];
  const there = atPath(change.referral.json, key) ?? null;
  if (rule.as === "solutions") return [replace(key, mergeSolutions(change.value, there))];
  if (rule.as === "people") return [replace(key, mergePeople(change.value, there))];
  const written = conversionOf[rule.as].toPartnerCenter(change.value, rule);
  return written === undefined ? [] : [replace(key, written)];
}

function keepsWhatIsThere(entry: FieldEntry, referral: Referral): boolean {
  return entry.unlessSet && !isBlank(atPath(referral.json, entry.to) ?? null);
}

/** The chosen solutions; those that are there keep their details, and categories stay. */
function mergeSolutions(canonical: Json, there: Json): Json {
  const entries = asList(there);
  const details = new Map(entries.filter(isSolution).map((entry) => [idOf(entry), entry]));
  const chosen = idsIn(canonical).map((id) => details.get(id) ?? { id, type: "Name" });
  return [...chosen, ...entries.filter((entry) => !isSolution(entry))];
}

function idOf(entry: Json): string | null {
  const id = isJsonObject(entry) ? entry["id"] : null;
  return typeof id === "string" ? solutionId(id) : null;
}

/** Our people with what Partner Center knows of them, then the people who are there and not ours. */
function mergePeople(canonical: Json, there: Json): Json {
  const ours = personsIn(canonical);
  const entries = asList(there).filter(isJsonObject);
  const merged = ours.map((person) => {
    const same = entries.find((entry) => isSamePerson(person, personOf(entry)));
    return { ...same, ...writePerson(person) };
  });
  return [...merged, ...entries.filter((entry) => !ours.some((person) => isSamePerson(person, personOf(entry))))];
}

/** The same person: the same e-mail address, or the same full name where a detail was corrected. */
function isSamePerson(a: Person, b: Person): boolean {
  if (a.email !== null && a.email === b.email) return true;
  return a.lastName !== null && a.lastName === b.lastName && a.firstName === b.firstName;
}

/**
 * Status and substatus of a stage. Nothing leads back to New, so "on hold" is never sent; an opportunity that is lost
 * before the referral was accepted declines it.
 */
function moveTo(stage: Json, referral: Referral): readonly PatchOperation[] {
  switch (stage) {
    case "in-progress":
      return moved("Active", "Accepted");
    case "won":
      return moved("Closed", "Won");
    case "lost":
      return moved("Closed", referral.status === "New" ? "Declined" : "Lost");
    default:
      return [];
  }
}

function moved(status: string, substatus: string): readonly PatchOperation[] {
  return [replace("status", status), replace("substatus", substatus)];
}

function replace(key: string, value: Json): PatchOperation {
  return { op: "replace", path: pointerTo(key), value };
}

function asList(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
