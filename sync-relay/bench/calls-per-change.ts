// How often both clouds are called for one change, all told: from the change until the relay has been quiet for a while.
// What it calls only now and then (tokens, who it is, the list of currencies, sweeps) is not in it: a first change of
// each kind goes uncounted, and no sweep runs meanwhile.

import { setTimeout as pause } from "node:timers/promises";
import { opportunityColumns as columns } from "../../solution/schema/opportunity-columns";
import type { LoopbackClouds } from "../simulator/demo/loopback-clouds";
import { text } from "../simulator/demo/looks";
import { newDeal } from "../simulator/demo/sample-records";
import { rounded, type Figure, type Suite, type SuiteOptions } from "./figure";
import { withRelay } from "./relay-under-test";
import {
  changeOpportunity,
  changeReferral,
  createShared,
  isSynced,
  makeSyncedPairs,
  opportunityHas,
  referralHas,
  type SyncedPair,
} from "./synced-pairs";
import { forgetCalls, untilQuiet, upstreamCalls } from "./upstream-calls";
import { waitUntil } from "./wait-until";

const SAMPLES = 5;
const QUICK_SAMPLES = 1;
/** Time for the last write after the change is seen on the other side; echoes come after the coalescing window (500 ms). */
const LAST_WRITE_MS = 250;
const SAVES = 10;
/** Ten of them stay within the coalescing window. */
const SAVE_EVERY_MS = 30;

export const callsPerChange: Suite = {
  prefix: "calls.",
  measure: (options) => withRelay({}, ({ clouds }) => measure(clouds, options)),
};

/** A kind of change. */
interface Kind {
  readonly name: string;
  /** Makes the `n`th change; the answer tells whether the other side has it. */
  readonly change: (n: number) => (() => boolean) | Promise<() => boolean>;
}

async function measure(clouds: LoopbackClouds, { quick }: SuiteOptions): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  const echoes: number[] = [];
  for (const kind of await kindsOf(clouds)) {
    await count(clouds, kind, 0);
    const calls: number[] = [];
    for (let n = 1; n <= (quick ? QUICK_SAMPLES : SAMPLES); n += 1) {
      const counted = await count(clouds, kind, n);
      calls.push(counted.all);
      echoes.push(counted.echo);
    }
    figures.push(mean(`calls.${kind.name}`, calls));
  }
  return [...figures, mean("calls.echo", echoes)];
}

async function count(clouds: LoopbackClouds, kind: Kind, n: number): Promise<{ all: number; echo: number }> {
  forgetCalls(clouds);
  const arrived = await kind.change(n);
  await waitUntil(`the other side has a change of the kind ${kind.name}`, arrived);
  await pause(LAST_WRITE_MS);
  const own = upstreamCalls(clouds);
  await untilQuiet(clouds);
  const all = upstreamCalls(clouds);
  return { all, echo: all - own };
}

async function kindsOf(clouds: LoopbackClouds): Promise<readonly Kind[]> {
  const [pair] = await makeSyncedPairs(clouds, 1);
  if (pair === undefined) return [];
  return [...sellerKinds(clouds, pair), ...portalKinds(clouds, pair)];
}

function sellerKinds(clouds: LoopbackClouds, pair: SyncedPair): readonly Kind[] {
  const create = (coSell: boolean) => (): (() => boolean) => {
    const opportunityId = createShared(clouds, { coSell });
    return () => isSynced(clouds, opportunityId);
  };
  const save = (value: number): (() => boolean) => {
    changeOpportunity(clouds, pair, value);
    return () => referralHas(clouds, pair, value);
  };
  const saveOften = async (n: number): Promise<() => boolean> => {
    for (let saved = 1; saved < SAVES; saved += 1) {
      save(200_000 + n * SAVES + saved);
      await pause(SAVE_EVERY_MS);
    }
    return save(200_000 + n * SAVES + SAVES);
  };
  return [
    { name: "crm-to-partner-center.create", change: create(false) },
    { name: "crm-to-partner-center.create-co-sell", change: create(true) },
    { name: "crm-to-partner-center.update", change: (n) => save(100_000 + n) },
    { name: "crm-to-partner-center.ten-saves", change: saveOften },
  ];
}

function portalKinds(clouds: LoopbackClouds, pair: SyncedPair): readonly Kind[] {
  const update = (n: number): (() => boolean) => {
    changeReferral(clouds, pair, 300_000 + n);
    return () => opportunityHas(clouds, pair, 300_000 + n);
  };
  return [
    { name: "partner-center-to-crm.update", change: update },
    { name: "partner-center-to-crm.create-new-customer", change: (n) => newDealOf(clouds, `Customer ${n}`) },
    // The first one, which goes uncounted, makes the customer.
    { name: "partner-center-to-crm.create-known-customer", change: () => newDealOf(clouds, "Known customer") },
  ];
}

function newDealOf({ dataverse, partnerCenter }: LoopbackClouds, customer: string): () => boolean {
  const team = [{ firstName: "Luc", lastName: "Petit", email: `${customer.replace(" ", ".")}@fabrikam.example` }];
  const customerProfile = { name: customer, address: { city: "Paris", postalCode: "75001", country: "FR" }, team };
  const { id } = partnerCenter.referrals.newDeal({ ...newDeal(), customerProfile });
  return () => {
    const created = dataverse.records.list("opportunities").find((row) => row[columns.referralId.logicalName] === id);
    const named = text(partnerCenter.referrals.get(id)?.["externalReferenceId"]);
    return created !== undefined && named === created["opportunityid"];
  };
}

function mean(name: string, counts: readonly number[]): Figure {
  const sum = counts.reduce((total, one) => total + one, 0);
  return { name, value: rounded(sum / counts.length), unit: "calls", samples: counts.length };
}
