// A mapping in words: what an entry takes, from where, and under which rules.

import type { Json } from "../../../core/json";
import type { EntryScope } from "../../../core/mapping/compare-maps";
import type { ConflictRule, EntrySource, FieldEntry } from "../../../core/mapping/field-map";
import type { CommandContext } from "../../context";
import type { MappingOrigin } from "../../open/mapping-in-use";
import { mappingTexts as texts } from "../../texts/mapping-texts";
import type { Text } from "../../texts/text";

/** Longest value that is shown, in characters. */
const LONGEST_SHOWN = 120;

type Speaker = Pick<CommandContext, "text">;

/** A value as a person reads it. */
export function shown(value: Json | undefined): string {
  if (value === undefined) return "—";
  const words = typeof value === "string" ? `"${value}"` : JSON.stringify(value);
  return words.length <= LONGEST_SHOWN ? words : `${words.slice(0, LONGEST_SHOWN)}…`;
}

export function originWords({ text }: Speaker, origin: MappingOrigin): string {
  switch (origin.kind) {
    case "file":
      return text(texts.originFile, { file: origin.file });
    case "applied":
      return text(texts.originApplied, { version: origin.version });
    case "shipped":
      return text(texts.originShipped);
  }
}

export function sourceWords({ text }: Speaker, source: EntrySource): string {
  switch (source.kind) {
    case "path":
      return text(texts.fromPath, { path: source.path });
    case "parts":
      return text(texts.fromParts, { paths: Object.values(source.parts).join(", ") });
    case "constant":
      return text(texts.fromConstant, { value: shown(source.value) });
    case "formula":
      return text(texts.fromFormula, { text: source.text });
  }
}

/** Source, conversion and rules of an entry, and where it stands. */
export function entryWords(speaker: Speaker, entry: FieldEntry): string {
  const parts = [
    sourceWords(speaker, entry.source),
    ...(entry.source.kind === "constant" ? [] : [speaker.text(texts.as, { as: entry.as })]),
    ...ruleWords(speaker, entry),
  ];
  return `${parts.join(", ")} (${placeWords(speaker, entry)})`;
}

function ruleWords({ text }: Speaker, entry: FieldEntry): readonly string[] {
  return [
    ...listWords({ text }, entry),
    ...(entry.required ? [text(texts.isRequired)] : []),
    ...(entry.default === undefined ? [] : [text(texts.withDefault, { value: shown(entry.default) })]),
    ...(entry.max === null ? [] : [text(texts.withMax, { max: entry.max })]),
    ...(entry.unlessSet ? [text(texts.unlessSet)] : []),
  ];
}

function listWords({ text }: Speaker, { list }: FieldEntry): readonly string[] {
  if (list === null) return [];
  if (list.pairs.length === 0 && list.builtin !== null) return [text(texts.withCountries)];
  return [text(texts.withList, { n: list.pairs.length })];
}

/** The line of the customer's file, or that the entry comes with the relay. */
export function placeWords({ text }: Speaker, { line }: FieldEntry): string {
  return line === null ? text(texts.shippedEntry) : text(texts.line, { line });
}

export function scopeWords({ text }: Speaker, { section, events }: Pick<EntryScope, "section" | "events">): string {
  return text(section === "toCrm" ? texts.toCrmOn : texts.toPartnerCenterOn, { events: text(eventsText(events)) });
}

function eventsText(events: EntryScope["events"]): Text {
  if (events.length > 1) return texts.createAndUpdate;
  return events[0] === "create" ? texts.create : texts.update;
}

const conflictTexts = {
  newest: texts.ruleNewest,
  crm: texts.ruleCrm,
  partnerCenter: texts.rulePartnerCenter,
  ask: texts.ruleAsk,
} as const;

export function conflictWords({ text }: Speaker, rule: ConflictRule): string {
  return text(texts.bothWays, { rule: text(conflictTexts[rule]) });
}
