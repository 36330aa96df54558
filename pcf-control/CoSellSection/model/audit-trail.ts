// The relay's audit text as entries, newest first. A line reads
//   2026-11-23 09:00 UTC · CRM → Partner Center · updated: deal value · done · <correlation id>
// in the relay's language; what is recognised is said again in the user's. Anything else is shown as the text it is:
// people may have written into the column before the relay did.

import { actionWords, directionWords, fieldWords, resultWords } from "./audit-vocabulary";
import type { Say, StringId } from "./strings";

/** How a step ended; null when the line does not say. */
export type AuditResult = "done" | "held" | "failed" | "ignored" | null;

/** One line of the trail, in the user's language. */
export interface AuditEntry {
  /** In the user's time zone; null for a line without time. */
  readonly time: string | null;
  /** The instant, for machines; null for a line without time. */
  readonly isoTime: string | null;
  readonly direction: string | null;
  readonly what: string;
  readonly result: AuditResult;
  readonly resultText: string | null;
  readonly correlationId: string | null;
}

/** How times and words are told to the user. */
export interface AuditTexts {
  readonly say: Say;
  readonly time: (at: Date) => string;
}

const LINE = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC · (.+)$/;
const SEPARATOR = " · ";
const SET_ASIDE = /^(.*?) \((?:set aside|écarté): (.*)\)$/;

const results: Readonly<Partial<Record<StringId, AuditResult>>> = {
  audit_done: "done",
  audit_held: "held",
  audit_failed: "failed",
  audit_ignored: "ignored",
};

/** Entries of the trail, newest first; lines without time stay below the line that they follow. */
export function auditEntries(trail: string | null, texts: AuditTexts): readonly AuditEntry[] {
  const lines = (trail ?? "").split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
  const dated: { readonly entry: AuditEntry; readonly atMs: number }[] = [];
  for (const line of lines) {
    const entry = auditEntry(line.trim(), texts);
    const atMs = entry.isoTime === null ? (dated[dated.length - 1]?.atMs ?? Infinity) : Date.parse(entry.isoTime);
    dated.push({ entry, atMs });
  }
  return dated.sort((a, b) => (a.atMs === b.atMs ? 0 : b.atMs - a.atMs)).map(({ entry }) => entry);
}

function auditEntry(line: string, { say, time }: AuditTexts): AuditEntry {
  const match = LINE.exec(line);
  const at = new Date(`${match?.[1] ?? ""}T${match?.[2] ?? ""}Z`);
  if (match === null || Number.isNaN(at.getTime())) return plainLine(line);
  return { ...stepOf(match[3] ?? "", say), time: time(at), isoTime: at.toISOString() };
}

function plainLine(what: string): AuditEntry {
  return { time: null, isoTime: null, direction: null, what, result: null, resultText: null, correlationId: null };
}

function stepOf(text: string, say: Say): AuditEntry {
  const parts = text.split(SEPARATOR);
  const resultId = resultWords.get(parts[parts.length - 2] ?? "");
  if (resultId === undefined || parts.length < 3) return plainLine(text);
  const directionId = parts.length > 3 ? directionWords.get(parts[0] ?? "") : undefined;
  return {
    ...plainLine(actionText(parts.slice(directionId === undefined ? 0 : 1, -2).join(SEPARATOR), say)),
    direction: directionId === undefined ? null : say(directionId),
    result: results[resultId] ?? null,
    resultText: say(resultId),
    correlationId: parts[parts.length - 1] ?? null,
  };
}

function actionText(text: string, say: Say): string {
  const colon = text.indexOf(": ");
  const word = colon < 0 ? text : text.slice(0, colon);
  const id = actionWords.get(word);
  if (id === undefined) return text;
  if (colon < 0) return say(id);
  return `${say("colon", say(id))} ${fieldsIn(text.slice(colon + 2))
    .map((field) => fieldText(field, say))
    .join(", ")}`;
}

function fieldText(field: string, say: Say): string {
  const [, name, lost] = SET_ASIDE.exec(field) ?? [];
  if (name !== undefined && lost !== undefined) return `${nameText(name, say)} (${say("audit_set_aside", lost)})`;
  return nameText(field, say);
}

function nameText(name: string, say: Say): string {
  const id = fieldWords.get(name);
  return id === undefined ? name : say(id);
}

/** The list of fields at its commas, except those inside the quotes of a value that was set aside. */
function fieldsIn(list: string): readonly string[] {
  const fields: string[] = [];
  let start = 0;
  let quoted = false;
  for (let n = 0; n < list.length; n++) {
    if (quoted && list[n] === "\\") n++;
    else if (list[n] === '"') quoted = !quoted;
    else if (!quoted && list.startsWith(", ", n)) {
      fields.push(list.slice(start, n));
      start = n + 2;
    }
  }
  return [...fields, list.slice(start)];
}
