// A whole relay in memory: the real core and pipeline, the memory store, both fake clouds and a clock that stands still.
// Its process may die at any call and its store may be lost; what stays is what would stay.

import { loadMapping } from "../../sync-relay/src/adapters/mapping-file/load-mapping";
import { createMemoryData, type MemoryData } from "../../sync-relay/src/adapters/store/memory/memory-data";
import { createMemoryStore } from "../../sync-relay/src/adapters/store/memory-store";
import { uuidVersion5, RELAY_NAMESPACE } from "../../sync-relay/src/adapters/system/system-random";
import type { RelayEvent } from "../../sync-relay/src/core/event";
import type { Json } from "../../sync-relay/src/core/json";
import type { FieldMap } from "../../sync-relay/src/core/mapping/field-map";
import { must } from "../../sync-relay/src/core/must";
import type { Pair } from "../../sync-relay/src/core/pair";
import type { CoSellSection, CrmValues, Opportunity } from "../../sync-relay/src/core/opportunity";
import type { Referral } from "../../sync-relay/src/core/referral";
import { runClaim } from "../../sync-relay/src/pipeline/run-claim";
import { STORE_BORN_FACT } from "../../sync-relay/src/pipeline/store-birth";
import { sweep, type Swept } from "../../sync-relay/src/pipeline/sweep";
import type { SyncParts, SyncRules } from "../../sync-relay/src/pipeline/sync-parts";
import type { LogFields } from "../../sync-relay/src/ports/log";
import type { Verified } from "../../sync-relay/src/ports/webhook-source";
import { anEvent, OPPORTUNITY_ID, readyValues } from "../support/builders";
import { createFakeCrm } from "../support/fake-crm";
import { createFakePartnerCenter } from "../support/fake-partner-center";
import { createVirtualClock } from "../support/virtual-clock";
import { createMortality, type Death } from "./mortality";

export const COALESCE_MS = 500;

/** The shipped mapping. */
export const shippedMap: FieldMap = must(loaded(), "the shipped mapping is good");

function loaded(): FieldMap | null {
  const read = loadMapping({});
  return read.kind === "ok" ? read.map : null;
}

export type World = ReturnType<typeof createWorld>;

export interface WorldOptions {
  readonly map?: FieldMap;
  /** What the relay's clock shows more than the servers'. */
  readonly aheadMs?: number;
}

export function createWorld(rules: Partial<SyncRules> = {}, { map = shippedMap, aheadMs = 0 }: WorldOptions = {}) {
  const clock = createVirtualClock();
  const now = (): number => clock.now() - aheadMs;
  const crm = createFakeCrm({ paths: shippedMap.crmPaths, match: shippedMap.match, now });
  const partnerCenter = createFakePartnerCenter({ now });
  const mortality = createMortality();
  let data: MemoryData = createMemoryData();
  // Nothing of an earlier store is under way, unless a test begins with an empty one.
  data.facts.set(STORE_BORN_FACT, "0");
  let store = createMemoryStore({ clock, coalesceMs: COALESCE_MS, data });
  const counted: string[] = [];
  const logged: { message: string; fields: LogFields }[] = [];
  const log = (message: string, fields: LogFields = {}) => void logged.push({ message, fields });
  let ids = 0;
  let deliveries = 0;
  const verdict: { next: Verified } = { next: { kind: "verified", events: [] } };
  const partsNow = (): SyncParts => ({
    ...parts,
    crm: mortality.mortal("crm", parts.crm),
    partnerCenter: mortality.mortal("partnerCenter", parts.partnerCenter),
    queue: mortality.mortal("queue", store.queue),
    pairs: store.pairs,
  });
  const parts: Omit<SyncParts, "queue" | "pairs"> = {
    crm,
    partnerCenter,
    clock,
    random: {
      next: () => 0.5,
      uuid: () => `0f000000-0000-4000-8000-${String((ids += 1)).padStart(12, "0")}`,
      uuidFor: (name) => uuidVersion5(RELAY_NAMESPACE, name),
    },
    log: { debug: log, info: log, warn: log, error: log },
    metrics: {
      count: (name, labels) => void counted.push(`${name} ${JSON.stringify(labels ?? {})}`),
      observe: () => undefined,
      set: () => undefined,
    },
    map,
    rules: {
      language: "en",
      linkTemplate: "https://partner.microsoft.com/referrals/v2/inbox?id={referralId}",
      coSellPosts: "two",
      syncLeads: false,
      quarantineMs: 120_000,
      maxAttempts: 12,
      ...rules,
    },
    verifyStored: () => Promise.resolve(verdict.next),
  };

  const put = (event: Partial<RelayEvent>) =>
    store.inbox.put([{ event: anEvent({ dedupeId: `delivery-${(deliveries += 1)}`, ...event }) }]);

  const world = {
    clock,
    crm,
    partnerCenter,
    /** The store of the process that lives now. */
    get store() {
      return store;
    },
    get data() {
      return data;
    },
    /** What runs of the process that lives now are given. */
    get parts() {
      return partsNow();
    },
    counted,
    logged,
    verdict,
    put,
    /** A webhook of the CRM arrives. */
    crmEvent: (opportunityId: string = OPPORTUNITY_ID, changes: Partial<RelayEvent> = {}) =>
      put({ kind: "opportunity-updated", recordId: opportunityId, ...changes }),
    /** A webhook of Partner Center arrives. */
    referralEvent: (referral: Referral, changes: Partial<RelayEvent> = {}) =>
      put({
        source: "partner-center",
        kind: "referral-updated",
        recordId: referral.id,
        changedAt: referral.updatedAt,
        ...changes,
      }),
    /** Runs everything that is due, after the coalescing window and each hand-over. */
    async settle(forMs: number = COALESCE_MS): Promise<void> {
      await clock.advance(forMs);
      let idle = 0;
      for (let turn = 0; turn < 50; turn += 1) {
        const claims = await store.queue.claim(8);
        // A claim may come back empty because events were handed over to another key, which is due then.
        idle = claims.length === 0 ? idle + 1 : 0;
        if (idle === 2) return;
        for (const claim of claims) await Promise.race([runClaim(partsNow(), claim), mortality.death()]);
        if (mortality.isDead()) world.restart();
      }
      throw new Error("the world does not come to rest");
    },
    sweep: (): Promise<Swept> => sweep({ ...partsNow(), inbox: store.inbox }),
    /** The next such call is the last that the process makes; `settle` starts a new one on what it left. */
    dieAt: (call: Death["call"], when: Death["when"]): void => mortality.dieAt({ call, when }),
    /** A new process, on the same store or on another one: an empty one, or a backup. */
    restart(from: MemoryData = data): void {
      mortality.revive();
      data = from;
      store = createMemoryStore({ clock, coalesceMs: COALESCE_MS, data });
    },
    /** Lets time pass in steps, with everything that falls due. */
    async live(forMs: number, stepMs = 1_000): Promise<void> {
      for (let passed = 0; passed < forMs; passed += stepMs) await world.settle(stepMs);
    },
    /** The stored pair. */
    pair: async (opportunityId: string = OPPORTUNITY_ID): Promise<Pair> =>
      must(await store.pairs.byOpportunity(opportunityId), "no pair"),
    /** The relay's own audit trail of an opportunity, newest first. */
    trail: (opportunityId: string = OPPORTUNITY_ID) => store.audit.newestFirst(opportunityId, 100),
    /** A shared opportunity that is ready; its webhook arrives. */
    async share(values: CrmValues = {}, section: Partial<CoSellSection> = {}): Promise<Opportunity> {
      const added = crm.add({
        id: OPPORTUNITY_ID,
        values: readyValues(values),
        section: { syncOn: true, ...section },
      });
      await world.crmEvent(added.id, { kind: "opportunity-created" });
      await world.settle();
      return world.opportunity();
    },
    /** The seller saves; the webhook arrives; everything runs. */
    async save(values: CrmValues, section: Partial<CoSellSection> = {}): Promise<void> {
      crm.edit(OPPORTUNITY_ID, values, section);
      await world.crmEvent();
      await world.settle();
    },
    /** A person changes the referral in the portal; the webhook arrives; everything runs. */
    async portal(changes: Readonly<Record<string, Json>>): Promise<void> {
      await clock.advance(1_000);
      await world.referralEvent(partnerCenter.edit(world.referral().id, changes));
      await world.settle();
    },
    opportunity: (id: string = OPPORTUNITY_ID): Opportunity => must(crm.peek(id), `no opportunity ${id}`),
    /** The partner's own referrals. */
    referrals: (): readonly Referral[] => partnerCenter.all().filter(({ organizationId }) => organizationId !== "msft"),
    referral: (): Referral => must(world.referrals()[0], "no referral"),
    microsofts: (): readonly Referral[] =>
      partnerCenter.all().filter(({ organizationId }) => organizationId === "msft"),
    /** Upstream calls since the last time this was asked. */
    calls: callCounter(crm.calls, partnerCenter.calls),
  };
  return world;
}

function callCounter(...counters: readonly Readonly<Record<string, number>>[]): () => number {
  const total = () => counters.reduce((sum, calls) => sum + Object.values(calls).reduce((a, b) => a + b, 0), 0);
  let before = 0;
  return () => {
    const now = total();
    const since = now - before;
    before = now;
    return since;
  };
}
