// What another mapping would do differently to the same deal: for a customiser who replays recent deals before a new
// file counts. Only effects are compared; which line of which file said so makes no difference.

import type { Json } from "./json";
import { sameJson } from "./json";
import type { DealPreview, PreviewField } from "./preview-deal";

/** A field with which the two mappings deal differently; null: the mapping does not know it. */
export interface FieldDifference {
  readonly key: string;
  readonly before: PreviewField | null;
  readonly after: PreviewField | null;
}

export interface PreviewDifference {
  readonly fields: readonly FieldDifference[];
  /** Whether the deal could be shared before and after; the same on both sides when nothing changed there. */
  readonly shareable: { readonly before: boolean; readonly after: boolean };
}

/** Null when both previews come to the same. */
export function comparePreviews(before: DealPreview, after: DealPreview): PreviewDifference | null {
  const old = new Map(before.fields.map((field) => [field.key, field]));
  const now = new Map(after.fields.map((field) => [field.key, field]));
  const fields = [...new Set([...old.keys(), ...now.keys()])].flatMap((key): FieldDifference[] => {
    const pair = { key, before: old.get(key) ?? null, after: now.get(key) ?? null };
    return sameJson(effectOf(pair.before), effectOf(pair.after)) ? [] : [pair];
  });
  const shareable = { before: canBeShared(before), after: canBeShared(after) };
  return fields.length === 0 && shareable.before === shareable.after ? null : { fields, shareable };
}

/** Whether nothing keeps the deal from being created in, or kept in step with, Partner Center. */
export function canBeShared({ issues, meetsCondition }: DealPreview): boolean {
  return issues.length === 0 && meetsCondition;
}

/** A field that does nothing is as good as one that is not mapped. */
function effectOf(field: PreviewField | null): Json {
  if (field === null) return [[], null, []];
  const writes = field.writes.map(({ side, path, after }): Json => [side, path, after]);
  return [writes, field.held, field.problems.map(({ because }) => because)];
}
