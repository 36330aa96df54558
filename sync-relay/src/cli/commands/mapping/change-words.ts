// The differences between two mappings in words, a line each.

import type { Json } from "../../../core/json";
import { compareMaps, type ComparedPart, type MapChange } from "../../../core/mapping/compare-maps";
import type { FieldEntry, FieldMap } from "../../../core/mapping/field-map";
import type { CommandContext } from "../../context";
import { mappingTexts as texts } from "../../texts/mapping-texts";
import { entryWords, scopeWords, shown, sourceWords } from "./mapping-words";

/** Says every difference; returns them. */
export function tellChanges(context: CommandContext, before: FieldMap, after: FieldMap): readonly MapChange[] {
  const changes = compareMaps(before, after);
  for (const change of changes) for (const line of changeLines(context, change)) context.out.line(line);
  if (changes.length === 0) context.out.line(context.text(texts.diffSame));
  return changes;
}

function changeLines(context: CommandContext, change: MapChange): readonly string[] {
  const { out } = context;
  if (change.kind === "when" || change.kind === "match") {
    const part = change.kind === "when" ? "when" : `match ${change.lookup}`;
    const before = orNothing(context, change.kind === "when" ? change.before : change.before.join(", "));
    const after = orNothing(context, change.kind === "when" ? change.after : change.after.join(", "));
    return [`${out.paint("yellow", "~")} ${context.text(texts.changedPart, { part, before, after })}`];
  }
  const place = `${change.scope.to} (${scopeWords(context, change.scope)})`;
  switch (change.kind) {
    case "added":
      return [`${out.paint("green", "+")} ${place}: ${entryWords(context, change.after)}`];
    case "removed":
      return [`${out.paint("red", "-")} ${place}: ${entryWords(context, change.before)}`];
    case "changed":
      return [
        `${out.paint("yellow", "~")} ${place}`,
        ...change.parts.map(
          (part) => `    ${partWords(context, part, { before: change.before, after: change.after })}`,
        ),
      ];
  }
}

function partWords(
  context: CommandContext,
  part: ComparedPart,
  { before, after }: { readonly before: FieldEntry; readonly after: FieldEntry },
): string {
  const words = (entry: FieldEntry): string =>
    part === "source" ? sourceWords(context, entry.source) : shown(partValue(entry, part));
  return context.text(texts.changedPart, { part, before: words(before), after: words(after) });
}

function partValue(entry: FieldEntry, part: Exclude<ComparedPart, "source">): Json | undefined {
  if (part !== "list") return entry[part];
  return entry.list?.pairs.map(({ crm, canonical }) => `${shown(crm)}=${shown(canonical)}`).join(" ");
}

function orNothing(context: CommandContext, words: string | null): string {
  return words === null || words === "" ? context.text(texts.nothingThere) : words;
}
