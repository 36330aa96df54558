// Work that costs a relay what every run costs, and nothing else: an event, a state of the usual size with one value that is
// new, and one line of audit trail.

import { randomUUID } from "node:crypto";
import type { AuditEntry } from "../src/core/audit-entry";
import { idOfKey, type RelayEvent } from "../src/core/event";
import { newPair, type Pair } from "../src/core/pair";
import { createPump, type Dispatcher } from "../src/pipeline/dispatch";
import type { Claim } from "../src/ports/work-queue";
import { createSystemClock } from "../src/adapters/system/system-clock";
import type { Store } from "../src/adapters/store/store";
import type { Log } from "../src/ports/log";

const PUT_AT_ONCE = 1_000;
const FIELDS = 20;

/** An event for each opportunity. */
export async function putBacklog(store: Store, opportunityIds: readonly string[]): Promise<void> {
  for (let from = 0; from < opportunityIds.length; from += PUT_AT_ONCE) {
    const part = opportunityIds.slice(from, from + PUT_AT_ONCE);
    await store.inbox.put(part.map((id) => ({ event: changed(id) })));
  }
}

/** A pump that works events off; `ended` is called after each run. */
export function createTrivialPump(
  { queue }: Store,
  { slots, log, ended }: { readonly slots: number; readonly log: Log; readonly ended: () => void },
): Dispatcher {
  const run = async (claim: Claim): Promise<void> => {
    const audit = [told(idOfKey(claim.key))];
    await queue.finish(claim, { pair: nextState(claim), audit, next: { kind: "none" } });
    ended();
  };
  return createPump({
    queue,
    clock: createSystemClock(),
    log,
    parallel: slots,
    run,
    mayWork: () => Promise.resolve(true),
  });
}

function changed(recordId: string): RelayEvent {
  return {
    source: "dataverse",
    kind: "opportunity-updated",
    recordId,
    changedAt: new Date().toISOString(),
    ownWrite: false,
    dedupeId: randomUUID(),
    correlationId: randomUUID(),
  };
}

/** A state of the usual size with one value that is new. */
function nextState({ key, pair }: Claim): Pair {
  const before = pair ?? newPair(idOfKey(key));
  const value = before.revision + 1;
  const fields = Object.fromEntries(
    Array.from({ length: FIELDS }, (_, n) => [
      `details.field-${n}`,
      { crm: `value ${n} ${value}`, partnerCenter: `value ${n} ${value}`, decided: `value ${n} ${value}` },
    ]),
  );
  return { ...before, referralId: before.referralId ?? randomUUID(), status: "synced", fields };
}

function told(opportunityId: string): AuditEntry {
  return {
    atMs: Date.now(),
    opportunityId,
    referralId: null,
    direction: "crm-to-partner-center",
    action: "update",
    changes: [{ field: "details.dealValue", before: 1, after: 2 }],
    result: "done",
    reason: null,
    correlationId: randomUUID(),
  };
}
