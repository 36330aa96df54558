// One history: people and faults for half an hour of simulated time, then peace and a few sweeps, then the questions
// that must have good answers whatever happened. The seed decides everything, so that a history can be told again.

import type { RelayEvent } from "../src/core/event";
import type { Clouds } from "./clouds/clouds";
import type { FaultProfile } from "./fault-profile";
import type { Faults } from "./faults";
import { checkAtRest } from "./invariants/at-rest";
import { checkDeadLetters } from "./invariants/dead-letters";
import type { End } from "./invariants/end";
import { hasVanished, IN_FLIGHT_MS } from "./invariants/finding";
import { checkPromptness } from "./invariants/promptness";
import { mark, type Ledger } from "./ledger";
import { plan, SWEEP_EVERY_MS, TROUBLE_MS } from "./plan";
import type { Boundary } from "./relay/boundaries";
import { createSeededRandom } from "./seeded-random";
import { createStage, live, purposes, START_MS, type Stage, type StageOptions } from "./stage";
import { isAtRest } from "./under-way";

const MINUTE_MS = 60_000;
/** Without faults everything is in step so soon after the last change, without any sweep. */
const PROMPT_MS = MINUTE_MS;
/** Within this everything must be in step: the longest pause is 10 minutes, a sweep comes every 5. */
const PEACE_MS = 45 * MINUTE_MS;
/** Time for a last look at every record. */
const LAST_LOOK_MS = 10 * MINUTE_MS;

export type HistoryOptions = StageOptions;

export interface HistoryResult {
  /** Each begins with the name of the invariant that does not hold. */
  readonly violations: readonly string[];
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly profile: FaultProfile;
  /** Calls at which a process could have died, when they were to be listed. */
  readonly boundaries: readonly Boundary[];
}

export async function runHistory(seed: number, options: HistoryOptions): Promise<HistoryResult> {
  const stage = createStage(seed, options);
  const { ledger, profile, faults, boundaries } = stage.setting;
  plan(stage, createSeededRandom(seed, purposes.plan));
  await live(stage, START_MS + TROUBLE_MS);
  await makePeace(stage);
  if (profile.calm) {
    await live(stage, START_MS + TROUBLE_MS + PROMPT_MS);
    checkPromptness(endOf(stage));
  }
  await liveInPeace(stage);
  await lookAtEverything(stage);
  checkAtRest(endOf(stage));
  mark(ledger, ledger.calls);
  return { violations: ledger.violations, ledger, faults, profile, boundaries: boundaries.passed() };
}

function endOf({ setting, cluster }: Stage): End {
  const { deleted, given, vanished } = setting.people;
  return { ...setting, data: cluster.data(), deleted, given, vanished };
}

async function makePeace(stage: Stage): Promise<void> {
  const { agenda, ledger, faults, people } = stage.setting;
  ledger.trace?.push(`${agenda.now()} PEACE`);
  checkDeadLetters(endOf(stage));
  faults.end();
  people.switchAllOn();
  await stage.cluster.someone().store.redrive({ kind: "all" });
}

/**
 * Peace lasts until two sweeps found nothing more to do, or as long as it may: what then still waits, waits for ever.
 * Looking at a relay that is at rest over and over would be most of the work.
 */
async function liveInPeace(stage: Stage): Promise<void> {
  const { agenda, ledger } = stage.setting;
  // What was under way when peace began may still have been given up.
  await live(stage, agenda.now() + IN_FLIGHT_MS);
  await stage.cluster.someone().store.redrive({ kind: "all" });
  for (let quiet = 0; quiet < 2 && agenda.now() < START_MS + TROUBLE_MS + PEACE_MS;) {
    const writesBefore = ledger.writtenTo.length;
    await live(stage, agenda.now() + SWEEP_EVERY_MS);
    const isQuiet = ledger.writtenTo.length === writesBefore && isAtRest(stage.cluster.data(), stage.setting);
    quiet = isQuiet ? quiet + 1 : 0;
  }
}

/** I5: a hint about every record, as if each had changed, leads to no write. */
async function lookAtEverything(stage: Stage): Promise<void> {
  const { agenda, ledger, clouds } = stage.setting;
  const writesBefore = ledger.writtenTo.length;
  const toBeTold = refusedWithoutReferral(endOf(stage));
  await stage.cluster.someone().store.inbox.put(hintsAboutEverything(clouds).map((event) => ({ event })));
  await live(stage, agenda.now() + LAST_LOOK_MS);
  // The last sweep may have found something a moment ago. The next one is further away than this.
  if (stage.cluster.data().waiting.size > 0) await live(stage, agenda.now() + MINUTE_MS);
  const late = ledger.writtenTo.slice(writesBefore).filter((id) => !toBeTold.delete(id));
  if (late.length > 0) ledger.violations.push(`I5 ${late.length} writes after everything was in step`);
}

/**
 * Opportunities of pairs that were given up since peace began because their referral is gone: only the next look shows
 * that it is, and writes so.
 */
function refusedWithoutReferral(end: End): Set<string> {
  const given = [...end.data.pairs.values()].filter(({ deadBecause }) => deadBecause !== null);
  return new Set(given.map(({ opportunityId }) => opportunityId).filter((id) => hasVanished(end, id)));
}

function hintsAboutEverything(clouds: Clouds): readonly RelayEvent[] {
  const hint = (kind: RelayEvent["kind"], recordId: string): RelayEvent => {
    const dedupeId = `look ${recordId}`;
    return { source: "sweep", kind, recordId, changedAt: null, ownWrite: false, dedupeId, correlationId: dedupeId };
  };
  return [
    ...clouds.crm.all().map(({ id }) => hint("opportunity-updated", id)),
    ...clouds.partnerCenter.all().map(({ id }) => hint("referral-updated", id)),
  ];
}
