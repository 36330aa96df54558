import { adoptionChanges, planAdoption } from "../../sync-relay/src/operate/adopt";
import { planBackfill } from "../../sync-relay/src/operate/backfill";
import { codesIn } from "../../sync-relay/src/operate/diagnostics";
import { linkDeal } from "../../sync-relay/src/operate/link-deals";
import { linkLines } from "../../sync-relay/src/operate/links";
import { parseGuid, parseSince } from "../../sync-relay/src/operate/since";
import type { ListedOpportunity } from "../../sync-relay/src/ports/crm-environment";
import { aPair, aReferral, anOpportunity, OPPORTUNITY_ID, readyValues, REFERRAL_ID } from "../support/builders";
import { createWorld, shippedMap } from "../pipeline/world";

const idOf = (n: number): string => `0a000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const referralIdOf = (n: number): string => `0b000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

function listed(n: number, changes: Partial<ListedOpportunity> = {}): ListedOpportunity {
  return {
    id: idOf(n),
    name: `Deal ${n}`,
    customer: `Customer ${n}`,
    open: true,
    syncOn: true,
    referralId: null,
    extra: {},
    ...changes,
  };
}

function referral(n: number, changes: Parameters<typeof aReferral>[0] = {}) {
  const json = { name: `deal  ${n}`, customerProfile: { name: `CUSTOMER ${n} ` } };
  return aReferral({ id: referralIdOf(n), externalReferenceId: null, json, ...changes });
}

const plan = (input: Partial<Parameters<typeof planBackfill>[0]>) =>
  planBackfill({ opportunities: [], referrals: [], knownOpportunities: new Set(), byName: false, ...input });

test("[BF1] records that name each other by an id match, whichever of them says so", () => {
  const { matches } = plan({
    opportunities: [listed(1, { referralId: referralIdOf(1) }), listed(2), listed(3, { referralId: referralIdOf(3) })],
    referrals: [
      referral(1),
      referral(2, { externalReferenceId: idOf(2).toUpperCase() }),
      referral(3, { externalReferenceId: idOf(3) }),
    ],
  });
  expect(matches.map(({ opportunityId, by }) => [opportunityId, by])).toEqual([
    [idOf(1), "crm"],
    [idOf(2), "partner-center"],
    [idOf(3), "partner-center"],
  ]);
});

test("[BF1] names are compared only when asked for, and only where one open deal fits on each side", () => {
  const opportunities = [
    listed(1),
    listed(2),
    listed(3, { name: "Deal 2", customer: "Customer 2" }),
    listed(4, { open: false }),
  ];
  const referrals = [referral(1), referral(2), referral(4), referral(5)];
  expect(plan({ opportunities, referrals })).toMatchObject({ matches: [], unclaimed: referrals.map(({ id }) => id) });
  const found = plan({ opportunities, referrals, byName: true });
  expect(found.matches).toEqual([{ opportunityId: idOf(1), referralId: referralIdOf(1), by: "name" }]);
  expect(found.ambiguous).toEqual([{ referralId: referralIdOf(2), opportunityIds: [idOf(2), idOf(3)] }]);
  expect(found.unclaimed).toEqual([referralIdOf(4), referralIdOf(5)]);
});

test("[BF2] what is linked already, Microsoft's, closed or claimed twice is left alone", () => {
  const found = plan({
    opportunities: [listed(1, { referralId: referralIdOf(1) }), listed(2)],
    referrals: [
      referral(1),
      referral(2, { externalReferenceId: idOf(2) }),
      referral(3, { externalReferenceId: idOf(2) }),
      referral(4, { organizationId: "msft", externalReferenceId: idOf(2) }),
      referral(5, { status: "Closed", substatus: "Lost" }),
    ],
    knownOpportunities: new Set([idOf(1)]),
  });
  expect(found).toMatchObject({ known: 1, matches: [], unclaimed: [], unshared: [] });
  expect(found.ambiguous.map(({ referralId }) => referralId)).toEqual([referralIdOf(2), referralIdOf(3)]);
});

test("[BF1] the plan made after a part was linked is the rest of the plan before", () => {
  const opportunities = [1, 2, 3, 4].map((n) => listed(n));
  const referrals = [1, 2, 3, 4].map((n) => referral(n, { externalReferenceId: idOf(n) }));
  const before = plan({ opportunities, referrals }).matches;
  const after = plan({ opportunities, referrals, knownOpportunities: new Set([idOf(1), idOf(3)]) }).matches;
  expect(after).toEqual(before.filter(({ opportunityId }) => [idOf(2), idOf(4)].includes(opportunityId)));
});

const columns = { referralColumn: "msft_referral", syncColumn: "msft_sync", stripTicks: false };

test("[AD1] deals are taken over by the other connector's columns; what is no id, switched off or taken is told", () => {
  const extra = (value: string | null, sync = true) => ({ msft_referral: value, msft_sync: sync });
  const found = planAdoption(
    [
      listed(1, { extra: extra(`{${REFERRAL_ID.toUpperCase()}}`) }),
      listed(2, { extra: extra("PC-0042") }),
      listed(3, { extra: extra(referralIdOf(3), false) }),
      listed(4, { extra: extra(referralIdOf(4)), referralId: referralIdOf(9) }),
      listed(5, { extra: extra(referralIdOf(5)), referralId: referralIdOf(5) }),
      listed(6, { extra: extra(referralIdOf(6)), referralId: referralIdOf(6), syncOn: false }),
      listed(7, { extra: extra(null) }),
    ],
    columns,
  );
  expect(found.adoptions.map(({ opportunityId, referralId }) => [opportunityId, referralId])).toEqual([
    [idOf(1), REFERRAL_ID],
    [idOf(6), referralIdOf(6)],
  ]);
  expect(found).toMatchObject({
    done: 1,
    taken: [idOf(4)],
    unreadable: [{ opportunityId: idOf(2), value: "PC-0042" }],
  });
});

test("[AD2] the section gets id, switch and what the referral says; names keep their ticks unless asked", () => {
  const opportunity = anOpportunity({
    values: readyValues({ name: "✔ ✘ Big deal", cosell_products: null, cosell_helprequired: null }),
  });
  const told = {
    ...referral(1, { id: REFERRAL_ID }),
    json: {
      details: { requirements: { solutions: [{ id: "SOL-1-ABC", type: "Name" }] } },
      inviteContext: { assistanceRequestCode: "QuotesOrLicensing" },
      consent: { consentToShareReferralWithMicrosoftSellers: true },
    },
  };
  const kept = adoptionChanges(shippedMap, { opportunity, referral: told }, { stripTicks: false });
  expect(kept.section).toEqual({ syncOn: true, referralId: REFERRAL_ID });
  expect(kept.values).toEqual({
    cosell_products: "SOL-1-ABC",
    cosell_helprequired: 842130003,
    cosell_visibletomicrosoft: true,
  });
  const stripped = adoptionChanges(shippedMap, { opportunity, referral: told }, { stripTicks: true });
  expect(stripped.values["name"]).toBe("Big deal");
});

test("[BF3] a deal is prepared under its version, and one that is gone or closed is told", async () => {
  const world = createWorld();
  world.crm.add({ id: OPPORTUNITY_ID, values: readyValues(), section: { syncOn: false } });
  const parts = {
    ...world.parts,
    inbox: world.store.inbox,
    operator: { waitingOf: async () => 0, keysSince: async () => [] },
  };
  const switchOn = () => ({ values: {}, section: { syncOn: true, referralId: REFERRAL_ID } });
  expect((await linkDeal(parts, idOf(99), switchOn)).linked).toBe("gone");
  const done = await linkDeal(parts, OPPORTUNITY_ID, switchOn);
  expect(done).toMatchObject({ linked: "asked", asked: { keys: [`opp:${OPPORTUNITY_ID}`] } });
  expect(world.opportunity().section).toMatchObject({ syncOn: true, referralId: REFERRAL_ID });
  expect((await linkDeal(parts, OPPORTUNITY_ID, () => null)).linked).toBe("asked");
});

test("[EX1] every linked pair is a line of CSV, over all pages, and no value is a formula", async () => {
  const pairs = Array.from({ length: 1_200 }, (_, n) =>
    aPair({ opportunityId: idOf(n), referralId: n % 2 === 0 ? referralIdOf(n) : null }),
  );
  const operator = {
    pairsAfter: async (after: string | null, atMost: number) =>
      pairs.filter(({ opportunityId }) => opportunityId > (after ?? "")).slice(0, atMost),
  };
  let csv = "";
  for await (const lines of linkLines(operator, "https://partner.example/a,b?id={referralId}")) csv += lines;
  const lines = csv.split("\r\n");
  expect(lines).toHaveLength(602);
  expect(lines[1]).toBe(`${idOf(0)},${referralIdOf(0)},"https://partner.example/a,b?id=${referralIdOf(0)}"`);
  csv = "";
  for await (const line of linkLines({ pairsAfter: async () => [aPair({ referralId: "=1+1" })] }, "=")) csv += line;
  expect(csv).toContain(",'=1+1,'=");
});

test("[DX1] of a log only levels and codes are counted, whatever its lines hold", () => {
  const lines = [
    '{"level":"warn","code":"CS-1101","message":"Contoso"}',
    '{"level":"warn","code":"CS-1101"}',
    '{"level":"error","code":"a name with blanks"}',
    '{"level":"info","upstreamCode":"0x80040220"}',
    "not json",
    "null",
  ];
  expect(codesIn(lines)).toEqual({ "warn CS-1101": 2, error: 1, "info 0x80040220": 1 });
});

const NOW = Date.UTC(2026, 10, 26, 12);

test.each([
  ["30m", NOW - 30 * 60_000],
  ["2h", NOW - 2 * 3_600_000],
  ["7d", NOW - 7 * 86_400_000],
  ["2026-11-25", Date.UTC(2026, 10, 25)],
  ["2026-11-25T10:00:00Z", Date.UTC(2026, 10, 25, 10)],
  ["2026-11-27", null],
  ["yesterday", null],
  ["", null],
  ["2026-13-45", null],
])("[OP1] the time %s", (text, expected) => {
  expect(parseSince(text, NOW)).toBe(expected);
});

test("[OP1] an id is taken in any case and with braces, and nothing else is one", () => {
  expect(parseGuid(` {${OPPORTUNITY_ID.toUpperCase()}} `)).toBe(OPPORTUNITY_ID);
  for (const text of ["", "42", OPPORTUNITY_ID.slice(1), `${OPPORTUNITY_ID}0`]) expect(parseGuid(text)).toBeNull();
});
