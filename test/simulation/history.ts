// One history: people and faults for half an hour of simulated time, then peace and a few sweeps, then the questions
// that must have good answers whatever happened. The seed decides everything, so that a history can be told again.

import { nextDueMs } from "../../sync-relay/src/adapters/store/memory/lanes";
import { createMemoryData, type MemoryData } from "../../sync-relay/src/adapters/store/memory/memory-data";
import type { RelayEvent } from "../../sync-relay/src/core/event";
import type { FieldMap } from "../../sync-relay/src/core/mapping/field-map";
import { createAgenda } from "./agenda";
import { backupOf } from "./backup";
import { createClouds, START_MS } from "./clouds";
import { drawProfile, type FaultProfile } from "./fault-profile";
import { checkEnd } from "./invariants";
import { createLedger, type Ledger } from "./ledger";
import { createPeople } from "./people";
import { createReplica, opportunityIdFor, type Replica, type Setting } from "./replica";
import { createSeededRandom, type SeededRandom } from "./seeded-random";

const MINUTE_MS = 60_000;
const SWEEP_EVERY_MS = 5 * MINUTE_MS;
/** People act, and things fail, until then. */
const TROUBLE_MS = 30 * MINUTE_MS;
/** Within this everything must be in step: the longest pause is 10 minutes, a sweep comes every 5. */
const PEACE_MS = 45 * MINUTE_MS;
/** Time for a last look at every record. */
const LAST_LOOK_MS = 10 * MINUTE_MS;
/** A history that needs more steps than this does not come to rest. */
const MOST_STEPS = 5_000;

export interface HistoryResult {
  /** Each begins with the name of the invariant that does not hold. */
  readonly violations: readonly string[];
  readonly ledger: Ledger;
  readonly profile: FaultProfile;
}

export interface HistoryOptions {
  readonly map: FieldMap;
  /** Keeps a line for everything that happens. */
  readonly told?: boolean;
}

export async function runHistory(seed: number, { map, told = false }: HistoryOptions): Promise<HistoryResult> {
  const random = createSeededRandom(seed);
  const profile = drawProfile(random);
  const stage = createStage({ random, profile, told, map: withRule(map, profile) });
  const { agenda, ledger, people, clouds } = stage.setting;
  plan(stage, random, profile);
  await stage.live(START_MS + TROUBLE_MS);
  stage.makePeace();
  people.switchAllOn();
  await stage.replica().store.redrive({ kind: "all" });
  await stage.live(START_MS + TROUBLE_MS + PEACE_MS);
  const writesBefore = ledger.writes;
  await stage.replica().store.inbox.put(hintsAboutEverything(stage).map((event) => ({ event })));
  await stage.live(agenda.now() + LAST_LOOK_MS);
  const late = ledger.writes - writesBefore;
  if (late > 0) ledger.violations.push(`I5 ${late} writes after everything was in step`);
  checkEnd({ clouds, ledger, profile, map: stage.setting.map, data: stage.data(), deleted: people.deleted });
  return { violations: ledger.violations, ledger, profile };
}

/** Everything that has a time of its own. */
function plan({ setting, sweepLater, loseStoreAt }: Stage, random: SeededRandom, profile: FaultProfile): void {
  const { agenda, people } = setting;
  // Without faults the webhooks alone must do.
  if (!profile.calm) sweepLater(random.int(0, SWEEP_EVERY_MS));
  for (let n = 0; n < profile.pairs; n += 1) {
    agenda.at(START_MS + random.int(0, 2 * MINUTE_MS), random.chance(0.6) ? people.share : people.makeDeal);
  }
  for (let n = 0; n < profile.edits; n += 1) agenda.at(START_MS + random.int(0, TROUBLE_MS), people.change);
  if (profile.storeLoss === "never") return;
  const lostAtMs = START_MS + random.int(5 * MINUTE_MS, TROUBLE_MS);
  loseStoreAt(lostAtMs, START_MS + random.int(0, lostAtMs - START_MS));
}

interface StageOptions {
  readonly random: SeededRandom;
  readonly profile: FaultProfile;
  readonly map: FieldMap;
  readonly told: boolean;
}

type Stage = ReturnType<typeof createStage>;

/** The clouds, the people and the process that runs now, with what moves time on. */
function createStage({ random, profile, map, told }: StageOptions) {
  const agenda = createAgenda(START_MS);
  const ledger = createLedger(told);
  const zombies = { count: 0 };
  const undelivered: RelayEvent[] = [];
  let data: MemoryData = createMemoryData();
  let backup: MemoryData | null = null;
  let replica: Replica | null = null;
  let faulty = true;
  let sweepDue = false;
  let lossDue = false;
  let ids = 0;

  const trace = (line: string): void => void ledger.trace?.push(`${agenda.now()} ${line}`);
  const clouds = createClouds({
    agenda,
    random,
    profile,
    ledger,
    map,
    opportunityIdFor,
    faulty: () => faulty,
    deliver: (event) => {
      trace(`EVENT ${event.kind} ${event.recordId}${event.ownWrite ? " own" : ""}`);
      if (replica?.isAlive() === true) void replica.store.inbox.put([{ event }]);
      else undelivered.push(event);
    },
  });
  const people = createPeople({ agenda, random, profile, clouds });
  const newId = (): string => `0f000000-0000-4000-8000-${String((ids += 1)).padStart(12, "0")}`;
  const common = { agenda, random, profile, ledger, map, clouds, people, zombies, newId };
  const setting: Setting = { ...common, faulty: () => faulty };

  function start(): Replica {
    const started = createReplica(setting, data);
    replica = started;
    // A sender keeps what it could not deliver.
    for (const event of undelivered.splice(0)) void started.store.inbox.put([{ event }]);
    return started;
  }

  async function work(by: Replica): Promise<void> {
    if (sweepDue) {
      sweepDue = false;
      trace("SWEEP");
      by.sweep();
    }
    by.begin();
    await by.done();
    if (by.isAlive() || replica !== by) return;
    replica = null;
    agenda.at(agenda.now() + random.int(1_000, MINUTE_MS), () => void (replica ?? start()));
  }

  function loseStore(): void {
    if (!lossDue || !isAtRest(data, zombies)) return;
    lossDue = false;
    trace(`STORE ${profile.storeLoss}`);
    replica?.kill();
    data = profile.storeLoss === "older" && backup !== null ? backup : createMemoryData();
    start();
  }

  function sweepLater(inMs: number): void {
    agenda.at(agenda.now() + inMs, () => {
      sweepDue = true;
      sweepLater(SWEEP_EVERY_MS);
    });
  }

  start();
  return {
    setting,
    data: () => data,
    replica: () => replica ?? start(),
    sweepLater,
    loseStoreAt: (lostAtMs: number, backupAtMs: number): void => {
      agenda.at(lostAtMs, () => (lossDue = true));
      agenda.at(backupAtMs, () => (backup = backupOf(data)));
    },
    makePeace() {
      trace("PEACE");
      faulty = false;
      lossDue = false;
    },
    /** Lets everything happen that is planned until then, and the relay do what it leads to. */
    async live(untilMs: number): Promise<void> {
      for (let step = 0; step < MOST_STEPS; step += 1) {
        const due = replica === null ? null : nextDueMs(data);
        const nextMs = Math.min(agenda.nextMs() ?? Infinity, due ?? Infinity);
        if (nextMs > untilMs) return agenda.pass(Math.max(0, untilMs - agenda.now()));
        agenda.pass(Math.max(0, nextMs - agenda.now()));
        await resolved();
        if (replica !== null) await work(replica);
        loseStore();
      }
      ledger.violations.push("I9 the history does not come to rest");
    },
  };
}

/** Nothing is under way, and what is done is told on the opportunities: from there a lost store can be rebuilt. */
function isAtRest({ pairs, waiting }: MemoryData, zombies: { readonly count: number }): boolean {
  if (zombies.count > 0 || waiting.size > 0) return false;
  return [...pairs.values()].every(({ intent, unfinished, untold, referralId, crm }) => {
    const isTold =
      untold.length === 0 && (referralId === null || crm === null || crm.section.referralId === referralId);
    return intent === null && !unfinished && isTold;
  });
}

/** A hint about every record, as if each had changed. */
function hintsAboutEverything({ setting }: Stage): readonly RelayEvent[] {
  const hint = (kind: RelayEvent["kind"], recordId: string): RelayEvent => {
    const dedupeId = `look ${recordId}`;
    return { source: "sweep", kind, recordId, changedAt: null, ownWrite: false, dedupeId, correlationId: dedupeId };
  };
  setting.ledger.trace?.push("LOOK AT EVERYTHING");
  return [
    ...setting.clouds.crm.all().map(({ id }) => hint("opportunity-updated", id)),
    ...setting.clouds.partnerCenter.all().map(({ id }) => hint("referral-updated", id)),
  ];
}

/** Lets what is already resolved run on. */
async function resolved(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await Promise.resolve();
}

function withRule(map: FieldMap, { rule }: FaultProfile): FieldMap {
  const fields = map.fields.map((field) => {
    const isTwoWay = field.sentOnUpdate && field.takenOnUpdate && field.key !== "status";
    return isTwoWay ? { ...field, conflict: rule } : field;
  });
  return { ...map, fields };
}
