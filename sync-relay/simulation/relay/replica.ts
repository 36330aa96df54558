// One process of the relay: the real pipeline on the memory store, behind ports that fail and a life that may end at any
// call. What it leaves behind is in the data, which the next process goes on with.

import { createMemoryStore } from "../../src/adapters/store/memory-store";
import type { MemoryData } from "../../src/adapters/store/memory/memory-data";
import type { Store } from "../../src/adapters/store/store";
import { RELAY_NAMESPACE, uuidVersion5 } from "../../src/adapters/system/system-random";
import { toRelayError } from "../../src/core/errors";
import type { RelayEvent } from "../../src/core/event";
import type { FieldMap } from "../../src/core/mapping/field-map";
import { runClaim } from "../../src/pipeline/run-claim";
import { sweep } from "../../src/pipeline/sweep";
import type { SyncParts, SyncRules } from "../../src/pipeline/sync-parts";
import type { Inbox } from "../../src/ports/inbox";
import type { LogFields } from "../../src/ports/log";
import type { Claim, NextRun, WorkQueue } from "../../src/ports/work-queue";
import type { Agenda } from "../agenda";
import type { Clouds } from "../clouds/clouds";
import type { FaultProfile } from "../fault-profile";
import type { Faults } from "../faults";
import { noteDeletion, type Ledger } from "../ledger";
import type { People } from "../people";
import type { SeededRandom } from "../seeded-random";
import type { Boundaries } from "./boundaries";
import { crmOver, partnerCenterOver } from "./cloud-ports";
import { createLife, type Life } from "./life";
import { createNetwork } from "./network";

const COALESCE_MS = 500;
/** The sweep says so of a second referral, and what to do about it. */
const DOUBLED = "two referrals name the same opportunity: close the newer one";
/** Pairs that one process works on at once. */
const PARALLEL = 4;

/** What every process of one history shares. */
export interface Setting {
  readonly agenda: Agenda;
  readonly random: SeededRandom;
  readonly profile: FaultProfile;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly map: FieldMap;
  readonly clouds: Clouds;
  readonly people: People;
  readonly boundaries: Boundaries;
  readonly zombies: { count: number };
  readonly isRevoked: () => boolean;
  /** What the relay's clock shows more than the servers' and the database's. */
  readonly offsetMs: () => number;
  readonly newId: () => string;
  /** Who works on which key. */
  readonly holders: Map<string, Life>;
}

export interface Replica {
  readonly store: Store;
  readonly life: Life;
  /** Tells the store that the work in progress goes on, unless the process stands still. */
  readonly touch: () => void;
  readonly canTake: () => boolean;
  /** Starts what is due. */
  readonly pump: () => void;
  readonly sweep: () => void;
  /** Takes a webhook. */
  readonly receive: (event: RelayEvent) => Promise<void>;
}

export interface ReplicaOptions {
  readonly data: MemoryData;
  readonly soleReplica: boolean;
  readonly died: () => void;
}

export function createReplica(setting: Setting, { data, soleReplica, died }: ReplicaOptions): Replica {
  const { agenda, ledger, boundaries, profile, holders } = setting;
  const clock = { now: agenda.now, sleep: never };
  const store = createMemoryStore({ clock, coalesceMs: COALESCE_MS, data, soleReplica });
  const life = createLife({ agenda, boundaries, died });
  const network = createNetwork({ ...setting, life });
  const inbox = inboxOf(setting, store);
  const queue = queueOf(setting, store, life);
  const parts = partsOf(setting, { queue, life, store, network });
  const running = new Set<Claim>();

  async function take(): Promise<void> {
    const claims = await life.call("queue.claim", () => queue.claim(PARALLEL - running.size));
    for (const claim of claims) void work(claim);
  }

  async function work(claim: Claim): Promise<void> {
    const holder = holders.get(claim.key);
    // A process that stood still may find that its work was given to another; nobody else may.
    if (holder?.isAlive() === true && !holder.everStoodStill()) {
      ledger.violations.push("I9 two runs of one pair at once");
    }
    holders.set(claim.key, life);
    running.add(claim);
    await runClaim(parts, claim).catch(() => ledger.violations.push("I9 a run threw"));
    running.delete(claim);
    if (holders.get(claim.key) === life) holders.delete(claim.key);
  }

  const canTake = (): boolean => life.isAlive() && !life.standsStill() && running.size < PARALLEL;

  return {
    store,
    life,
    canTake,
    touch() {
      if (running.size > 0 && !life.standsStill()) void queue.touch([...running]);
    },
    pump() {
      if (canTake()) void take();
    },
    sweep() {
      ledger.trace?.push(`${agenda.now()} SWEEP`);
      const stored: Inbox = {
        put: (entries) =>
          life.call("inbox.put", () => {
            for (const { event } of entries) noteDeletion(ledger, event, agenda.now());
            return inbox.put(entries);
          }),
      };
      sweep({ ...parts, inbox: stored }).catch((thrown: unknown) => {
        parts.log.warn("a sweep failed", { code: toRelayError(thrown).code });
      });
    },
    async receive(event) {
      await inbox.put([{ event }]);
      const isStored = !profile.deduplicates || data.known.has(`${event.source}\n${event.dedupeId}`);
      if (!isStored) ledger.violations.push("I8 an accepted webhook is not in the store");
    },
  };
}

/** Where repetitions are not recognised every delivery is an event of its own. */
function inboxOf({ profile, newId }: Setting, { inbox }: Store): Inbox {
  if (profile.deduplicates) return inbox;
  return { put: (entries) => inbox.put(entries.map(({ event }) => ({ event: { ...event, dedupeId: newId() } }))) };
}

/** The queue keeps the database's time, the relay its own. */
function queueOf({ offsetMs }: Setting, { queue }: Store, life: Life): WorkQueue {
  const originals = new WeakMap<Claim, Claim>();
  const original = (claim: Claim): Claim => originals.get(claim) ?? claim;
  const shifted = (claim: Claim): Claim => {
    const offset = offsetMs();
    if (offset === 0) return claim;
    const events = claim.events.map((event) => ({ ...event, receivedAtMs: event.receivedAtMs + offset }));
    const copy = { ...claim, events };
    originals.set(copy, claim);
    return copy;
  };
  const onDatabase = (next: NextRun): NextRun =>
    next.kind === "later" ? { ...next, atMs: next.atMs - offsetMs() } : next;
  return {
    ...queue,
    claim: async (free) => (await queue.claim(free)).map(shifted),
    touch: (claims) => queue.touch(claims.map(original)),
    checkpoint: (claim, pair) => life.call("queue.checkpoint", () => queue.checkpoint(original(claim), pair)),
    finish: (claim, result) =>
      life.call("queue.finish", () => queue.finish(original(claim), { ...result, next: onDatabase(result.next) })),
  };
}

interface Built {
  readonly queue: WorkQueue;
  readonly life: Life;
  readonly store: Store;
  readonly network: ReturnType<typeof createNetwork>;
}

function partsOf(setting: Setting, { queue, life, store, network }: Built): SyncParts {
  const { agenda, random, ledger, offsetMs } = setting;
  const log = (message: string, fields: LogFields = {}): void =>
    void ledger.trace?.push(`${agenda.now()} LOG   ${message} ${JSON.stringify(fields)}`);
  const alarm = (message: string, fields: LogFields = {}): void => {
    ledger.alarms.add(String(fields["code"] ?? message));
    if (message.startsWith(DOUBLED)) ledger.doublesTold.add(String(fields["opportunityId"]));
    log(message, fields);
  };
  const nothing = (): void => undefined;
  const ports = { ...setting, network };
  const { pairs } = store;
  return {
    crm: crmOver(ports),
    partnerCenter: partnerCenterOver(ports),
    queue,
    pairs: {
      ...pairs,
      setFact: (name, value) => life.call("pairs.setFact", () => pairs.setFact(name, value)),
      noteNames: (names) => life.call("pairs.noteNames", () => pairs.noteNames(names)),
    },
    clock: { now: () => agenda.now() + offsetMs(), sleep: never },
    random: { next: random.next, uuid: setting.newId, uuidFor },
    log: { debug: nothing, info: log, warn: alarm, error: alarm },
    metrics: { count: nothing, observe: nothing, set: nothing },
    map: setting.map,
    rules: rulesOf(setting.profile),
    verifyStored: () => Promise.resolve({ kind: "verified", events: [] }),
  };
}

function rulesOf({ maxAttempts }: FaultProfile): SyncRules {
  return {
    language: "en",
    linkTemplate: "https://partner.example/{referralId}",
    coSellPosts: "two",
    syncLeads: false,
    quarantineMs: 120_000,
    maxAttempts,
  };
}

/** The same names come in every history, since the fakes count their records. */
const uuids = new Map<string, string>();

function uuidFor(name: string): string {
  const known = uuids.get(name) ?? uuidVersion5(RELAY_NAMESPACE, name);
  uuids.set(name, known);
  return known;
}

/** The id of the opportunity that a referral becomes. */
export function opportunityIdFor(referralId: string): string {
  return uuidFor(`opportunity:${referralId}`);
}

/** Nothing in a run sleeps. */
function never(): Promise<void> {
  return new Promise(() => undefined);
}
