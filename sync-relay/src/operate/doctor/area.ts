import type { Labels, Language } from "../../../../solution/schema/labels";
import { toRelayError } from "../../core/errors";
import { phrase, phraseIn, verbatim, type Phrase, type PhraseValues } from "../phrase";
import { everyFinding, type FindingId } from "./every-finding";

/** What is looked at, in the order in which it is told. */
export const areaNames = [
  "relay",
  "clock",
  "secrets",
  "dataverse",
  "solution",
  "address",
  "tls",
  "dataverse-webhook",
  "partner-center",
  "partner-center-webhook",
  "mapping",
  "other-sync",
] as const;

export type AreaName = (typeof areaNames)[number];

/** Something that is wrong. */
export interface Finding {
  readonly id: FindingId;
  readonly values: PhraseValues;
}

/** What was found in one area. */
export interface Area {
  readonly name: AreaName;
  /** How it is, in a few words. */
  readonly summary: Phrase;
  readonly findings: readonly Finding[];
  /** More to know, for whoever asks. */
  readonly details: readonly Phrase[];
  /** Something else has to be mended before this can be looked at. */
  readonly skipped: boolean;
}

export function finding(id: FindingId, values: PhraseValues = {}): Finding {
  return { id, values };
}

/** Lists what belongs to an area, for whoever asks for details. */
export function withDetails(one: Area, label: Labels, items: readonly string[]): Area {
  return items.length === 0 ? one : { ...one, details: [...one.details, phrase(label, { items: items.join(", ") })] };
}

/** An area without further details. */
export function area(name: AreaName, summary: Phrase, findings: readonly Finding[] = []): Area {
  return { name, summary, findings, details: [], skipped: false };
}

const notChecked = { en: "not checked: {because}", fr: "non contrôlé : {because}" };

/** An area that cannot be looked at while another one is broken. */
export function skippedArea(name: AreaName, because: AreaName): Area {
  return { ...area(name, phrase(notChecked, { because })), skipped: true };
}

export type Mark = "ok" | "note" | "bad" | "skipped";

export function markOf({ findings, skipped }: Area): Mark {
  if (findings.some(({ id }) => everyFinding[id].severity === "bad")) return "bad";
  if (findings.length > 0) return "note";
  return skipped ? "skipped" : "ok";
}

/** A finding in words: what is wrong, and the command or deed that mends it. */
export interface FindingWords {
  readonly what: string;
  readonly mend: string;
}

export function findingWords({ id, values }: Finding, language: Language): FindingWords {
  const { what, mend } = everyFinding[id];
  const text = "command" in mend ? { en: mend.command, fr: mend.command } : mend.deed;
  return { what: phraseIn(language, phrase(what, values)), mend: phraseIn(language, phrase(text, values)) };
}

/** Runs a check; a failure that it does not expect is a finding like any other. */
export async function examined(name: AreaName, check: () => Promise<Area>): Promise<Area> {
  try {
    return await check();
  } catch (thrown) {
    const { code, message } = toRelayError(thrown);
    return area(name, verbatim(code), [finding("check-failed", { code, reason: message.slice(code.length + 1) })]);
  }
}
