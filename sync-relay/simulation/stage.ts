// The stage of one history: the clouds, the people and the processes of the relay, and what moves time on.

import type { Pair } from "../src/core/pair";
import { createAgenda } from "./agenda";
import { createClouds, type Clouds } from "./clouds/clouds";
import { drawProfile } from "./draw-profile";
import { isLossInFlight, withAgreeingClocks, type FaultProfile } from "./fault-profile";
import { createFaults } from "./faults";
import { createLedger } from "./ledger";
import { noteDoubted } from "./made-twice";
import type { Maps } from "./maps";
import { createPeople } from "./people";
import { createBoundaries, type CrashPoint } from "./relay/boundaries";
import { createCluster, type Cluster } from "./relay/cluster";
import { opportunityIdFor, type Setting } from "./relay/replica";
import { createSeededRandom } from "./seeded-random";
import { isAtRest, isPairAtRest } from "./under-way";

/** When every history begins. */
export const START_MS = Date.UTC(2026, 10, 23, 9, 0, 0);
/** A history that needs more steps than this does not come to rest. */
const MOST_STEPS = 20_000;

/** Streams of randomness, by what they are for. */
export const purposes = { profile: 1, plan: 2, people: 3, webhooks: 4, network: 5 } as const;

export interface StageOptions {
  readonly maps: Maps;
  /** Keeps a line for everything that happens. */
  readonly told?: boolean;
  /** Faults and deeds that are left out. */
  readonly without?: ReadonlySet<string>;
  /** What is not as the seed has it. */
  readonly profile?: Partial<FaultProfile>;
  readonly crashPoint?: CrashPoint;
  readonly listBoundaries?: boolean;
}

/** What changes in the course of a history. */
export interface Circumstances {
  /** What the relay's clock shows more than the servers'. */
  clockOffsetMs: number;
  signInRevoked: boolean;
  /** The store is lost at once, or as soon as nothing is under way. */
  storeLossDue: boolean;
  /** The clock is set anew as soon as a create is in doubt. */
  clockJumpDue: boolean;
}

export interface Stage {
  readonly setting: Setting;
  readonly cluster: Cluster;
  readonly now: Circumstances;
}

export function createStage(seed: number, options: StageOptions): Stage {
  const drawn = drawProfile(createSeededRandom(seed, purposes.profile));
  const profile = withAgreeingClocks({ ...drawn, ...options.profile });
  const agenda = createAgenda(START_MS);
  const ledger = createLedger(options.told ?? false);
  const faults = createFaults(seed, options.without);
  const map = options.maps.of(profile);
  const now: Circumstances = {
    clockOffsetMs: profile.skewMs,
    signInRevoked: false,
    storeLossDue: false,
    clockJumpDue: false,
  };
  const common = { agenda, profile, faults, ledger, map };
  const clouds = createClouds({
    ...common,
    followed: options.maps.followed,
    opportunityIdFor,
    random: createSeededRandom(seed, purposes.webhooks),
    deliver: (event) => cluster.deliver(event),
  });
  const people = createPeople({
    ...common,
    clouds,
    momentOf: (opportunityId) => ({ atMs: agenda.now(), pair: cluster.data().pairs.get(opportunityId) }),
    random: createSeededRandom(seed, purposes.people),
  });
  const { crashPoint: point = null, listBoundaries: listed = false } = options;
  let ids = 0;
  const setting: Setting = {
    ...common,
    clouds,
    people,
    random: createSeededRandom(seed, purposes.network),
    boundaries: createBoundaries({ faults, chance: profile.crash, point, listed }),
    zombies: { count: 0 },
    holders: new Map(),
    isRevoked: () => now.signInRevoked && !faults.ended(),
    offsetMs: () => now.clockOffsetMs,
    newId: () => `0f000000-0000-4000-8000-${String((ids += 1)).padStart(12, "0")}`,
  };
  const cluster = createCluster(setting);
  return { setting, cluster, now };
}

/** Lets everything happen that is planned until then, and the relay do what it leads to. */
export async function live({ setting, cluster, now }: Stage, untilMs: number): Promise<void> {
  const { agenda, ledger, faults } = setting;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const dueMs = cluster.dueMs();
    const nextMs = agenda.nextMs();
    if (Math.min(dueMs, nextMs) > untilMs) return agenda.moveTo(untilMs);
    if (dueMs <= nextMs) {
      agenda.moveTo(dueMs);
      cluster.work();
    } else agenda.step();
    await turn();
    noteSettled(setting, cluster);
    if (now.clockJumpDue && !faults.ended()) jumpInDoubt({ setting, cluster, now });
    if (now.storeLossDue && !faults.ended() && (isLossInFlight(setting.profile) || isAtRest(cluster.data(), setting))) {
      now.storeLossDue = false;
      cluster.loseStore();
    }
  }
  ledger.violations.push("I9 the history does not come to rest");
}

/** What was under way when a store was lost is settled once the next one is at rest and knows both records as they are. */
function noteSettled({ agenda, ledger, clouds }: Setting, cluster: Cluster): void {
  for (const [id, untilMs] of ledger.cutByLoss) {
    const pair = cluster.data().pairs.get(id);
    const isSettled = pair !== undefined && isPairAtRest(pair) && knowsBoth(pair, clouds);
    if (untilMs === Infinity && isSettled) ledger.cutByLoss.set(id, agenda.now());
  }
}

function knowsBoth({ opportunityId, crm, partnerCenter }: Pair, clouds: Clouds): boolean {
  if (crm === null || partnerCenter === null) return false;
  const isCrmKnown = crm.version === clouds.crm.peek(opportunityId)?.version;
  return isCrmKnown && partnerCenter.eTag === clouds.partnerCenter.get(partnerCenter.id)?.eTag;
}

function jumpInDoubt({ setting, cluster, now }: Stage): void {
  const { profile, faults, ledger } = setting;
  const pairs = [...cluster.data().pairs.values()];
  if (!pairs.some(({ intent }) => intent !== null && intent.sentAtMs !== null)) return;
  now.clockJumpDue = false;
  if (!faults.happens("clock-jump")) return;
  if (profile.clockJumpMs > 0) noteDoubted(ledger.mayBeMadeTwice, cluster.data());
  ledger.trace?.push(`${setting.agenda.now()} CLOCK set anew by ${profile.clockJumpMs} ms`);
  now.clockOffsetMs = profile.skewMs + profile.clockJumpMs;
}

/** Lets everything run that is ready. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
