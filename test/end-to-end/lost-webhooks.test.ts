import type { PartnerCenterSettings } from "../../sync-relay/simulator/partner-center/partner-center-settings";
import { atPath } from "../../sync-relay/src/core/json";
import { COLUMN, dealsOf, HELP, statusValue, text, type Deals } from "./deals";
import { untilHolds } from "./until-holds";
import { START_WITHIN_MS, startWholeRelay, type WholeRelay } from "./whole-relay";

// Several waits in a row on a busy machine.
jest.setTimeout(120_000);

let relay: WholeRelay;
let deals: Deals;

const synced = statusValue("synced");

beforeAll(async () => {
  relay = await startWholeRelay({ environment: { COSELL_SWEEP_SECONDS: "1", COSELL_COALESCE_MS: "60" } });
  deals = dealsOf(relay.clouds);
  relay.clouds.dataverse.faults.webhooks.enabled = false;
  relay.clouds.partnerCenter.settings.lostShare = 1;
}, START_WITHIN_MS);

afterAll(() => relay.close(), START_WITHIN_MS);

/** Resolves after a sweep that began after now has ended. */
async function sweptAgain(): Promise<void> {
  const sweeps = () => relay.log.filter((line) => line.includes('"swept"')).length;
  const before = sweeps();
  await untilHolds(() => expect(sweeps()).toBeGreaterThan(before + 1));
}

const writesToDataverse = () =>
  relay.clouds.dataverse.requests.entries.filter(({ method, path, batched }) =>
    [{ method, path }, ...batched].some((one) => one.method !== "GET" && !one.path.startsWith("$batch")),
  );
const writesToPartnerCenter = () => relay.clouds.partnerCenter.requests.all().filter(({ method }) => method !== "GET");

test("[EE13] new deals of both sides and their changes arrive by the sweep alone, and nothing is doubled", async () => {
  const opportunity = deals.share({ [COLUMN.help]: HELP });
  const deal = deals.newDeal();
  await untilHolds(() => {
    expect(deals.row(opportunity)[COLUMN.status]).toBe(synced);
    expect(deals.theRowOf(deal)[COLUMN.status]).toBe(synced);
  });
  deals.edit(opportunity, { estimatedvalue: 61_000 });
  deals.portal(deal, { details: { dealValue: 2_500 } });
  relay.clouds.partnerCenter.referrals.microsoftAccepts(text(deals.theOwnOf(opportunity)["id"]), {
    microsoftCrmId: "7-SWEPT",
  });
  await untilHolds(() => {
    expect(atPath(deals.theOwnOf(opportunity), "details.dealValue")).toBe(61_000);
    expect(deals.theRowOf(deal)["estimatedvalue"]).toBe(2_500);
    expect(deals.row(opportunity)[COLUMN.microsoftCrmId]).toBe("7-SWEPT");
  });
});

test("[EE15] closes that nobody announces are found", async () => {
  relay.clouds.dataverse.settings.closeRaisesUpdate = false;
  const opportunity = deals.share();
  const deal = deals.newDeal();
  await untilHolds(() => {
    expect(deals.row(opportunity)[COLUMN.status]).toBe(synced);
    expect(deals.theRowOf(deal)[COLUMN.status]).toBe(synced);
  });
  relay.clouds.dataverse.records.close(opportunity, "won");
  relay.clouds.partnerCenter.referrals.close(deal, "Lost");
  await untilHolds(() => {
    expect(deals.theOwnOf(opportunity)).toMatchObject({ status: "Closed", substatus: "Won" });
    expect(deals.theRowOf(deal)["statecode"]).toBe(2);
  });
});

test.each(["everything", "error"] as const)(
  "[EE13] an expired position of the change list, answered with %s, loses and doubles nothing",
  async (answer) => {
    relay.clouds.dataverse.settings.expiredDeltaToken = answer;
    const known = deals.share();
    await untilHolds(() => expect(deals.row(known)[COLUMN.status]).toBe(synced));
    relay.clouds.dataverse.faults.expireDeltaTokens();
    deals.edit(known, { estimatedvalue: 72_000 });
    const added = deals.share();
    await untilHolds(() => {
      expect(atPath(deals.theOwnOf(known), "details.dealValue")).toBe(72_000);
      expect(deals.row(added)[COLUMN.status]).toBe(synced);
    });
  },
);

test.each<[string, Partial<PartnerCenterSettings>]>([
  ["found by key", { pageSize: 2, nextLinkStyle: "documented", oversizedTop: "refused", pagesBy: "key" }],
  ["found by counting", { pageSize: 3, nextLinkStyle: "with-base", countMeans: "page", pagesBy: "offset" }],
])("[EE13] changes are found in many pages, %s", async (_, settings) => {
  const { partnerCenter } = relay.clouds;
  const before = { ...partnerCenter.settings };
  Object.assign(partnerCenter.settings, settings);
  const many = [1, 2, 3, 4, 5].map(() => deals.newDeal());
  await untilHolds(() => {
    for (const deal of many) expect(deals.theRowOf(deal)[COLUMN.status]).toBe(synced);
  });
  Object.assign(partnerCenter.settings, before);
});

test("[EE13] after all that every opportunity has one referral and every referral one opportunity", () => {
  const { dataverse, partnerCenter } = relay.clouds;
  const rows = dataverse.records.list("opportunities").map((row) => text(row[COLUMN.referralId]));
  const own = partnerCenter.referrals.all().filter(({ organizationId }) => organizationId !== "msft");
  expect(rows.length).toBeGreaterThan(10);
  expect([...rows].sort()).toEqual(own.map(({ id }) => id).sort());
});

test("[EE14] a sweep that finds nothing writes nothing", async () => {
  await sweptAgain();
  relay.clouds.dataverse.requests.reset();
  relay.clouds.partnerCenter.requests.reset();
  await sweptAgain();
  expect(relay.clouds.dataverse.requests.entries.length).toBeGreaterThan(0);
  expect(relay.clouds.partnerCenter.requests.all().length).toBeGreaterThan(0);
  expect(writesToDataverse()).toEqual([]);
  expect(writesToPartnerCenter()).toEqual([]);
});
