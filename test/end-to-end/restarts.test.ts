import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { atPath } from "../../sync-relay/src/core/json";
import { must } from "../../sync-relay/src/core/must";
import { createTestCertificateAuthority } from "../../sync-relay/simulator/certificates/test-certificate-authority";
import { startRelayProcess } from "../../sync-relay/simulator/demo/relay-process";
import { compiledEntry } from "./compiled-entry";
import { COLUMN, dealsOf, HELP, statusValue, type Deals } from "./deals";
import { runToEnd } from "./run-to-end";
import { untilHolds } from "./until-holds";
import { START_WITHIN_MS, startWholeRelay, type Environment, type WholeRelay } from "./whole-relay";

// Several waits in a row on a busy machine.
jest.setTimeout(120_000);

let relay: WholeRelay;
let deals: Deals;

const synced = statusValue("synced");
/** What an orchestrator grants, with room for a busy machine; the relay itself gives running work 10 s at most. */
const EXITS_WITHIN_MS = 10_000;

beforeAll(async () => {
  relay = await startWholeRelay({
    environment: {
      COSELL_SWEEP_SECONDS: "86400",
      COSELL_COALESCE_MS: "60",
      // The clouds are on this machine: what has not arrived when the relay is back will not arrive any more.
      COSELL_CREATE_QUARANTINE_SECONDS: "0",
    },
    clouds: { latencyMs: 40 },
  });
  deals = dealsOf(relay.clouds);
}, START_WITHIN_MS);

afterEach(() => {
  relay.clouds.dataverse.faults.reset();
  relay.clouds.partnerCenter.faults.clear();
});

afterAll(() => relay.close(), START_WITHIN_MS);

test("[EE16] killed again and again at work, the relay goes on each time and doubles nothing", async () => {
  const { records } = relay.clouds.dataverse;
  const opportunities: string[] = [];
  const portalDeals: string[] = [];
  for (const killAfterMs of [150, 400, 900]) {
    for (let n = 0; n < 4; n += 1) {
      opportunities.push(deals.share(n % 2 === 0 ? { [COLUMN.help]: HELP } : {}));
      portalDeals.push(deals.newDeal());
    }
    const database = await relay.databasePid();
    await pause(killAfterMs);
    await relay.kill();
    await relay.start();
    expect(await relay.databasePid()).toBe(database);
  }
  expect(relay.log.filter((line) => line.includes('"adopted":true'))).toHaveLength(3);
  await untilHolds(() => {
    for (const id of opportunities) expect(deals.row(id)[COLUMN.status]).toBe(synced);
    for (const id of portalDeals) expect(deals.theRowOf(id)[COLUMN.status]).toBe(synced);
  });
  await relay.atRest();
  expect(opportunities.map((id) => deals.ownOf(id).length)).toEqual(opportunities.map(() => 1));
  expect(opportunities.map((id) => deals.microsoftsOf(id).length)).toEqual(opportunities.map((_, n) => (n + 1) % 2));
  expect(portalDeals.map((id) => deals.rowsOf(id).length)).toEqual(portalDeals.map(() => 1));
  expect(records.list("opportunities")).toHaveLength(opportunities.length + portalDeals.length);
});

test("[EE16] killed between its decision and its write, the relay makes the write after the next start", async () => {
  const { dataverse, partnerCenter } = relay.clouds;
  const known = deals.newDeal();
  await untilHolds(() => expect(deals.theRowOf(known)[COLUMN.status]).toBe(synced));
  await relay.atRest();
  // The write of the value to the CRM, and that of the new opportunity's id to Partner Center, never arrive.
  dataverse.faults.request({ method: "PATCH", pathPattern: "opportunities\\(", effect: { kind: "hang" } });
  partnerCenter.faults.order({ kind: "slow", method: "PATCH", delayMs: 600_000 });
  const patches = () =>
    dataverse.requests.entries.filter(({ method, path }) => method === "PATCH" && path.includes("opportunities("))
      .length;
  const before = patches();
  deals.portal(known, { details: { dealValue: 7_777 } });
  const added = deals.newDeal();
  await untilHolds(() => {
    expect(patches()).toBe(before + 1);
    expect(deals.rowsOf(added)).toHaveLength(1);
    expect(partnerCenter.faults.waiting()).toEqual([]);
  });
  await relay.kill();
  dataverse.faults.reset();
  partnerCenter.faults.clear();
  await relay.start();
  await untilHolds(() => {
    expect(deals.theRowOf(known)["estimatedvalue"]).toBe(7_777);
    expect(deals.theRowOf(added)[COLUMN.status]).toBe(synced);
  });
});

test("[EE17] stopped under load, the relay exits in order and loses no event that it took", async () => {
  const { dataverse, partnerCenter } = relay.clouds;
  const known = dataverse.webhooks.deliveries.length;
  const shared: string[] = [];
  let stopping: Promise<number | null> | null = null;
  const startedMs = Date.now();
  for (let n = 0; n < 24; n += 1) {
    shared.push(deals.share());
    if (n === 11) stopping = relay.stop();
    await pause(10);
  }
  const code = await must(stopping, "it was told to stop");
  expect(code).toBe(0);
  expect(Date.now() - startedMs).toBeLessThan(EXITS_WITHIN_MS);
  await dataverse.webhooks.idle();
  const taken = dataverse.webhooks.deliveries
    .slice(known)
    .filter(({ outcome, rowId, message }) => outcome === "delivered" && message === "Create" && shared.includes(rowId));
  expect(taken.length).toBeGreaterThan(5);
  // The sweep at the start would find the others as well, and hide a lost event.
  dataverse.faults.request({
    pathPattern: "^/?opportunities\\?",
    times: 1_000,
    effect: { kind: "status", status: 500 },
  });
  partnerCenter.faults.order({ kind: "server-error", method: "GET", pathContains: "updatedDateTime", count: 1_000 });
  await relay.start();
  await untilHolds(() => {
    for (const { rowId } of taken) expect(deals.row(rowId)[COLUMN.status]).toBe(synced);
  });
  await relay.atRest();
  expect(taken.map(({ rowId }) => deals.ownOf(rowId).length)).toEqual(taken.map(() => 1));
});

test("[EE18] without its database the relay answers 503, brings it back and goes on", async () => {
  const { dataverse } = relay.clouds;
  const id = deals.share();
  await untilHolds(() => expect(deals.row(id)[COLUMN.status]).toBe(synced));
  await relay.atRest();
  const before = await relay.databasePid();
  dataverse.settings.webhookRetryDelayMs = 5_000;
  process.kill(must(before, "a database runs"), "SIGINT");
  await untilHolds(async () => expect((await relay.get("/readyz")).status).toBe(503));
  expect((await relay.get("/readyz")).text).toContain("CS-1301");
  const known = dataverse.webhooks.deliveries.length;
  deals.edit(id, { estimatedvalue: 88_000 });
  await untilHolds(() => expect(atPath(deals.theOwnOf(id), "details.dealValue")).toBe(88_000));
  // Dataverse tries once more after 503, and after no other answer.
  const told = dataverse.webhooks.deliveries.slice(known).find(({ rowId }) => rowId === id);
  expect(told).toMatchObject({ outcome: "delivered", attempts: 2 });
  await untilHolds(async () => expect((await relay.get("/readyz")).status).toBe(200));
  expect(await relay.databasePid()).not.toBe(before);
});

test("[EE30] a relay that is started a second time by mistake ends without touching the first one's database and work", async () => {
  const { port } = new URL(relay.url());
  const environment = { ...relay.clouds.environment, COSELL_DATA_DIR: relay.dataDir, COSELL_PORT: port };
  const database = must(await relay.databasePid(), "a database runs");
  const known = deals.newDeal();
  await untilHolds(() => expect(deals.theRowOf(known)[COLUMN.status]).toBe(synced));
  const { code, output } = await runToEnd(compiledEntry("src/main.js"), environment);
  expect(code).toBe(1);
  expect(output).toContain("EADDRINUSE");
  expect(await relay.databasePid()).toBe(database);
  await relay.sql("insert into cosell.migration (number) values (1000)");
  const refused = await runToEnd(compiledEntry("src/main.js"), environment);
  await relay.sql("delete from cosell.migration where number = 1000");
  expect(refused.output).toContain("used by a newer relay");
  expect(await relay.databasePid()).toBe(database);
  expect((await relay.get("/readyz")).status).toBe(200);
  const added = deals.newDeal();
  await untilHolds(() => expect(deals.theRowOf(added)[COLUMN.status]).toBe(synced));
});

test("[EE30] of two relays on one embedded database the last one that ends stops it", async () => {
  const environment = { ...relay.clouds.environment, COSELL_DATA_DIR: relay.dataDir };
  const database = must(await relay.databasePid(), "a database runs");
  const second = await startRelayProcess({ environment, port: 0, entry: compiledEntry("src/main.js") });
  expect(await relay.stop()).toBe(0);
  expect(await relay.databasePid()).toBe(database);
  expect(await second.stop()).toBe(0);
  expect(await relay.databasePid()).toBeNull();
  await relay.start();
});

test("[EE28] a start that fails, at its port, its roots or its tables, says why and leaves no database running", async () => {
  const { port } = new URL(relay.url());
  const environment = { ...relay.clouds.environment, COSELL_DATA_DIR: relay.dataDir, COSELL_PORT: port };
  const failing = async (changes: Environment = {}): Promise<string> => {
    const { code, output } = await runToEnd(compiledEntry("src/main.js"), { ...environment, ...changes });
    expect(code).toBe(1);
    expect(await relay.databasePid()).toBeNull();
    return output;
  };
  await relay.stop();
  const other = createServer().listen(Number(port), "127.0.0.1");
  await once(other, "listening");
  expect(await failing()).toContain("EADDRINUSE");
  await new Promise((resolve) => other.close(resolve));
  const { intermediatePem } = await createTestCertificateAuthority();
  expect(await failing({ COSELL_CERTIFICATE_ANCHORS: intermediatePem })).toContain("no root certificate");
  await relay.start();
  await relay.sql("insert into cosell.migration (number) values (1000)");
  await relay.stop();
  expect(await failing()).toContain("used by a newer relay");
});
