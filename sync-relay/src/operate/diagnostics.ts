// What somebody who helps needs to know of a relay, and nothing else: versions, settings without secrets, what the doctor
// found, counts and codes. No value of a deal, no name, no id of a record, no secret.

import type { AuditCount, OperatorStore } from "../ports/operator-store";
import { everyFinding } from "./doctor/every-finding";
import { markOf, type Area } from "./doctor/area";
import { byReason, relayStatus, type StatusParts } from "./status";

/** How far back what was done is counted. */
const LOOK_BACK_MS = 7 * 24 * 60 * 60_000;
/** Values of findings that are numbers, codes or the product's own names; all others may quote a record. */
const HARMLESS_VALUES: ReadonlySet<string> = new Set([
  "count",
  "minutes",
  "days",
  "day",
  "seconds",
  "code",
  "reasons",
  "heard",
  "all",
  "installed",
  "wanted",
  "running",
  "own",
  "direction",
  "messages",
  "events",
  "waiting",
  "because",
]);

export interface Diagnostics {
  readonly madeAt: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Values of settings that are no secrets; of secrets whether they are set. */
  readonly settings: Readonly<Record<string, string>>;
  readonly doctor: readonly {
    readonly area: string;
    readonly mark: string;
    readonly findings: readonly { readonly id: string; readonly severity: string; readonly values: object }[];
  }[];
  readonly status: object;
  readonly lastWeek: readonly AuditCount[];
  /** Codes in a log that was given, counted. */
  readonly log: Readonly<Record<string, number>>;
}

export interface DiagnosticsInput {
  readonly nowMs: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string>>;
  readonly areas: readonly Area[];
  readonly store: StatusParts & { readonly operator: Pick<OperatorStore, "auditCounts"> };
  /** Lines of the relay's log; none when it was not given. */
  readonly log: readonly string[];
}

export async function diagnostics(input: DiagnosticsInput): Promise<Diagnostics> {
  const { deadLetters, ...status } = await relayStatus(input.store);
  return {
    madeAt: new Date(input.nowMs).toISOString(),
    versions: input.versions,
    settings: input.settings,
    doctor: input.areas.map((one) => ({
      area: one.name,
      mark: markOf(one),
      findings: one.findings.map(({ id, values }) => ({
        id,
        severity: everyFinding[id].severity,
        values: Object.fromEntries(Object.entries(values).filter(([name]) => HARMLESS_VALUES.has(name))),
      })),
    })),
    status: { ...status, deadLetters: byReason(deadLetters) },
    lastWeek: (await input.store.operator.auditCounts(input.nowMs - LOOK_BACK_MS)).map(withoutWords),
    log: codesIn(input.log),
  };
}

/** Reasons are codes and names of the product; anything else is left out. */
function withoutWords(count: AuditCount): AuditCount {
  return {
    ...count,
    reason: count.reason === null || /^[A-Za-z0-9-]{1,40}$/.test(count.reason) ? count.reason : "other",
  };
}

/** How often each level and code stands in a log of the relay. Lines that are none of it do not matter. */
export function codesIn(lines: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const line of lines) {
    const entry = parsed(line);
    const level = wordIn(entry["level"]);
    if (level === null) continue;
    const name = [level, wordIn(entry["code"]), wordIn(entry["upstreamCode"])]
      .filter((word) => word !== null)
      .join(" ");
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function wordIn(value: unknown): string | null {
  return typeof value === "string" && /^[A-Za-z0-9-]{1,40}$/.test(value) ? value : null;
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
