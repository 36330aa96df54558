import { setTimeout as pause } from "node:timers/promises";
import type { FaultOrder } from "../../sync-relay/simulator/partner-center/fault-plan";
import { atPath } from "../../sync-relay/src/core/json";
import { COLUMN, dealsOf, HELP, statusValue, text, type Deals } from "./deals";
import { untilHolds } from "./until-holds";
import { START_WITHIN_MS, startWholeRelay, type WholeRelay } from "./whole-relay";

// Several waits in a row on a busy machine.
jest.setTimeout(120_000);

let relay: WholeRelay;
let deals: Deals;

const synced = statusValue("synced");
const isSynced = (id: string) => expect(deals.row(id)[COLUMN.status]).toBe(synced);

beforeAll(async () => {
  relay = await startWholeRelay({
    environment: {
      COSELL_SWEEP_SECONDS: "86400",
      COSELL_COALESCE_MS: "60",
      COSELL_CREATE_QUARANTINE_SECONDS: "6",
    },
  });
  deals = dealsOf(relay.clouds);
}, START_WITHIN_MS);

afterAll(() => relay.close(), START_WITHIN_MS);

const requestsTo = {
  dataverse: () => relay.clouds.dataverse.requests.entries.length,
  "partner-center": () => relay.clouds.partnerCenter.requests.all().length,
};

const PAUSE_SECONDS = 3;
/** Long enough for what was under way to end, far from the end of the pause. */
const LOOK_AFTER_MS = 300;
const LOOK_FOR_MS = 900;

test.each<[keyof typeof requestsTo, number, () => void]>([
  [
    "partner-center",
    429,
    () => relay.clouds.partnerCenter.faults.order({ kind: "throttle", retryAfterSeconds: PAUSE_SECONDS }),
  ],
  [
    "dataverse",
    503,
    () =>
      relay.clouds.dataverse.faults.request({
        effect: { kind: "status", status: 503, retryAfterSeconds: PAUSE_SECONDS },
      }),
  ],
])("[EE19] %s asks for a pause by %s: all its requests wait, then everything goes on", async (cloud, _, order) => {
  const before = requestsTo[cloud]();
  order();
  const first = [deals.share(), deals.share()];
  await untilHolds(() => expect(requestsTo[cloud]()).toBeGreaterThan(before));
  await pause(LOOK_AFTER_MS);
  const asked = requestsTo[cloud]();
  const meanwhile = [deals.share(), deals.share({ [COLUMN.help]: HELP })];
  await pause(LOOK_FOR_MS);
  expect(requestsTo[cloud]()).toBe(asked);
  await untilHolds(() => [...first, ...meanwhile].forEach(isSynced));
  expect([...first, ...meanwhile].map((id) => deals.ownOf(id).length)).toEqual([1, 1, 1, 1]);
});

test("[EE20] a pair that is always refused and one that always fails delay no other", async () => {
  const { faults } = relay.clouds.dataverse;
  const refused = deals.share();
  const failing = deals.share();
  await untilHolds(() => [refused, failing].forEach(isSynced));
  await relay.atRest();
  const writesOf = (id: string) => ({ method: "PATCH", pathPattern: `opportunities\\(${id}\\)`, times: 1_000_000 });
  faults.request({ ...writesOf(refused), effect: { kind: "status", status: 400, message: "A plug-in says no." } });
  faults.request({ ...writesOf(failing), effect: { kind: "status", status: 500 } });
  for (const id of [refused, failing]) deals.portal(text(deals.theOwnOf(id)["id"]), { details: { dealValue: 77_000 } });
  await untilHolds(async () => expect(await deadPairs()).toEqual([{ id: refused, code: "CS-1004" }]));
  const others = [deals.share(), deals.share(), deals.share()];
  await untilHolds(() => others.forEach(isSynced));
  expect([refused, failing].map((id) => deals.row(id)["estimatedvalue"])).toEqual([50_000, 50_000]);
  faults.reset();
  deals.edit(refused, { description: "Saved again" });
  await untilHolds(() => {
    expect([refused, failing].map((id) => deals.row(id)["estimatedvalue"])).toEqual([77_000, 77_000]);
    expect(atPath(deals.theOwnOf(refused), "details.notes")).toBe("Saved again");
  });
  expect(await deadPairs()).toEqual([]);
});

/** State of an opportunity that was lost. */
const LOST = 2;

const deadPairs = () =>
  relay.sql("select opportunity_id::text as id, dead_because as code from cosell.pair where dead_because is not null");

test("[EE20] a deal that Partner Center refuses says why, and goes out once it is mended", async () => {
  relay.clouds.partnerCenter.settings.coSellRules = "strict";
  const id = deals.share({ [COLUMN.help]: HELP, description: null });
  await untilHolds(() => expect(deals.row(id)[COLUMN.status]).toBe(statusValue("needs-attention")));
  expect(deals.row(id)[COLUMN.message]).toBe(
    "Partner Center refused the deal: Notes are required. Correct it and save again.",
  );
  expect(deals.ownOf(id)).toEqual([]);
  deals.edit(id, { description: "Notes after all" });
  await untilHolds(() => isSynced(id));
  expect([deals.ownOf(id).length, deals.microsoftsOf(id).length]).toEqual([1, 1]);
  expect(deals.row(id)[COLUMN.message]).toBeNull();
  relay.clouds.partnerCenter.settings.coSellRules = "lax";
});

test("[EE29] words of either cloud that are longer than their column are shortened, and keep nothing from being written", async () => {
  const { faults } = relay.clouds.dataverse;
  const id = deals.share();
  await untilHolds(() => isSynced(id));
  await relay.atRest();
  const effect = { kind: "status", status: 400, message: "A plug-in says no. ".repeat(100) } as const;
  faults.request({ method: "PATCH", pathPattern: `opportunities\\(${id}\\)`, times: 1, effect });
  deals.portal(text(deals.theOwnOf(id)["id"]), { details: { dealValue: 66_000 } });
  await untilHolds(() => expect(deals.row(id)[COLUMN.status]).toBe(statusValue("needs-attention")));
  expect(deals.row(id)[COLUMN.message]).toMatch(/^Dynamics 365 refused .*A plug-in says no\. A plug.*…/);

  relay.clouds.partnerCenter.referrals.close(text(deals.theOwnOf(id)["id"]), "Lost", "Too dear. ".repeat(30));
  await untilHolds(() => expect(deals.row(id)["statecode"]).toBe(LOST));
  expect(deals.row(id)[COLUMN.shownStatus]).toMatch(/^Closed \/ Lost: Too dear\. .*…$/);
  expect(deals.row(id)["estimatedvalue"]).toBe(66_000);
});

/** Orders a fault for the next post to Partner Center and shares an opportunity whose post meets it. */
async function shareInto(kind: FaultOrder["kind"], more: Partial<FaultOrder> = {}): Promise<string> {
  const { faults } = relay.clouds.partnerCenter;
  faults.order({ kind, method: "POST", ...more });
  const id = deals.share();
  await untilHolds(() => expect(faults.waiting()).toEqual([]));
  return id;
}

test("[EE21] creates whose answers and webhooks are lost are found again, and none is doubled", async () => {
  relay.clouds.partnerCenter.settings.lostShare = 1;
  const ids = [
    await shareInto("timeout-after-effect"),
    await shareInto("drop-after-effect"),
    await shareInto("malformed-json"),
    // After the first answer, before the quarantine ends.
    await shareInto("late-effect", { delayMs: 4_000 }),
  ];
  relay.clouds.partnerCenter.faults.order({ kind: "timeout-after-effect", method: "POST", count: 2 });
  const coSell = deals.share({ [COLUMN.help]: HELP });
  await untilHolds(() => expect(deals.row(ids[3] ?? "")[COLUMN.status]).toBe(statusValue("waiting")));
  await untilHolds(async () => {
    await relay.passTime();
    [...ids, coSell].forEach(isSynced);
  });
  expect([...ids, coSell].map((id) => deals.ownOf(id).length)).toEqual([1, 1, 1, 1, 1]);
  expect(deals.microsoftsOf(coSell)).toHaveLength(1);
  relay.clouds.partnerCenter.settings.lostShare = 0;
});

test("[EE21] a create that never took effect is sent again", async () => {
  const ids = [
    await shareInto("drop-before-effect"),
    await shareInto("server-error"),
    await shareInto("html"),
    await shareInto("unavailable", { retryAfterSeconds: 1 }),
    await shareInto("unauthorized"),
  ];
  await untilHolds(() => expect(deals.row(ids[0] ?? "")[COLUMN.status]).toBe(statusValue("waiting")));
  expect(deals.ownOf(ids[0] ?? "")).toEqual([]);
  await relay.stop();
  await relay.start({ COSELL_CREATE_QUARANTINE_SECONDS: "0" });
  await untilHolds(async () => {
    await relay.passTime();
    ids.forEach(isSynced);
  });
  expect(ids.map((id) => deals.ownOf(id).length)).toEqual([1, 1, 1, 1, 1]);
});
