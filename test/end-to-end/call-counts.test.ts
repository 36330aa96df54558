import { atPath } from "../../sync-relay/src/core/json";
import { COLUMN, dealContent, dealsOf, HELP, statusValue, type Deals } from "./deals";
import { untilHolds } from "./until-holds";
import { resetUpstreamCalls, upstreamCalls } from "./upstream-calls";
import { START_WITHIN_MS, startWholeRelay, type WholeRelay } from "./whole-relay";

// Several waits in a row on a busy machine.
jest.setTimeout(120_000);

let relay: WholeRelay;
let deals: Deals;
let firstDeal: string;

beforeAll(async () => {
  // A sweep in the middle would find nothing, but be counted; ten saves must fall into one window on a busy machine.
  relay = await startWholeRelay({ environment: { COSELL_SWEEP_SECONDS: "86400", COSELL_COALESCE_MS: "500" } });
  deals = dealsOf(relay.clouds);
  // Currencies are read once.
  firstDeal = await syncedDeal();
}, START_WITHIN_MS);

afterAll(() => relay.close(), START_WITHIN_MS);

async function synced(opportunityId: string): Promise<string> {
  await untilHolds(() => expect(deals.row(opportunityId)[COLUMN.status]).toBe(statusValue("synced")));
  await relay.atRest();
  return opportunityId;
}

async function syncedDeal(content = {}): Promise<string> {
  const id = deals.newDeal(content);
  await untilHolds(() => expect(deals.theRowOf(id)[COLUMN.status]).toBe(statusValue("synced")));
  await relay.atRest();
  return id;
}

/** The calls that an act costs, its echoes included. */
async function costOf(act: () => void | Promise<unknown>): Promise<readonly string[]> {
  resetUpstreamCalls(relay.clouds);
  await act();
  await relay.atRest();
  const { dataverse, partnerCenter } = upstreamCalls(relay.clouds);
  return [...dataverse, ...partnerCenter];
}

test("[EE3] creating a referral costs 3 calls, an update 3, and ten saves in a row as much as one", async () => {
  let id = "";
  const creating = await costOf(async () => {
    id = await synced(deals.share());
  });
  expect(creating).toHaveLength(3);
  const updating = await costOf(async () => {
    deals.edit(id, { estimatedvalue: 60_000 });
    await untilHolds(() => expect(atPath(deals.theOwnOf(id), "details.dealValue")).toBe(60_000));
  });
  expect(updating).toHaveLength(3);
  expect(updating.filter((call) => call.startsWith("PATCH"))).toHaveLength(2);
  const saving = await costOf(async () => {
    for (let n = 1; n <= 10; n += 1) deals.edit(id, { estimatedvalue: 50_000 + n, description: `Notes ${n}` });
    await untilHolds(() => expect(atPath(deals.theOwnOf(id), "details.dealValue")).toBe(50_010));
  });
  expect(saving).toHaveLength(3);
  expect(atPath(deals.theOwnOf(id), "details.notes")).toBe("Notes 10");
});

test("[EE3] creating a co-sell costs 4", async () => {
  const calls = await costOf(() => synced(deals.share({ [COLUMN.help]: HELP })));
  expect(calls).toHaveLength(4);
});

test("[EE4] an update from Partner Center costs 2 calls: read, write", async () => {
  const id = firstDeal;
  const calls = await costOf(async () => {
    deals.portal(id, { details: { dealValue: 2_500 } });
    await untilHolds(() => expect(deals.theRowOf(id)["estimatedvalue"]).toBe(2_500));
  });
  expect(calls).toHaveLength(2);
});

test("[EE4] taking a deal over costs 4 calls when account and contact are known, at most 6 when both are new", async () => {
  const content = dealContent(777);
  const whenNew = await costOf(() => syncedDeal(content));
  expect(whenNew.length).toBeGreaterThan(4);
  expect(whenNew.length).toBeLessThanOrEqual(6);
  const accounts = relay.clouds.dataverse.records.list("accounts").length;
  const whenKnown = await costOf(() => syncedDeal(content));
  expect(whenKnown).toHaveLength(4);
  expect(relay.clouds.dataverse.records.list("accounts")).toHaveLength(accounts);
});

test("[EE5] an event that tells nothing new costs no call", async () => {
  const id = await synced(deals.share());
  const before = deals.row(id);
  const replayed = await costOf(async () => {
    // The last callback told of the relay's own write.
    expect(await relay.clouds.partnerCenter.webhooks.sendHostile({ kind: "replay" })).toBe(202);
  });
  expect(replayed).toEqual([]);
  const renamed = await costOf(() =>
    relay.clouds.dataverse.records.update(
      "opportunities",
      { id, body: { description: "First notes" } },
      { userId: relay.clouds.dataverse.users.application, tag: "cosell-relay" },
    ),
  );
  expect(renamed).toEqual([]);
  expect(deals.row(id)[COLUMN.audit]).toBe(before[COLUMN.audit]);
});
