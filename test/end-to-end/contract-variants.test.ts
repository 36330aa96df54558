// Where the clouds' public contracts are unsure, the relay works with either answer. One relay meets them all in turn.

import type { SimulatorSettings } from "../../sync-relay/simulator/dataverse/simulator-settings";
import type { PartnerCenterSettings } from "../../sync-relay/simulator/partner-center/partner-center-settings";
import { atPath } from "../../sync-relay/src/core/json";
import { must } from "../../sync-relay/src/core/must";
import { COLUMN, dealsOf, HELP, statusValue, text, type Deals } from "./deals";
import { untilHolds } from "./until-holds";
import { resetUpstreamCalls, upstreamCalls } from "./upstream-calls";
import { START_WITHIN_MS, startWholeRelay, type WholeRelay } from "./whole-relay";

// Several waits in a row on a busy machine.
jest.setTimeout(120_000);

let relay: WholeRelay;
let deals: Deals;
let defaults: { readonly dataverse: SimulatorSettings; readonly partnerCenter: PartnerCenterSettings };

beforeAll(async () => {
  relay = await startWholeRelay({ environment: { COSELL_SWEEP_SECONDS: "86400", COSELL_COALESCE_MS: "60" } });
  deals = dealsOf(relay.clouds);
  const { dataverse, partnerCenter } = relay.clouds;
  defaults = { dataverse: { ...dataverse.settings }, partnerCenter: { ...partnerCenter.settings } };
}, START_WITHIN_MS);

afterEach(() => {
  Object.assign(relay.clouds.dataverse.settings, defaults.dataverse);
  Object.assign(relay.clouds.partnerCenter.settings, defaults.partnerCenter);
});

afterAll(() => relay.close(), START_WITHIN_MS);

interface Variant {
  readonly dataverse?: Partial<SimulatorSettings>;
  readonly partnerCenter?: Partial<PartnerCenterSettings>;
}

function meet({ dataverse, partnerCenter }: Variant): void {
  Object.assign(relay.clouds.dataverse.settings, dataverse);
  Object.assign(relay.clouds.partnerCenter.settings, partnerCenter);
}

const synced = statusValue("synced");

/** A co-sell from the CRM and a portal deal, each edited from both sides: in step, and nothing doubled. */
async function staysInStep(): Promise<{ readonly opportunity: string; readonly deal: string }> {
  const opportunity = deals.share({ [COLUMN.help]: HELP, name: "Überführung № 7" });
  const deal = deals.newDeal();
  await untilHolds(() => {
    expect(deals.row(opportunity)[COLUMN.status]).toBe(synced);
    expect(deals.theRowOf(deal)[COLUMN.status]).toBe(synced);
  });
  deals.edit(opportunity, { estimatedvalue: 61_000 });
  deals.portal(deal, { details: { dealValue: 2_500 } });
  await untilHolds(() => {
    expect(atPath(deals.theOwnOf(opportunity), "details.dealValue")).toBe(61_000);
    expect(deals.theRowOf(deal)["estimatedvalue"]).toBe(2_500);
  });
  await relay.atRest();
  deals.portal(text(deals.theOwnOf(opportunity)["id"]), { details: { notes: "From the portal: été" } });
  deals.edit(text(deals.theRowOf(deal)["opportunityid"]), { description: "From the CRM: été" });
  await untilHolds(() => {
    expect(deals.row(opportunity)["description"]).toBe("From the portal: été");
    expect(atPath(deals.referral(deal), "details.notes")).toBe("From the CRM: été");
  });
  await relay.atRest();
  expect([deals.ownOf(opportunity), deals.microsoftsOf(opportunity), deals.rowsOf(deal)].map((l) => l.length)).toEqual([
    1, 1, 1,
  ]);
  expect([deals.row(opportunity)[COLUMN.status], deals.theRowOf(deal)[COLUMN.status]]).toEqual([synced, synced]);
  return { opportunity, deal };
}

test.each<[string, Variant]>([
  ["webhooks show no tag", { dataverse: { tagInSharedVariables: false } }],
  ["scalars come wrapped", { dataverse: { scalars: "wrapped", organizationOffsetMinutes: -480 } }],
  ["text comes in the wrong character set", { dataverse: { charset: "mojibake" } }],
  ["bodies are stripped of their rows", { dataverse: { webhookBodyLimitBytes: 2_000 } }],
])("[EE6] the two sides stay in step when in Dataverse %s", async (_, variant) => {
  meet(variant);
  await staysInStep();
});

test.each<[string, Variant]>([
  ["ignores If-Match", { partnerCenter: { honoursIfMatch: false } }],
  [
    "answers creates and updates without the referral",
    { partnerCenter: { honoursPrefer: false, createStatus: 204, foreignReferralStatus: 404 } },
  ],
  [
    "answers a create with 201, calls it incoming, names its own host in events and raises none for the API",
    {
      partnerCenter: {
        createStatus: 201,
        createdDirection: "Incoming",
        resourceUriHost: "own",
        eventsForApiWrites: false,
      },
    },
  ],
  [
    "brings values into a form of its own",
    {
      partnerCenter: {
        canonicalises: ["trimmed-notes", "line-feeds", "whole-seconds", "two-decimals", "upper-case-currency"],
      },
    },
  ],
  [
    "names the own referral in related events, and dates events later than the change",
    { partnerCenter: { relatedEventNames: "own-referral", eventDateOffsetMs: 1_500 } },
  ],
  [
    "answers an invitation with the own referral, and refuses a second one",
    { partnerCenter: { inviteAnswers: "own-referral", repeatedInvite: "refused" } },
  ],
  ["invites at the first post already", { partnerCenter: { inviteStrategy: "single-post" } }],
  ["hides Microsoft's referral", { partnerCenter: { microsoftReferralReadable: false } }],
  [
    "hides Microsoft's referral as if it were not there",
    { partnerCenter: { microsoftReferralReadable: false, foreignReferralStatus: 404 } },
  ],
  ["checks co-sell deals strictly", { partnerCenter: { coSellRules: "strict", freezesSharedContact: true } }],
  [
    "shows lists that are two seconds old, and sends events twice, late and out of order",
    {
      partnerCenter: {
        indexLagMs: 2_000,
        duplicatedShare: 0.5,
        delayedShare: 0.5,
        longestDelayMs: 300,
        reorderedShare: 0.5,
      },
    },
  ],
])("[EE7] the two sides stay in step when Partner Center %s", async (_, variant) => {
  meet(variant);
  await staysInStep();
});

test.each([
  [false, false],
  [false, true],
  [true, false],
  [true, true],
])("[EE8] signatures are found: in a header of their own %s, without scheme %s", async (inOwnHeader, bareSignature) => {
  const { webhooks } = relay.clouds.partnerCenter;
  const registration = must(webhooks.registration(), "the relay is registered");
  webhooks.register({ ...registration, signatureInOwnHeader: inOwnHeader });
  meet({ partnerCenter: { bareSignature } });
  const deal = deals.newDeal();
  await untilHolds(() => expect(deals.theRowOf(deal)[COLUMN.status]).toBe(synced));
  webhooks.register(registration);
});

test("[EE9] without tags in webhooks the relay knows its own writes by their author, and they cost nothing", async () => {
  meet({ dataverse: { tagInSharedVariables: false } });
  const deal = deals.newDeal();
  await untilHolds(() => expect(deals.theRowOf(deal)[COLUMN.status]).toBe(synced));
  await relay.atRest();
  resetUpstreamCalls(relay.clouds);
  deals.portal(deal, { details: { dealValue: 9_000 } });
  await untilHolds(() => expect(deals.theRowOf(deal)["estimatedvalue"]).toBe(9_000));
  await relay.atRest();
  const { dataverse, partnerCenter } = upstreamCalls(relay.clouds);
  expect([...dataverse, ...partnerCenter]).toHaveLength(2);
});

test.each<[string, Variant]>([
  ["on Microsoft's referral", { partnerCenter: { microsoftIdOn: "microsoft-referral" } }],
  ["on both referrals", { partnerCenter: { microsoftIdOn: "both-referrals" } }],
  [
    "on both referrals, and hides Microsoft's",
    { partnerCenter: { microsoftIdOn: "both-referrals", microsoftReferralReadable: false } },
  ],
  [
    "on Microsoft's referral, and names the own one in events",
    { partnerCenter: { relatedEventNames: "own-referral" } },
  ],
])("[EE10] Microsoft's CRM id reaches the opportunity when Partner Center shows it %s", async (_, variant) => {
  meet(variant);
  const opportunity = deals.share({ [COLUMN.help]: HELP });
  await untilHolds(() => expect(deals.row(opportunity)[COLUMN.status]).toBe(synced));
  relay.clouds.partnerCenter.referrals.microsoftAccepts(text(deals.theOwnOf(opportunity)["id"]), {
    microsoftCrmId: "7-ABCDEF",
  });
  await untilHolds(() => expect(deals.row(opportunity)[COLUMN.microsoftCrmId]).toBe("7-ABCDEF"));
});

test("[EE10] when Microsoft's referral cannot be read, its acceptance neither disturbs the deal nor stops it", async () => {
  meet({ partnerCenter: { microsoftReferralReadable: false } });
  const opportunity = deals.share({ [COLUMN.help]: HELP });
  await untilHolds(() => expect(deals.row(opportunity)[COLUMN.status]).toBe(synced));
  relay.clouds.partnerCenter.referrals.microsoftAccepts(text(deals.theOwnOf(opportunity)["id"]));
  await relay.atRest();
  deals.edit(opportunity, { estimatedvalue: 70_000 });
  await untilHolds(() => expect(atPath(deals.theOwnOf(opportunity), "details.dealValue")).toBe(70_000));
  await relay.atRest();
  expect(deals.row(opportunity)[COLUMN.status]).toBe(synced);
});

test.each<[string, Variant]>([
  ["refuse every write", { dataverse: { closedRowsWritable: false } }],
  ["take writes", { dataverse: { closedRowsWritable: true } }],
  ["refuse every write, and closed referrals answer 409", { partnerCenter: { closedReferralStatus: 409 } }],
])("[EE11] deals are closed on both sides when closed opportunities %s", async (_, variant) => {
  meet(variant);
  const opportunity = deals.share();
  const deal = deals.newDeal();
  await untilHolds(() => {
    expect(deals.row(opportunity)[COLUMN.status]).toBe(synced);
    expect(deals.theRowOf(deal)[COLUMN.status]).toBe(synced);
  });
  relay.clouds.dataverse.records.close(opportunity, "lost", { status: 5 });
  relay.clouds.partnerCenter.referrals.close(deal, "Won");
  await untilHolds(() => {
    expect(deals.theOwnOf(opportunity)).toMatchObject({ status: "Closed", substatus: "Lost" });
    expect(deals.theRowOf(deal)).toMatchObject({ statecode: 1, [COLUMN.status]: statusValue("closed") });
  });
  await relay.atRest();
  // A closed row that refuses every write cannot show what became of the deal.
  if (variant.dataverse?.closedRowsWritable === true) {
    expect(deals.row(opportunity)[COLUMN.status]).toBe(statusValue("closed"));
  }
});

test("[EE12] a co-sell in one post invites Microsoft once where one post is enough", async () => {
  await relay.stop();
  await relay.start({ COSELL_CO_SELL_POSTS: "one" });
  meet({ partnerCenter: { inviteStrategy: "single-post" } });
  await staysInStep();
});
