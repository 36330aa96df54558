// The commands that watch and steer a relay: the compiled program beside a real relay between both loopback clouds.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { entryOf, isSettingName } from "../../sync-relay/src/config/setting-texts";
import { must } from "../../sync-relay/src/core/must";
import { COLUMN, dealsOf, statusValue, text, type Deals } from "../end-to-end/deals";
import { untilHolds } from "../end-to-end/until-holds";
import { START_WITHIN_MS, startWholeRelay, type WholeRelay } from "../end-to-end/whole-relay";
import { signInAdministrator } from "./doctor-look";
import { cosell, startCosell, type CosellEnded } from "./cosell-process";

// Several commands in a row on a busy machine.
jest.setTimeout(180_000);

const synced = statusValue("synced");

let relay: WholeRelay;
let deals: Deals;
let folder: string;

beforeAll(async () => {
  relay = await startWholeRelay({
    environment: { COSELL_SWEEP_SECONDS: "86400", COSELL_COALESCE_MS: "60" },
  });
  deals = dealsOf(relay.clouds);
  folder = await mkdtemp(join(tmpdir(), "cosell-operate-"));
}, START_WITHIN_MS);

afterAll(async () => {
  await relay.close();
  await rm(folder, { recursive: true, force: true });
}, START_WITHIN_MS);

const environment = () => ({
  ...relay.clouds.environment,
  COSELL_DATA_DIR: relay.dataDir,
  COSELL_PUBLIC_URL: relay.url(),
});
const run = (...words: readonly string[]): Promise<CosellEnded> =>
  cosell(words, { cwd: folder, environment: environment() });

/** What a command says with `--json`. */
async function json<T = Readonly<Record<string, unknown>>>(...words: readonly string[]): Promise<T> {
  const { stdout, stderr } = await run(...words, "--json");
  expect(stderr).toBe("");
  return JSON.parse(stdout) as T;
}

/** A shared deal that is in step. */
async function aSyncedDeal(): Promise<string> {
  const id = deals.share();
  await untilHolds(() => expect(deals.row(id)[COLUMN.status]).toBe(synced));
  await relay.atRest();
  return id;
}

test("[OP4] status tells what runs, what is linked, what waits, what is paused and what was given up", async () => {
  await aSyncedDeal();
  const { stdout, code } = await run("status");
  expect(stdout).toMatch(/\[✓\] Relay +running, \d/);
  expect(stdout).toMatch(/Opportunities +1 × Synced/);
  expect(stdout).toMatch(/Waiting +nothing/);
  expect(code).toBe(0);
  expect(await json("status")).toMatchObject({ relays: 1, paused: [], deadLetters: [], waiting: { events: 0 } });
});

test("[PA1, PA3, OP5] what is paused by one command is written by none, and the next one catches up and counts", async () => {
  const id = await aSyncedDeal();
  const own = deals.theOwnOf(id);
  expect((await run("pause", "crm-to-partner-center")).stdout).toContain("→ cosell resume crm-to-partner-center");
  deals.edit(id, { estimatedvalue: 88_000 });
  await untilHolds(() => expect(text(deals.row(id)[COLUMN.message])).toContain("paused"));
  await relay.atRest();
  expect(deals.theOwnOf(id)).toEqual(own);
  expect(await json("status")).toMatchObject({ heldBack: 1, paused: [{ direction: "crm-to-partner-center" }] });
  expect((await run("explain", id)).stdout).toMatch(/deal value +88,000 +50,000 .*goes to Partner Center/);
  const { stdout } = await run("resume");
  expect(stdout).toContain("crm-to-partner-center: goes on.");
  expect(stdout).toContain("partner-center-to-crm: was not paused.");
  expect(stdout).toContain("Caught up: 1 done.");
  expect(deals.theOwnOf(id)).toMatchObject({ details: { dealValue: 88_000 } });
  expect(deals.row(id)[COLUMN.status]).toBe(synced);
});

test("[OP2] explain tells a deal in words, by either id and in either language", async () => {
  const id = await aSyncedDeal();
  const referralId = text(deals.theOwnOf(id)["id"]);
  const { stdout } = await run("explain", referralId);
  expect(stdout).toContain(`Opportunity ${id}\nReferral ${referralId}\n`);
  expect(stdout).toContain("Both sides agree in every field; nothing is to be written.");
  expect(stdout).toMatch(/dataverse +opportunity-created +done/);
  expect(stdout).toMatch(/referral created: deal name, .* · done · /);
  const french = await run("explain", id, "--language", "fr");
  expect(french.stdout).toContain("Les deux côtés s’accordent sur tous les champs ; rien à écrire.");
  expect(await json("explain", id)).toMatchObject({ opportunityId: id, referralId, status: "synced" });
  const unknown = await run("explain", "0f000000-0000-4000-8000-00000000dead");
  expect([unknown.code, unknown.stdout]).toEqual([1, ""]);
  expect(unknown.stderr).toContain("Nobody knows");
});

test("[OP3] sync --dry-run shows what would be written where and writes nothing; sync writes it", async () => {
  const id = await aSyncedDeal();
  relay.clouds.dataverse.faults.webhooks.loseShare = 1;
  deals.edit(id, { estimatedvalue: 91_000 });
  await relay.atRest();
  const before = deals.theOwnOf(id);
  const { stdout } = await run("sync", id, "--dry-run");
  expect(stdout).toMatch(/Partner Center, referral .*:\n +deal value +50,000 → 91,000\n/);
  expect(stdout).toContain("Nothing was written.");
  expect(deals.theOwnOf(id)).toEqual(before);
  expect(await json("sync", id)).toEqual({ done: true, status: "synced" });
  expect(deals.theOwnOf(id)).toMatchObject({ details: { dealValue: 91_000 } });
  expect((await run("sync", id, "--dry-run")).stdout).toContain("Nothing would be written: both sides agree.");
  relay.clouds.dataverse.faults.reset();
});

test("[OP6] replay looks again at what changed since a time, whichever side it changed on", async () => {
  const [first, second] = [await aSyncedDeal(), await aSyncedDeal()];
  relay.clouds.dataverse.faults.webhooks.loseShare = 1;
  const { settings } = relay.clouds.partnerCenter;
  settings.lostShare = 1;
  deals.edit(first, { estimatedvalue: 92_000 });
  deals.portal(text(deals.theOwnOf(second)["id"]), { details: { notes: "From the portal" } });
  await relay.atRest();
  const { stdout, code } = await run("replay", "--since", "1h");
  expect(stdout).toMatch(/^\d+ deals are looked at again\.\nCaught up: \d+ done\.\n$/);
  expect(code).toBe(0);
  expect(deals.theOwnOf(first)).toMatchObject({ details: { dealValue: 92_000 } });
  expect(deals.row(second)["description"]).toBe("From the portal");
  relay.clouds.dataverse.faults.reset();
  settings.lostShare = 0;
});

test("[OP7] retry brings back what was given up: by reason, by time, and only after a yes", async () => {
  const krona = {
    currency: "SEK",
    dealValue: 5_000,
    closingDateTime: "2027-06-30T00:00:00Z",
    notes: "",
    requirements: { solutions: [] },
  };
  const referralId = deals.newDeal({ details: krona });
  await untilHolds(async () => expect(await json("status")).toMatchObject({ deadLetters: [{ because: "CS-1006" }] }));
  const given = await run("status");
  expect(given.stdout).toMatch(/\[✗\] Given up +1 × CS-1006: .*\n +→ cosell retry --reason CS-1006/);
  expect(given.code).toBe(1);
  expect((await run("retry", "--reason", "CS-1104", "--yes")).stdout).toContain("Nothing to retry.");
  expect(await json("retry", "--since", "2026-01-01", "--reason", "CS-1104", "--yes")).toEqual({ retried: 0 });
  const unasked = await run("retry");
  expect([unasked.code, unasked.stderr]).toEqual([2, expect.stringContaining("--yes")]);
  relay.clouds.dataverse.records.seed("transactioncurrencies", {
    isocurrencycode: "SEK",
    currencyname: "Krona",
    currencysymbol: "kr",
    exchangerate: 10,
  });
  // The relay remembers the currencies for a minute; a new one knows none.
  await relay.stop();
  await relay.start();
  await untilHolds(async () => {
    await run("retry", "--reason", "cs-1006", "--since", "1h", "--yes");
    expect(deals.rowsOf(referralId)).toHaveLength(1);
  });
  await untilHolds(async () => expect(await json("status")).toMatchObject({ deadLetters: [] }));
});

test("[OP1] what was mistyped is refused with what would be right, before anything is opened", async () => {
  const refused = async (...words: readonly string[]) => {
    const { code, stdout, stderr } = await run(...words);
    expect([code, stdout]).toEqual([2, ""]);
    return stderr;
  };
  expect(await refused("sync", "42")).toContain("8-4-4-4-12");
  expect(await refused("replay", "--since", "yesterday")).toContain("30m, 2h, 7d");
  expect(await refused("retry", "--reason", "timeout")).toContain("docs/errors.md");
  expect(await refused("pause", "sideways")).toContain("crm-to-partner-center");
  expect(await refused("adopt", "--referral-column", "a,b")).toContain("a,b");
  expect(await refused("diagnostics", "--log", "nowhere.log")).toContain("nowhere.log");
});

test("[BF1, BF2, BF3] backfill shows its plan, changes nothing when asked, links the rest after Ctrl-C, and doubles nothing", async () => {
  await relay.stop();
  const customer = deals.customer();
  const names = ["Alpha", "Beta", "Gamma", "Delta"];
  const { records } = relay.clouds.dataverse;
  const account = must(
    records.list("accounts").find((row) => row["accountid"] === customer.account),
    "the account",
  );
  const profile = { name: text(account["name"]), address: { country: "US" }, size: "10to50employees" };
  const ids = names.map((name) => {
    const referralId = deals.newDeal({ name, customerProfile: profile });
    const id = deals.share({ name, [COLUMN.sync]: false }, customer);
    if (name !== "Delta") deals.portal(referralId, { externalReferenceId: id });
    return { id, referralId, name };
  });
  const dry = await run("backfill", "--dry-run", "--by-name");
  expect(dry.stdout).toContain(
    "4 deals will be linked and switched on (0 by the opportunity, 3 by the referral, 1 by name).",
  );
  expect(dry.stdout).toContain("Nothing was changed.");
  expect(ids.map(({ id }) => deals.row(id)[COLUMN.referralId])).toEqual([null, null, null, null]);

  const { settings } = relay.clouds.dataverse;
  settings.latencyMs = 400;
  const command = startCosell(["backfill", "--by-name", "--yes"], { cwd: folder, environment: environment() });
  const linkedNow = () => ids.filter(({ id, referralId }) => deals.row(id)[COLUMN.referralId] === referralId).length;
  await untilHolds(() => expect(linkedNow()).toBeGreaterThan(0));
  command.child.kill("SIGINT");
  const interrupted = await command.ended;
  settings.latencyMs = 0;
  expect(interrupted.code).toBe(130);
  expect(interrupted.stdout).toMatch(/Interrupted after [1-3] of 4\. Run the same command again/);
  expect(linkedNow()).toBeLessThan(4);
  const rest = await run("backfill", "--by-name", "--yes");
  expect(rest.stdout).toContain("No relay is running");
  expect(linkedNow()).toBe(4);
  await relay.start();
  await untilHolds(() => {
    for (const { id } of ids) expect(deals.row(id)[COLUMN.status]).toBe(synced);
  });
  await relay.atRest();
  for (const { id, referralId } of ids) expect(deals.ownOf(id).map((own) => own["id"])).toEqual([referralId]);
  expect((await run("backfill", "--by-name", "--yes")).stdout).toContain("0 deals will be linked");
});

test("[AD1, AD2] adopt takes over another connector's deals, and cleans their names only when asked", async () => {
  // The customer's own column stands for the connector's; any text column of the opportunity does.
  const column = "stepname";
  const referralId = deals.newDeal({ name: "Adopted" });
  const id = deals.share({ name: "✔ Adopted", [column]: referralId, [COLUMN.sync]: false, [COLUMN.products]: null });
  deals.portal(referralId, { externalReferenceId: id });
  await relay.atRest();
  const flow = relay.clouds.dataverse.records.seed("workflows", {
    name: "Old flow",
    category: 5,
    clientdata: "shared_partnercenterref",
  });
  relay.clouds.dataverse.records.update("workflows", { id: flow, body: { statecode: 1 } });
  const words = ["adopt", "--referral-column", column];
  const unseen = await run(...words, "--yes");
  expect([unseen.code, unseen.stderr]).toEqual([1, expect.stringContaining("→ cosell login dataverse")]);
  await signInAdministrator(relay);
  const refused = await run(...words, "--yes");
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("Old flow")]);
  expect((await run(...words, "--dry-run")).stdout).toContain("1 deals will be taken over:");
  relay.clouds.dataverse.records.delete("workflows", flow);
  expect((await run(...words, "--yes")).stdout).toContain("Caught up: 1 done.");
  await untilHolds(() => expect(deals.row(id)).toMatchObject({ [COLUMN.referralId]: referralId, [COLUMN.sync]: true }));
  expect(deals.row(id)[COLUMN.products]).toBe("SOL-15974-MQF");
  const missing = await run("adopt", "--referral-column", "msft_nothere", "--yes");
  expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining("msft_nothere")]);
});

test("[EX1] export links writes every linked deal, for spreadsheets and for scripts", async () => {
  const id = await aSyncedDeal();
  const referralId = text(deals.theOwnOf(id)["id"]);
  expect((await run("export", "links", "--output", "links.csv")).stdout).toMatch(
    /^\d+ links written to links\.csv\.\n$/,
  );
  const csv = await readFile(join(folder, "links.csv"), "utf8");
  expect(csv).toContain(`${id},${referralId},${relay.clouds.partnerCenter.referralsUrl}/#r-${referralId}\r\n`);
  expect((await run("export", "links")).stdout.replaceAll("\r", "")).toBe(csv.replaceAll("\r", ""));
  const failed = await run("export", "links", "--output", "no/such/folder.csv");
  expect([failed.code, failed.stderr]).toEqual([1, expect.stringContaining("no/such/folder.csv")]);
});

test("[DX1] diagnostics holds versions, settings, findings and counts, and neither secret nor customer", async () => {
  const canaries = ["Canary & Sons", "canary@customer.example", "Canary notes", "Canaria", "Canary deal"];
  const customer = deals.customer({
    account: { name: canaries[0] ?? "", address1_country: canaries[3] ?? "" },
    contact: { emailaddress1: canaries[1] ?? "" },
  });
  const id = deals.share({ name: canaries[4] ?? "", description: canaries[2] ?? "" }, customer);
  await untilHolds(() => expect(text(deals.row(id)[COLUMN.message])).toContain("Canaria"));
  const referral = deals.newDeal({
    name: canaries[4] ?? "",
    details: {
      currency: "CNR",
      dealValue: 7,
      closingDateTime: "2027-06-30T00:00:00Z",
      notes: canaries[2] ?? "",
      requirements: { solutions: [] },
    },
  });
  await relay.atRest();
  await writeFile(join(folder, "relay.log"), relay.log.join("\n"));
  expect((await run("doctor")).stdout).toContain("Canaria");
  const { stdout, code } = await run("diagnostics", "--output", "bundle.json", "--log", "relay.log");
  expect([code, stdout]).toEqual([0, expect.stringContaining("bundle.json")]);
  const bundle = await readFile(join(folder, "bundle.json"), "utf8");
  const secrets = Object.entries(relay.clouds.environment)
    .filter(([name]) => isSettingName(name) && entryOf(name).secret)
    .map(([, value]) => value);
  expect(secrets.length).toBeGreaterThanOrEqual(4);
  for (const canary of [...canaries, ...secrets, id, referral]) expect(bundle).not.toContain(canary);
  expect(JSON.parse(bundle)).toMatchObject({
    versions: { relay: expect.any(String), node: expect.any(String) },
    settings: { COSELL_CLIENT_SECRET: "set", COSELL_DATABASE_URL: "not set", COSELL_SYNC_LEADS: "no" },
    status: { relays: 1, deadLetters: expect.any(Array) },
    doctor: expect.arrayContaining([expect.objectContaining({ area: "mapping", mark: "note" })]),
    lastWeek: expect.arrayContaining([expect.objectContaining({ action: "create-referral", result: "done" })]),
    log: { info: expect.any(Number) },
  });
});

test("[OP5] without a relay a command says so, does its part, and leaves the database to nobody", async () => {
  const id = await aSyncedDeal();
  await relay.stop();
  const status = await run("status");
  expect([status.code, status.stdout]).toEqual([1, expect.stringMatching(/\[!\] Relay +not running/)]);
  const replay = await run("replay", "--since", "1h");
  expect([replay.code, replay.stdout]).toEqual([
    1,
    expect.stringMatching(/are looked at again\.\nNo relay is running: [^\n]*\n$/),
  ]);
  const asked = await run("sync", id);
  expect([asked.code, asked.stdout]).toEqual([1, expect.stringContaining("No relay is running")]);
  expect(await relay.databasePid()).toBeNull();
  deals.edit(id, { estimatedvalue: 93_000 });
  // The relay starts while a command holds the database that it started itself, and keeps it when the command ends.
  const { settings } = relay.clouds.dataverse;
  settings.latencyMs = 4_000;
  const command = startCosell(["sync", id, "--dry-run"], { cwd: folder, environment: environment() });
  const server = await untilHolds(async () => must(await relay.databasePid(), "the command's database"));
  await relay.start();
  expect((await command.ended).code).toBe(0);
  settings.latencyMs = 0;
  expect(await relay.databasePid()).toBe(server);
  await untilHolds(() => expect(deals.theOwnOf(id)).toMatchObject({ details: { dealValue: 93_000 } }));
});
