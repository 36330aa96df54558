// The processes of one relay and the store that they share. A process that dies is started again a while later; the
// store may be lost or put back to an older state, which ends all of them.

import { nextDueMs } from "../../src/adapters/store/memory/lanes";
import { createMemoryData, type MemoryData } from "../../src/adapters/store/memory/memory-data";
import { must } from "../../src/core/must";
import type { RelayEvent } from "../../src/core/event";
import { STORE_BORN_FACT } from "../../src/pipeline/store-birth";
import { backupOf } from "../backup";
import { noteDeletion } from "../ledger";
import { noteForgotten } from "../made-twice";
import { isPairAtRest } from "../under-way";
import { createReplica, type Replica, type Setting } from "./replica";

const LONGEST_RESTART_MS = 60_000;
const SHORTEST_RESTART_MS = 1_000;

export interface Cluster {
  readonly data: () => MemoryData;
  /** Hands a webhook to a process; false when none lives. */
  readonly deliver: (event: RelayEvent) => boolean;
  /** When work falls due that some process can take; Infinity when there is none. */
  readonly dueMs: () => number;
  /** Lets every process take what is due. */
  readonly work: () => void;
  readonly sweep: () => void;
  /** A process that lives; one is started if there is none. */
  readonly someone: () => Replica;
  readonly keepBackup: () => void;
  /** Loses the store, or puts the backup in its place. */
  readonly loseStore: () => void;
}

export function createCluster(setting: Setting): Cluster {
  const { agenda, random, profile, faults, ledger } = setting;
  const slots: (Replica | null)[] = Array.from({ length: profile.replicas }, () => null);
  let data = emptyStore(setting);
  let backup: MemoryData | null = null;

  function start(slot: number): Replica {
    const replica = createReplica(setting, { data, soleReplica: slots.length === 1, died: () => ended(replica) });
    slots[slot] = replica;
    return replica;
  }

  function ended(replica: Replica): void {
    const slot = slots.indexOf(replica);
    if (slot < 0) return;
    slots[slot] = null;
    ledger.trace?.push(`${agenda.now()} CRASH process ${slot + 1}`);
    agenda.after(random.int(SHORTEST_RESTART_MS, LONGEST_RESTART_MS), () => {
      if (slots[slot] === null) start(slot);
    });
  }

  const living = (): Replica[] => slots.filter((replica) => replica !== null);
  slots.forEach((_, slot) => start(slot));

  return {
    data: () => data,
    deliver(event) {
      const taker = random.pick(slots) ?? living()[0];
      if (taker === undefined) return false;
      ledger.trace?.push(`${agenda.now()} EVENT ${event.kind} ${event.recordId}${event.ownWrite ? " own" : ""}`);
      noteDeletion(ledger, event, agenda.now());
      void taker.receive(event);
      return true;
    },
    dueMs: () => (living().some(({ canTake }) => canTake()) ? (nextDueMs(data) ?? Infinity) : Infinity),
    work() {
      for (const replica of living()) replica.touch();
      for (const replica of living()) replica.pump();
    },
    sweep: () =>
      living()
        .find(({ life }) => !life.standsStill())
        ?.sweep(),
    someone: () => living()[0] ?? start(0),
    keepBackup() {
      backup = backupOf(data);
    },
    loseStore() {
      const isOlder = profile.storeLoss === "older" && backup !== null;
      if (!faults.happens(isOlder ? "store-restored" : "store-emptied")) return;
      ledger.trace?.push(`${agenda.now()} STORE ${isOlder ? "put back to an older state" : "lost"}`);
      for (const { life } of living()) life.kill();
      const kept = isOlder ? must(backup, "a backup was kept") : emptyStore(setting);
      noteLoss(setting, data, isOlder ? kept : null);
      data = kept;
      slots.forEach((_, slot) => start(slot));
    },
  };
}

function noteLoss({ agenda, ledger, clouds }: Setting, lost: MemoryData, putBack: MemoryData | null): void {
  ledger.storeLostMs = agenda.now();
  for (const pair of lost.pairs.values()) if (!isPairAtRest(pair)) ledger.cutByLoss.set(pair.opportunityId, Infinity);
  const opportunity = (id: string) => clouds.crm.peek(id);
  if (putBack !== null) noteForgotten(ledger.mayBeMadeTwice, { lost, kept: putBack, opportunity });
}

/** A relay looks at both clouds as soon as it starts, and notes by that when its store was made. */
function emptyStore({ agenda, offsetMs }: Setting): MemoryData {
  const data = createMemoryData();
  data.facts.set(STORE_BORN_FACT, String(agenda.now() + offsetMs()));
  return data;
}
