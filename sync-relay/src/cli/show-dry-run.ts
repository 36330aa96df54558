import { atPath, isJsonObject, type Json, type JsonObject } from "../core/json";
import type { FieldMap } from "../core/mapping/field-map";
import type { Pair } from "../core/pair";
import { fieldName } from "../core/text/field-names";
import type { DryRun, DryWrite } from "../operate/dry-run";
import { phrase, phraseIn } from "../operate/phrase";
import { statusLabels } from "../operate/status";
import type { CommandContext } from "./context";
import { shownValue } from "./texts/operate-shown";
import { operateTexts as texts } from "./texts/operate-texts";

/** Columns of the section that say how it went: they change with every sync. */
const BOOKKEEPING = new Set(["audit", "lastSyncedOn", "syncState"]);

/** What a sync would write where, one write after the other. */
export function showDryRun(context: CommandContext, map: FieldMap, { writes, pair }: DryRun): void {
  const { out } = context;
  if (writes.length === 0) {
    out.line(context.text(texts.wouldWriteNothing, { why: whyNothing(context, pair) }));
    return;
  }
  for (const write of writes) {
    out.line(headline(context, write));
    out.table(rowsOf(context, map, write).map((row) => ["   ", ...row]));
  }
  out.line(context.text(texts.nothingWritten));
}

function whyNothing(context: CommandContext, pair: Pair | null): string {
  if (pair === null) return context.text(texts.notKnown);
  const [direction] = pair.paused;
  if (direction !== undefined) return context.text(texts.isPaused, { direction });
  if (pair.status === "synced") return context.text(texts.bothAgree);
  return context.text(texts.shownStatus, { status: phraseIn(context.language, phrase(statusLabels(pair.status))) });
}

function headline(context: CommandContext, write: DryWrite): string {
  switch (write.kind) {
    case "update-opportunity":
      return context.text(texts.updateOpportunity, { id: write.id });
    case "create-opportunity":
      return context.text(texts.createOpportunity, { id: write.id });
    case "patch-referral":
      return context.text(texts.patchReferral, { id: write.id });
    case "create-referral": {
      const toMicrosoft = atPath(write.payload, "target.0.id") === "msft";
      return context.text(toMicrosoft ? texts.inviteMicrosoft : texts.createReferral);
    }
  }
}

function rowsOf(context: CommandContext, map: FieldMap, write: DryWrite): readonly string[][] {
  const shown = (value: Json | undefined): string => shownValue(value, context.language);
  switch (write.kind) {
    case "update-opportunity": {
      const { values, section, stage } = write.changes;
      const changed = Object.entries(values).map(([path, after]) => [
        path,
        `${shown(write.before[path])} → ${shown(after)}`,
      ]);
      const moved = stage === undefined ? [] : [[map.statusPath ?? "status", `${stage.from} → ${stage.stage}`]];
      return [...changed, ...moved, ...sectionRows(section, shown)];
    }
    case "create-opportunity":
      return [
        ...Object.entries(write.opportunity.values).map(([path, value]) => [path, shown(value)]),
        ...sectionRows(write.opportunity.section, shown),
      ];
    case "patch-referral":
      return write.operations.map(({ path, value }) => {
        const place = path.slice(1).replaceAll("/", ".");
        return [fieldName(place, context.language), `${shown(atPath(write.before, place))} → ${shown(value)}`];
      });
    case "create-referral":
      return leaves(write.payload).map(([path, value]) => [fieldName(path, context.language), shown(value)]);
  }
}

function sectionRows(section: object, shown: (value: Json) => string): readonly string[][] {
  return Object.entries(section as Record<string, Json>)
    .filter(([part]) => !BOOKKEEPING.has(part))
    .map(([part, value]) => [part, shown(value)]);
}

/** Every value of an object with its path; lists stay whole. */
function leaves(object: JsonObject, above = ""): readonly (readonly [string, Json])[] {
  return Object.entries(object).flatMap(([key, value]) =>
    isJsonObject(value) ? leaves(value, `${above}${key}.`) : [[`${above}${key}`, value] as const],
  );
}
