// What one mapping does differently from another, entry by entry: for a customiser who wants to know what a new file
// changes before the relay works with it. Where entries stand in their files makes no difference.

import { type Json, sameJson } from "../json";
import type { FieldMapSections } from "./entry-problems";
import type { EntrySource, FieldEntry, ValueList } from "./field-map";

/** The parts of an entry that change what it does. */
export const entryParts = ["source", "as", "list", "default", "required", "unlessSet", "conflict", "max"] as const;
export type ComparedPart = (typeof entryParts)[number];

/** Where an entry counts. */
export interface EntryScope {
  readonly section: "toPartnerCenter" | "toCrm";
  readonly events: readonly ("create" | "update")[];
  readonly to: string;
}

/** One difference between two mappings. */
export type MapChange =
  | { readonly kind: "added"; readonly scope: EntryScope; readonly after: FieldEntry }
  | { readonly kind: "removed"; readonly scope: EntryScope; readonly before: FieldEntry }
  | {
      readonly kind: "changed";
      readonly scope: EntryScope;
      readonly before: FieldEntry;
      readonly after: FieldEntry;
      readonly parts: readonly ComparedPart[];
    }
  | {
      readonly kind: "match";
      readonly lookup: string;
      readonly before: readonly string[];
      readonly after: readonly string[];
    }
  | { readonly kind: "when"; readonly before: string | null; readonly after: string | null };

/** Every difference, in the order of the sections; empty when both do the same. */
export function compareMaps(before: FieldMapSections, after: FieldMapSections): readonly MapChange[] {
  const entries = (["toPartnerCenter", "toCrm"] as const).flatMap((section) =>
    together((["create", "update"] as const).flatMap((event) => entryChanges(before, after, { section, event }))),
  );
  return [...conditionChange(before, after), ...matchChanges(before, after), ...entries];
}

type EntryChange = Extract<MapChange, { readonly scope: EntryScope }>;

interface Place {
  readonly section: EntryScope["section"];
  readonly event: "create" | "update";
}

function entryChanges(before: FieldMapSections, after: FieldMapSections, { section, event }: Place): EntryChange[] {
  const old = new Map(before[section][event].map((entry) => [entry.to, entry]));
  const now = new Map(after[section][event].map((entry) => [entry.to, entry]));
  const scopeOf = (to: string): EntryScope => ({ section, events: [event], to });
  const removed = [...old].flatMap(([to, entry]): EntryChange[] =>
    now.has(to) ? [] : [{ kind: "removed", scope: scopeOf(to), before: entry }],
  );
  const others = [...now].flatMap(([to, entry]): EntryChange[] => {
    const other = old.get(to);
    if (other === undefined) return [{ kind: "added", scope: scopeOf(to), after: entry }];
    const parts = entryParts.filter((part) => !samePart(other, entry, part));
    return parts.length === 0 ? [] : [{ kind: "changed", scope: scopeOf(to), before: other, after: entry, parts }];
  });
  return [...removed, ...others];
}

/** The same change on create and on update is told once. */
function together(changes: readonly EntryChange[]): readonly EntryChange[] {
  const told: EntryChange[] = [];
  for (const change of changes) {
    const same = told.findIndex((one) => one.kind === change.kind && sameEffect(one, change));
    const twin = told[same];
    if (twin === undefined) told.push(change);
    else told[same] = { ...twin, scope: { ...twin.scope, events: [...twin.scope.events, ...change.scope.events] } };
  }
  return told;
}

function sameEffect(one: EntryChange, other: EntryChange): boolean {
  if (one.scope.to !== other.scope.to) return false;
  return sameEntry(beforeOf(one), beforeOf(other)) && sameEntry(afterOf(one), afterOf(other));
}

function beforeOf(change: EntryChange): FieldEntry | null {
  return change.kind === "added" ? null : change.before;
}

function afterOf(change: EntryChange): FieldEntry | null {
  return change.kind === "removed" ? null : change.after;
}

function sameEntry(one: FieldEntry | null, other: FieldEntry | null): boolean {
  if (one === null || other === null) return one === other;
  return entryParts.every((part) => samePart(one, other, part));
}

function samePart(one: FieldEntry, other: FieldEntry, part: ComparedPart): boolean {
  return sameJson(partAsJson(one, part), partAsJson(other, part));
}

function partAsJson(entry: FieldEntry, part: ComparedPart): Json {
  if (part === "source") return sourceAsJson(entry.source);
  if (part === "list") return listAsJson(entry.list);
  return entry[part] ?? null;
}

function sourceAsJson(source: EntrySource): Json {
  switch (source.kind) {
    case "path":
      return ["path", source.path];
    case "parts":
      return ["parts", { ...source.parts }];
    case "constant":
      return ["constant", source.value];
    case "formula":
      return ["formula", source.text];
  }
}

/** A different order of the pairs is a different list: of two values with one meaning the first is written. */
function listAsJson(list: ValueList | null): Json {
  return list === null ? null : [list.builtin, list.pairs.map(({ crm, canonical }) => [crm, canonical])];
}

function matchChanges(before: FieldMapSections, after: FieldMapSections): readonly MapChange[] {
  const lookups = [...new Set([...Object.keys(before.match), ...Object.keys(after.match)])].sort();
  return lookups.flatMap((lookup): MapChange[] => {
    const change = { lookup, before: before.match[lookup] ?? [], after: after.match[lookup] ?? [] };
    return change.before.join() === change.after.join() ? [] : [{ kind: "match", ...change }];
  });
}

function conditionChange(before: FieldMapSections, after: FieldMapSections): readonly MapChange[] {
  const change = { before: before.when?.text ?? null, after: after.when?.text ?? null };
  return change.before === change.after ? [] : [{ kind: "when", ...change }];
}
