import type { AuthoritySettings } from "../../sync-relay/simulator/authority/authority-settings";
import { COLUMN, dealsOf, statusValue, type Deals } from "./deals";
import { untilHolds } from "./until-holds";
import { START_WITHIN_MS, startWholeRelay, type WholeRelay } from "./whole-relay";

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

test.each<[string, Partial<AuthoritySettings>, string, string]>([
  ["the Partner Center sign-in has expired", { refreshTokens: "expired" }, "CS-1202", "partner-center"],
  ["the client secret is wrong", { clientSecrets: "wrong" }, "CS-1201", "dataverse"],
])("[EE22] when %s, /readyz says so, work waits, and then goes on", async (_, refusal, code, check) => {
  const { authority } = relay.clouds;
  const before = { ...authority.settings };
  const id = deals.share();
  await untilHolds(() => expect(deals.row(id)[COLUMN.status]).toBe(synced));
  await relay.atRest();
  Object.assign(authority.settings, refusal);
  authority.revokeAccessTokens();
  const [own] = deals.ownOf(id);
  deals.edit(id, { estimatedvalue: 91_000 });
  await untilPutOff(code);
  expect(await problems()).toEqual({ [check]: expect.stringContaining(`${code} `) });
  expect(deals.ownOf(id)).toEqual([own]);
  Object.assign(authority.settings, before);
  await untilHolds(async () => {
    await relay.passTime();
    expect(deals.theOwnOf(id)).toMatchObject({ details: { dealValue: 91_000 } });
  });
  await untilHolds(async () => expect(await problems()).toEqual({}));
});

test("[EE22] a sign-in that has expired before the start is reported before there is any work", async () => {
  const { authority } = relay.clouds;
  await relay.stop();
  authority.settings.refreshTokens = "revoked";
  await relay.start();
  await untilHolds(async () => expect(Object.keys(await problems())).toEqual(["partner-center"]));
  expect((await problems())["partner-center"]).toMatch(/^CS-1202 /);
  authority.settings.refreshTokens = "accepted";
  await untilHolds(async () => expect(await problems()).toEqual({}));
  const id = deals.share();
  await untilHolds(() => expect(deals.row(id)[COLUMN.status]).toBe(synced));
});
