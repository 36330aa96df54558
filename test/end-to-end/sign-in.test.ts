import { COLUMN, dealsOf, statusValue, type Deals } from "./deals";
import { untilHolds } from "./until-holds";
import { START_WITHIN_MS, startWholeRelay, type WholeRelay } from "./whole-relay";

// Several waits in a row on a busy machine.
jest.setTimeout(120_000);

let relay: WholeRelay;
let deals: Deals;

const synced = statusValue("synced");

beforeAll(async () => {
  relay = await startWholeRelay({ environment: { COSELL_SWEEP_SECONDS: "86400", COSELL_COALESCE_MS: "60" } });
  deals = dealsOf(relay.clouds);
}, START_WITHIN_MS);

afterAll(() => relay.close(), START_WITHIN_MS);

/** What /readyz says of each check that fails. */
async function problems(): Promise<Readonly<Record<string, string>>> {
  const { status, text } = await relay.get("/readyz");
  const { ready, checks } = JSON.parse(text) as {
    readonly ready: boolean;
    readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly problem?: string }>>;
  };
  expect(ready).toBe(status === 200);
  return Object.fromEntries(
    Object.entries(checks).flatMap(([name, { ok, problem }]) => (ok ? [] : [[name, problem ?? ""]])),
  );
}

/** Waits until the pair's work was tried and put off. */
async function untilPutOff(code: string): Promise<void> {
  const mark = relay.log.length;
  await untilHolds(() =>
    expect(relay.log.slice(mark).some((line) => line.includes(code) && line.includes('"key":"'))).toBe(true),
  );
}

test("[EE22] when the client secret turns wrong, /readyz says so, work waits, and then goes on", async () => {
  const { authority } = relay.clouds;
  const id = deals.share();
  await untilHolds(() => expect(deals.row(id)[COLUMN.status]).toBe(synced));
  await relay.atRest();
  authority.settings.clientSecrets = "wrong";
  authority.revokeAccessTokens();
  const [own] = deals.ownOf(id);
  deals.edit(id, { estimatedvalue: 91_000 });
  await untilPutOff("CS-1201");
  expect(await problems()).toEqual({ dataverse: expect.stringContaining("CS-1201 ") });
  expect(deals.ownOf(id)).toEqual([own]);
  authority.settings.clientSecrets = "accepted";
  await untilHolds(async () => {
    await relay.passTime();
    expect(deals.theOwnOf(id)).toMatchObject({ details: { dealValue: 91_000 } });
  });
  expect(await problems()).toEqual({});
});

test("[EE22] an expired sign-in is reported before there is work and while work waits, which then goes on", async () => {
  const { authority } = relay.clouds;
  await relay.stop();
  authority.settings.refreshTokens = "expired";
  await relay.start();
  const expired = { "partner-center": expect.stringContaining("CS-1202 ") };
  await untilHolds(async () => expect(await problems()).toEqual(expired));
  const id = deals.share();
  await untilPutOff("CS-1202");
  expect(await problems()).toEqual(expired);
  expect(deals.ownOf(id)).toEqual([]);
  authority.settings.refreshTokens = "accepted";
  await untilHolds(async () => {
    await relay.passTime();
    expect(deals.row(id)[COLUMN.status]).toBe(synced);
  });
  expect(deals.ownOf(id)).toHaveLength(1);
  expect(await problems()).toEqual({});
});
