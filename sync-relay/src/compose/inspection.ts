// The relay looks at itself with the doctor's check list, now and then, and /readyz tells what the last look found. A
// probe never causes a call to a cloud, and what is found in a cloud never makes the relay unready: it can still take
// and keep what comes in.

import type { HealthCheck, HealthChecks } from "../adapters/http/health";
import { areaNames, findingWords, type Area, type AreaName } from "../operate/doctor/area";
import type { DoctorParts } from "../operate/doctor/doctor-parts";
import { examine, examineLocally } from "../operate/doctor/examine";
import { createPeriodic, type Periodic } from "../pipeline/periodic";
import type { Log } from "../ports/log";

/** How often the work of this relay's own database is looked at. */
const LOCALLY_EVERY_MS = 15_000;

export interface Inspection {
  readonly loops: readonly Periodic[];
  /** What the last look found, by area. The sign-ins have checks of their own. */
  readonly checks: HealthChecks;
}

export interface InspectionOptions {
  readonly parts: DoctorParts;
  /** Time between two looks at everything; the first one comes after it. 0: never. */
  readonly everyMs: number;
  readonly log: Log;
}

export function createInspection({ parts, everyMs, log }: InspectionOptions): Inspection {
  const { clock } = parts;
  const last = new Map<AreaName, Area>();
  const note = (areas: readonly Area[]): void => {
    for (const one of areas.map(withoutUnread)) {
      tellNews(log, one, last.get(one.name));
      last.set(one.name, one);
    }
  };
  let isFirst = true;
  const lookAtAll = async (): Promise<void> => {
    if (!isFirst) note(await examine(parts));
    isFirst = false;
  };
  const locally = async (): Promise<void> => note(await examineLocally(parts));
  const loop = (name: string, pauseMs: number, work: () => Promise<void>): Periodic =>
    createPeriodic({ name, everyMs: pauseMs, clock, log, work });
  const all = everyMs === 0 ? [] : [loop("inspection", everyMs, lookAtAll)];
  const shown = areaNames.filter((name) => name !== "dataverse" && name !== "partner-center");
  return {
    loops: [loop("local inspection", LOCALLY_EVERY_MS, locally), ...all],
    checks: Object.fromEntries(shown.map((name) => [name, () => checkOf(last.get(name))])),
  };
}

/** The relay's user may by design not read everything that an administrator may, so there is nothing to mend in that. */
function withoutUnread(one: Area): Area {
  return { ...one, findings: one.findings.filter(({ id }) => id !== "not-checked") };
}

function checkOf(one: Area | undefined): HealthCheck {
  const problems = (one?.findings ?? []).map((found) => {
    const { what, mend } = findingWords(found, "en");
    return `${what} → ${mend}`;
  });
  return problems.length === 0 ? { ok: true } : { ok: true, problem: problems.join("; ") };
}

/** The log tells of a finding once, when it appears. */
function tellNews(log: Log, now: Area, before: Area | undefined): void {
  const known = new Set(before?.findings.map(({ id }) => id));
  for (const { id } of now.findings) {
    if (!known.has(id)) log.warn("the inspection found something; see cosell doctor", { op: now.name, reason: id });
  }
}
