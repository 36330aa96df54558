// Everything that the doctor should find, staged in the loopback clouds, the database or the settings of a real relay,
// and looked for by the compiled command.

import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REFRESH_TOKEN_NAME } from "../../sync-relay/src/adapters/entra/refresh-token-store";
import { createMasterKey } from "../../sync-relay/src/adapters/sealing/master-key";
import { createSealing } from "../../sync-relay/src/adapters/sealing/sealing";
import type { Json } from "../../sync-relay/src/core/json";
import { areaNames } from "../../sync-relay/src/operate/doctor/area";
import { productVersion } from "../../sync-relay/src/adapters/system/product-version";
import { must } from "../../sync-relay/src/core/must";
import { environmentIds } from "../../sync-relay/simulator/dataverse/environment";
import { dealsOf, text, type Deals } from "../end-to-end/deals";
import { resetUpstreamCalls, upstreamCalls } from "../end-to-end/upstream-calls";
import { untilHolds } from "../end-to-end/until-holds";
import { aCertificateAuthority, asTheRelay, atTlsAddress } from "../support/tls-address";
import { START_WITHIN_MS, startWholeRelay, type WholeRelay } from "../end-to-end/whole-relay";
import { cosell } from "./cosell-process";
import { doctorEnvironment, lookWithDoctor } from "./doctor-look";
import { furtherRole, type FurtherRole } from "./further-role";

// Several commands in a row on a busy machine.
jest.setTimeout(180_000);

const DAY_MS = 24 * 60 * 60_000;

let relay: WholeRelay;
let deals: Deals;
let folder: string;
/** The further role with which the relay's user may look at everything. */
let readerRole: FurtherRole;

beforeAll(async () => {
  relay = await startWholeRelay({ environment: { COSELL_SWEEP_SECONDS: "86400", COSELL_COALESCE_MS: "60" } });
  deals = dealsOf(relay.clouds);
  folder = await mkdtemp(join(tmpdir(), "cosell-doctor-"));
  readerRole = furtherRole(relay.clouds.dataverse, /^prvRead/);
  readerRole.give();
}, START_WITHIN_MS);

afterAll(async () => {
  await relay.close();
  await rm(folder, { recursive: true, force: true });
}, START_WITHIN_MS);

function environment(changes: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return doctorEnvironment(relay, changes);
}

const doctor = (changes: Readonly<Record<string, string>> = {}) => lookWithDoctor(folder, environment(changes));

const rows = (set: string) => relay.clouds.dataverse.records.list(set);
const step = (message: string) =>
  must(
    rows("sdkmessageprocessingsteps").find((row) => text(row["name"]).includes(`: ${message} `)),
    "a registered step",
  );

/** What the guide shows of a relay on which all is well. */
function greenInGuide(): string {
  const page = readFileSync(join(__dirname, "../../docs/admin.md"), "utf8");
  const [, after = ""] = page.split("<!-- what the doctor says -->");
  const [, block = ""] = after.split("```");
  return block.slice("text\n".length);
}

/** An output with the addresses, days and versions of the guide's example: what ends has 89 days to go. */
function inGuideTerms(output: string, address: string): string {
  return output
    .replaceAll(address, "https://relay.contoso.com")
    .replaceAll(new URL(address).host, "relay.contoso.com")
    .replaceAll("Microsoft Corporation, Simulated Issuing Authority 01", "DigiCert Inc, GeoTrust TLS RSA CA G1")
    .replaceAll(/\b20\d\d-\d\d-\d\d\b/g, "2027-02-20")
    .replaceAll("since 2027-02-20", "since 2026-09-14")
    .replaceAll(/\(\d+ days\)/g, "(89 days)")
    .replaceAll(new URL(relay.clouds.dataverse.url).host, "contoso.crm4.dynamics.com")
    .replaceAll(process.versions.node, "24.21.0")
    .replaceAll(productVersion(), "1.0.0");
}

test("[DC1] a relay that is set up has no issues, says so in a line an area, and ends with 0", async () => {
  const chain = await aCertificateAuthority();
  const trusted = join(folder, "root.pem");
  await writeFile(trusted, chain.root.pem);
  const { code, stdout, told } = await atTlsAddress({ chain, answer: asTheRelay(relay) }, async (url) => {
    relay.clouds.callRelayAt(url);
    const shown = { ...environment({ COSELL_PUBLIC_URL: url }), NODE_EXTRA_CA_CERTS: trusted };
    const ended = await cosell(["doctor"], { cwd: folder, environment: shown });
    return { ...ended, told: inGuideTerms(ended.stdout, url) };
  }).finally(() => relay.clouds.callRelayAt(relay.url()));
  expect(told).toBe(greenInGuide());
  const lines = stdout.trim().split("\n");
  expect(lines.filter((line) => !line.startsWith("[✓]"))).toEqual(["• No issues found!"]);
  expect(lines).toHaveLength(areaNames.length + 1);
  expect(stdout).toMatch(/Dataverse +127\.0\.0\.1:\d+ as “# Co-sell relay” \(role CoSell Sync relay\)/);
  expect(code).toBe(0);
  const detailed = await cosell(["doctor", "-v"], { cwd: folder, environment: environment() });
  expect(detailed.stdout).toMatch(/Dataverse webhook .*\n +must hear of: .*estimatedvalue/);
  expect(detailed.stdout).toMatch(/Mapping .*\n +columns: .*\n +currencies of Dynamics 365: CHF, EUR/);
});

test("[DC1] it says the same in French, with the command that mends it", async () => {
  const environmentOfElsewhere = environment({ COSELL_PUBLIC_URL: "http://127.0.0.1:9" });
  const { code, stdout } = await cosell(["doctor", "--language", "fr"], {
    cwd: folder,
    environment: environmentOfElsewhere,
  });
  expect(stdout).toMatch(/\[✗\] Webhook Dataverse .*\n +le webhook va vers .*\n +→ cosell setup/);
  expect(stdout).toMatch(/! \d+ points demandent votre attention\./);
  expect(code).toBe(1);
});

test("[DC2, DC3, DC4, DC5] what is wrong inside of the clouds is found in one look, each with what mends it", async () => {
  const { dataverse, partnerCenter } = relay.clouds;
  const { records } = dataverse;
  const update = step("Update");
  const columns = text(update["filteringattributes"]);
  const heard = columns.split(",").filter((name) => name !== "estimatedvalue" && name !== "cosell_helprequired");
  const editStep = (id: Json | undefined, body: Parameters<typeof records.update>[1]["body"]) =>
    records.update("sdkmessageprocessingsteps", { id: text(id), body });
  const [solution] = rows("solutions");
  const version = text(solution?.["version"]);
  const registration = must(partnerCenter.webhooks.registration(), "registered");
  editStep(update["sdkmessageprocessingstepid"], { filteringattributes: heard.join(",") });
  editStep(step("Delete")["sdkmessageprocessingstepid"], { statecode: 1, statuscode: 2 });
  records.update("solutions", { id: text(solution?.["solutionid"]), body: { version: "0.0.9.0" } });
  const flow = records.seed("workflows", {
    name: "Dynamics 365 to Partner Center (Insider Preview)",
    category: 5,
    clientdata: '{"connectionReferences":{"shared_partnercenterref":{}}}',
  });
  records.update("workflows", { id: flow, body: { statecode: 1 } });
  partnerCenter.webhooks.register({
    ...registration,
    url: "https://prod-12.westeurope.logic.azure.com/workflows/abc/triggers?sig=flow-secret",
    events: ["referral-created"],
  });
  dataverse.settings.clockAheadMs = 120_000;
  const found = await doctor();
  expect(found.ids).toEqual({
    clock: ["clock-off"],
    solution: ["solution-version"],
    "dataverse-webhook": ["step-disabled", "step-deaf"],
    "partner-center-webhook": ["registration-connector", "registration-events"],
    "other-sync": ["other-sync"],
  });
  expect(found.text).toContain("missing: cosell_helprequired, estimatedvalue");
  expect(found.text).toContain("logic.azure.com");
  expect(found.text).toContain("Insider Preview");
  expect(found.text).not.toContain("flow-secret");
  expect(found.code).toBe(1);

  dataverse.settings.clockAheadMs = 0;
  partnerCenter.webhooks.register(registration);
  records.delete("workflows", flow);
  records.update("solutions", { id: text(solution?.["solutionid"]), body: { version } });
  editStep(update["sdkmessageprocessingstepid"], { filteringattributes: columns });
  editStep(step("Delete")["sdkmessageprocessingstepid"], { statecode: 0, statuscode: 1 });
  expect(await doctor()).toMatchObject({ ids: {}, code: 0 });
});

test("[DC2] a missing role, a missing solution and columns that are not there are found", async () => {
  const { dataverse } = relay.clouds;
  const { records, users } = dataverse;
  const link = must(
    rows("systemuserrolescollection").find(
      (row) => row["systemuserid"] === users.application && row["roleid"] === environmentIds.relayRole,
    ),
    "the relay's role",
  );
  const other = must(
    rows("roles").find((row) => row["name"] === "Salesperson"),
    "another role",
  );
  const [solution] = rows("solutions");
  records.delete("systemuserrolescollection", text(link["systemuserroleid"] ?? link["systemuserrolesid"]));
  readerRole.take();
  expect((await doctor()).ids["dataverse"]).toEqual(["no-application-user"]);
  const instead = records.seed("systemuserrolescollection", {
    systemuserid: users.application,
    roleid: other["roleid"] ?? null,
  });
  records.delete("solutions", text(solution?.["solutionid"]));
  expect((await doctor()).ids).toEqual({ dataverse: ["role-missing"], solution: ["solution-missing"] });

  records.delete("systemuserrolescollection", instead);
  readerRole.give();
  records.seed("systemuserrolescollection", { systemuserid: users.application, roleid: link["roleid"] ?? null });
  records.seed("solutions", {
    uniquename: "CoSellSync",
    friendlyname: "Co-sell",
    version: text(solution?.["version"]),
  });
  const message = "Could not find a property named 'cosell_audit' on type 'Microsoft.Dynamics.CRM.opportunity'.";
  const missing = { kind: "status", status: 400, code: "0x80060888", message } as const;
  dataverse.faults.request({ pathPattern: "cosell_audit", times: 100, effect: missing });
  const file = join(folder, "mapping.yaml");
  await writeFile(
    file,
    "version: 1\nextends: builtin/default\ntoPartnerCenter:\n  create:\n    - { to: customerProfile.address.city, from: parentaccountid.new_missing }\n",
  );
  const found = await doctor({ COSELL_MAPPING_FILE: file });
  expect(found.ids["mapping"]).toEqual(["mapped-column-missing"]);
  expect(found.ids["solution"]).toEqual(["section-column-missing"]);
  expect(found.text).toContain("new_missing");
  expect(found.text).toContain(": cosell_audit");
  dataverse.faults.reset();
});

test("[DC6] a wrong and an expired client secret are told apart, and what needs them is not guessed at", async () => {
  const { authority } = relay.clouds;
  authority.settings.clientSecrets = "wrong";
  const wrong = await doctor();
  expect(wrong.ids).toEqual({ dataverse: ["secret-wrong"], "partner-center": ["credential-refused"] });
  expect(wrong.skipped).toEqual(["solution", "dataverse-webhook", "partner-center-webhook", "mapping", "other-sync"]);
  authority.settings.clientSecrets = "expired";
  expect((await doctor()).ids["dataverse"]).toEqual(["secret-expired"]);
  authority.settings.clientSecrets = "accepted";
});

test("[DC6] a sign-in that has expired, has no role or ends soon is found", async () => {
  const { authority, partnerCenter } = relay.clouds;
  authority.settings.refreshTokens = "expired";
  const expired = await doctor();
  expect(expired.ids).toEqual({ "partner-center": ["sign-in-expired"] });
  expect(expired.text).toContain("AADSTS700082");
  expect(expired.text).toContain("→ cosell login partner-center");
  authority.settings.refreshTokens = "accepted";
  partnerCenter.settings.role = "none";
  expect((await doctor()).ids).toEqual({ "partner-center": ["partner-role-missing"] });
  partnerCenter.settings.role = "admin";

  const sealing = createSealing({ keys: [await createMasterKey(relay.dataDir)] });
  const [stored] = await relay.sql<{ sealed: string }>(
    `select sealed from cosell.secret where name = '${REFRESH_TOKEN_NAME}'`,
  );
  const { token } = JSON.parse(sealing.open(REFRESH_TOKEN_NAME, must(stored, "a stored sign-in").sealed)) as {
    token: string;
  };
  const soon = JSON.stringify({ token, expiresAtMs: Date.now() + 9.5 * DAY_MS });
  await relay.sql(`update cosell.secret set sealed = '${sealing.seal(REFRESH_TOKEN_NAME, soon)}'`);
  const ending = await doctor();
  expect(ending.ids).toEqual({ "partner-center": ["sign-in-ending"] });
  expect(ending.text).toContain("9 days");
});

test("[DC7] addresses that lead elsewhere are found, from all sides", async () => {
  const stranger = createServer((_request, response) => response.end("hello"));
  await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
  const port = (stranger.address() as AddressInfo).port;
  const other = await doctor({ COSELL_PUBLIC_URL: `http://127.0.0.1:${port}` }).finally(() => stranger.close());
  expect(other.ids).toEqual({
    solution: ["variable-differs"],
    address: ["address-other"],
    "dataverse-webhook": ["endpoint-elsewhere"],
    "partner-center-webhook": ["registration-elsewhere"],
  });
  expect(other.text).not.toContain(relay.clouds.environment["COSELL_PARTNER_CENTER_WEBHOOK_TOKEN"]);
  expect((await doctor({ COSELL_PUBLIC_URL: "http://127.0.0.1:9" })).ids["address"]).toEqual(["address-unreachable"]);
  const token = "another-token-of-thirty-two-or-more-characters";
  const old = await doctor({ COSELL_PARTNER_CENTER_WEBHOOK_TOKEN: token });
  expect(old.ids).toEqual({ "partner-center-webhook": ["registration-old-token"] });
  relay.clouds.partnerCenter.webhooks.register(null);
  expect((await doctor()).ids["partner-center-webhook"]).toEqual(["registration-missing"]);
  relay.clouds.callRelayAt(relay.url());
});

test("[DC8, DC9] values that the mapping or the CRM does not know, and work that does not get done, are found", async () => {
  const atlantis = deals.share({}, deals.customer({ account: { address1_country: "Atlantis" } }));
  const krona = deals.newDeal({
    details: {
      dealValue: 1_000,
      currency: "SEK",
      closingDateTime: "2027-06-30T00:00:00Z",
      notes: "",
      requirements: { solutions: [] },
    },
  });
  await untilHolds(async () => {
    const [row] = await relay.sql<{ dead: number }>(
      "select count(*)::int as dead from cosell.pair where dead_because = 'CS-1006'",
    );
    expect(row?.dead).toBe(1);
  });
  await untilHolds(() => expect(deals.row(atlantis)["cosell_syncmessage"]).toContain("Atlantis"));
  await relay.atRest();
  const paused = await cosell(["pause"], { cwd: folder, environment: environment() });
  expect(paused.code).toBe(0);
  deals.edit(atlantis, { description: "waits" });
  await untilHolds(async () => {
    await relay.sql("update cosell.waiting set received_at = now() - interval '50 minutes'");
    const found = await doctor();
    expect(found.ids["relay"]).toEqual(["paused", "paused", "backlog-old", "dead-letters"]);
    expect(found.ids["mapping"]).toEqual(["country-unknown", "currency-missing"]);
    expect(found.text).toContain("CS-1006: 1");
    expect(found.text).toContain("Atlantis");
    expect(found.text).toContain("SEK");
    expect(found.text).toContain("50 minutes");
  });
  await cosell(["resume", "--background"], { cwd: folder, environment: environment() });
  relay.clouds.partnerCenter.referrals.edit(krona, { details: { currency: "EUR" } });
  deals.edit(atlantis, { cosell_syncwithpartnercenter: false });
});

test("[DC10] the relay's own inspection tells the same findings at /readyz, and a probe asks no cloud", async () => {
  await relay.stop();
  const stopped = await doctor();
  expect(stopped.ids).toMatchObject({ address: ["address-unreachable"] });
  expect(stopped.ids["relay"]?.[0]).toBe("no-relay");
  await relay.start({ COSELL_PUBLIC_URL: relay.url(), COSELL_INSPECT_SECONDS: "1" });
  const [solution] = rows("solutions");
  const { records } = relay.clouds.dataverse;
  records.update("solutions", { id: text(solution?.["solutionid"]), body: { version: "0.0.9.0" } });
  const readiness = async () => JSON.parse((await relay.get("/readyz")).text) as Readiness;
  await untilHolds(async () => {
    const { ready, checks } = await readiness();
    expect(checks["solution"]).toMatchObject({ ok: true, problem: expect.stringContaining("0.0.9.0") });
    expect(checks["solution"]?.problem).toContain("→ import the solution");
    expect(ready).toBe(true);
  });
  await relay.stop();
  await relay.start({ COSELL_INSPECT_SECONDS: "0" });
  await relay.atRest();
  await untilHolds(async () => expect((await readiness()).ready).toBe(true));
  resetUpstreamCalls(relay.clouds);
  for (let n = 0; n < 5; n += 1) await readiness();
  expect(upstreamCalls(relay.clouds)).toEqual({ dataverse: [], partnerCenter: [] });
});

interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly problem?: string }>>;
}

test("[DC9] a database that cannot be opened is a finding, and nothing else is guessed at", async () => {
  const found = await doctor({ COSELL_DATABASE_URL: "postgres://nobody@127.0.0.1:9/nothing" });
  expect(found.ids).toEqual({ relay: ["database-down"] });
  expect(found.skipped).toHaveLength(areaNames.length - 1);
  expect(found.code).toBe(1);
});

test("[DC8] a broken mapping file is a finding with its place, and the clouds are looked at all the same", async () => {
  const file = join(folder, "broken.yaml");
  await writeFile(file, "version: 1\nextends: builtin/default\ntoCrm:\n  update:\n    - { to: name, from: nmae }\n");
  const found = await doctor({ COSELL_MAPPING_FILE: file });
  expect(found.ids["mapping"]).toEqual(["mapping-broken"]);
  expect(found.text).toMatch(/broken\.yaml:5:\d+/);
  expect(found.ids["dataverse"]).toBeUndefined();
});
