// From nothing to set up and back again, as an admin does it: the real program as a process, both clouds and the sign-in
// authority on loopback, one story in the order of the guide. Each test goes on where the one before ended.

import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { relayRoleName, webhookEndpoint, webhookSteps } from "../../solution/schema/webhook-steps";
import { must } from "../../sync-relay/src/core/must";
import { text } from "../end-to-end/deals";
import { untilHolds } from "../end-to-end/until-holds";
import type { CosellEnded } from "./cosell-process";
import { guideOutputs, inGuideTerms, updateGuide } from "./guide";
import { startStand, type Stand } from "./stand";

/** A busy machine takes a while to start a database for each command. */
const LIMIT_MS = 120_000;
jest.setTimeout(LIMIT_MS);
let stand: Stand;

beforeAll(async () => {
  stand = await startStand();
});
afterAll(() => stand.close());

/** Outputs for the guide, by the name that they have there. */
const outputs = new Map<string, string>();
function forTheGuide(name: string, { stdout, stderr }: CosellEnded): void {
  outputs.set(name, inGuideTerms(stand, stderr + stdout));
}

const rows = (set: string) => stand.clouds.dataverse.records.list(set);
const row = (set: string, id: string) => stand.clouds.dataverse.records.read(set, id);
const columnsOf = (value: unknown) => (typeof value === "string" ? value.split(",") : []);
const secretFile = async (name: string) => (await readFile(join(stand.folder, "cosell-secrets", name), "utf8")).trim();

const today = () => new Date().toISOString().slice(0, "yyyy-mm-dd".length);

/** What the doctor says of the secrets. */
async function secretsLine(): Promise<string> {
  const { stdout } = await stand.run(["doctor", "--json"]);
  const { areas } = JSON.parse(stdout) as { readonly areas: readonly { area: string; summary: string }[] };
  return areas.find(({ area }) => area === "secrets")?.summary ?? "";
}

/** Requests that wrote something since a moment, as `METHOD path`. */
function writesSince(from: number): readonly string[] {
  return stand.clouds.dataverse.requests.entries
    .slice(from)
    .filter(({ method }) => method !== "GET")
    .map(({ method, path }) => `${method} ${path}`);
}

test("[IT1] init writes a configuration without a secret, and secrets that only the owner may read", async () => {
  const ended = await stand.init();
  forTheGuide("init", ended);
  const { code, stdout } = ended;
  expect(code).toBe(0);
  expect(stdout).toContain("[ ] 2. Authentication → Add a platform → Web → redirect URI: http://localhost");
  const config = await readFile(join(stand.folder, "cosell.yaml"), "utf8");
  expect(config).toContain(`public-url: ${stand.publicUrl}`);
  expect(config).toContain("client-secret-file: cosell-secrets/client-secret");
  for (const name of ["client-secret", "dataverse-webhook-secret", "partner-center-webhook-token", "master-key"]) {
    expect(config).not.toContain(await secretFile(name));
    expect((await stat(join(stand.folder, "cosell-secrets", name))).mode & 0o777).toBe(0o600);
  }
});

test("[SU1] setup without a sign-in changes nothing and names the command that mends it", async () => {
  const from = stand.clouds.dataverse.requests.entries.length;
  const { code, stderr } = await stand.run(["setup", "--yes"]);
  expect(code).toBe(1);
  expect(stderr).toContain("→ cosell login dataverse");
  expect(stand.clouds.dataverse.requests.entries).toHaveLength(from);
});

test("[LG1] a browser sign-in shows who, tenant, roles, second factor and until when", async () => {
  const ended = await stand.signIn(["login", "dataverse"], "administrator");
  forTheGuide("login-dataverse", ended);
  const { code, stdout } = ended;
  expect(code).toBe(0);
  expect(stdout).toContain("CRM Administrator (admin@contoso.example)");
  expect(stdout).toContain(stand.clouds.authority.tenantId);
  expect(stdout).toContain("System Administrator");
  expect(stdout).toMatch(/Multi-factor +yes/);
  const [, until = ""] = /Good until +(\d{4}-\d\d-\d\d)/.exec(stdout) ?? [];
  expect(Math.round((Date.parse(until) - Date.now()) / 86_400_000)).toBeCloseTo(90, -1);
});

test("[SU2] a dry run prints every call, sends none, and shows no secret", async () => {
  const from = stand.clouds.dataverse.requests.entries.length;
  const { code, stdout } = await stand.run(["setup", "--dry-run"]);
  expect(code).toBe(0);
  expect(writesSince(from)).toEqual([]);
  expect(stdout.match(/^(POST|PATCH|DELETE) /gm)).toHaveLength(8);
  expect(stdout).not.toContain(await secretFile("dataverse-webhook-secret"));
});

test("[SU3] setup makes user, role, endpoint, steps and images with the documented columns", async () => {
  const dryRun = await stand.run(["setup", "--dry-run", "--json"]);
  const planned = (JSON.parse(dryRun.stdout) as { calls: { method: string; path: string; body: unknown }[] }).calls;
  const from = stand.clouds.dataverse.requests.entries.length;
  const ended = await stand.run(["setup", "--yes"]);
  forTheGuide("setup", ended);
  const { code, stdout } = ended;
  expect(code).toBe(0);
  expect(stdout).toContain("Webhook endpoint");
  const sent = writesSince(from);
  expect(sent).toHaveLength(planned.length);
  expect(sent.map((line) => line.replace(/\([0-9a-f-]{36}\)/, "(<new application user>)"))).toEqual(
    planned.map(({ method, path }) => `${method} ${path}`),
  );
  const secret = await secretFile("dataverse-webhook-secret");
  expect(row("serviceendpoints", webhookEndpoint.id)).toMatchObject({
    url: `${stand.publicUrl}/webhooks/dataverse`,
    contract: 8,
    authtype: 5,
    connectionmode: 1,
    messageformat: 2,
    messagecharset: 1,
    userclaim: 1,
    isauthvalueset: true,
  });
  expect(JSON.stringify(row("serviceendpoints", webhookEndpoint.id))).not.toContain(secret);
  for (const step of webhookSteps) {
    expect(row("sdkmessageprocessingsteps", step.id)).toMatchObject({
      stage: 40,
      mode: 1,
      rank: 1,
      supporteddeployment: 0,
      asyncautodelete: true,
      invocationsource: 0,
      statecode: 0,
      _eventhandler_value: webhookEndpoint.id,
    });
  }
  const images = webhookSteps.flatMap(({ image }) => image ?? []);
  expect(images.length).toBeGreaterThan(0);
  for (const image of images) {
    expect(row("sdkmessageprocessingstepimages", image.id)).toMatchObject({
      imagetype: image.when === "before" ? 0 : 1,
      messagepropertyname: "Target",
      attributes: image.columns.join(","),
    });
  }
});

test("[SU4] the application user belongs to the app registration and has the relay's role alone", async () => {
  const clientId = stand.clouds.environment["COSELL_CLIENT_ID"];
  const [user, ...more] = rows("systemusers").filter((one) => one["applicationid"] === clientId);
  expect(more).toEqual([]);
  const roles = rows("systemuserrolescollection").filter((one) => one["systemuserid"] === user?.["systemuserid"]);
  expect(roles.map((one) => rows("roles").find((role) => role["roleid"] === one["roleid"])?.["name"])).toEqual([
    relayRoleName,
  ]);
  await Promise.resolve();
});

test("[SU5] run again, setup finds everything right and writes nothing", async () => {
  const from = stand.clouds.dataverse.requests.entries.length;
  const { code, stdout } = await stand.run(["setup", "--yes"]);
  expect(code).toBe(0);
  expect(stdout).toContain("Everything is as it should be.");
  expect(writesSince(from)).toEqual([]);
});

test("[SU6] what somebody changed is put right, and only that; the order of columns means nothing", async () => {
  const { records } = stand.clouds.dataverse;
  const [, update] = webhookSteps;
  const stepId = update?.id ?? "";
  const columns = columnsOf(row("sdkmessageprocessingsteps", stepId)?.["filteringattributes"]);
  const reversed = [...columns].reverse().join(", ");
  records.update("sdkmessageprocessingsteps", { id: stepId, body: { filteringattributes: reversed } });
  const from = stand.clouds.dataverse.requests.entries.length;
  expect((await stand.run(["setup", "--yes"])).code).toBe(0);
  expect(writesSince(from)).toEqual([]);
  records.update("sdkmessageprocessingsteps", {
    id: stepId,
    body: {
      filteringattributes: columns.filter((one) => one !== "estimatedvalue").join(","),
      statecode: 1,
      statuscode: 2,
    },
  });
  records.update("serviceendpoints", { id: webhookEndpoint.id, body: { url: "https://elsewhere.example/hook" } });
  const { stdout } = await stand.run(["setup", "--yes"]);
  expect(stdout).toContain("filteringattributes: +estimatedvalue");
  expect(stdout).toContain('url: "https://elsewhere.example/hook" → ');
  expect(writesSince(from)).toEqual([
    `PATCH serviceendpoints(${webhookEndpoint.id})`,
    `PATCH sdkmessageprocessingsteps(${stepId})`,
  ]);
  expect(row("sdkmessageprocessingsteps", stepId)).toMatchObject({ statecode: 0, statuscode: 1 });
});

test("[SU7] a mapping that reads another column makes setup listen to it", async () => {
  const mapping = join(stand.folder, "mapping.yaml");
  const lines = ["version: 1", "extends: builtin/default", "toPartnerCenter:", "  when: 'has(crm.budgetamount)'", ""];
  await writeFile(mapping, lines.join("\n"));
  const { stdout } = await stand.run(["setup", "--dry-run"], { environment: { COSELL_MAPPING_FILE: mapping } });
  expect(stdout).toContain(`PATCH sdkmessageprocessingsteps(${webhookSteps[1]?.id ?? ""})`);
  expect(stdout).toContain("budgetamount,");
});

test("[LG2] the running relay works with the sign-in that the command has stored, sealed", async () => {
  const ended = await stand.signIn(["login", "partner-center"], "syncUser");
  forTheGuide("login-partner-center", ended);
  const { code, stdout } = ended;
  expect(code).toBe(0);
  expect(stdout).toContain("Sync user (seller@partner.example)");
  expect(stdout).toContain("Referrals admin");
  expect(stdout).toMatch(/Referrals API +may be used/);
  expect(stdout).toMatch(/Events API +may be used/);
  const relay = await stand.startRelay();
  await untilHolds(async () => {
    const answer = (await (await fetch(`${relay.url}/readyz`)).json()) as { checks: Record<string, { ok: boolean }> };
    expect(answer.checks["partner-center"]).toMatchObject({ ok: true });
    expect(answer.checks["dataverse"]).toMatchObject({ ok: true });
  });
});

test("[WH1] a registration of somebody else is shown and left alone unless its own flag says so", async () => {
  const { webhooks } = stand.clouds.partnerCenter;
  const foreign = {
    subscriberId: "1",
    url: "https://other.example/hook?sig=canary-foreign",
    signatureInOwnHeader: false,
  };
  webhooks.register({ ...foreign, events: ["referral-created"] });
  const listed = await stand.run(["webhook", "list"]);
  expect(listed.code).toBe(1);
  expect(listed.stdout).toContain("somebody else’s: https://other.example/hook?…");
  const { code, stderr } = await stand.run(["webhook", "register", "partner-center", "--yes"]);
  expect(code).toBe(2);
  expect(stderr).toContain("Give --replace.");
  expect(webhooks.registration()?.url).toBe(foreign.url);
});

test("[WH2] register replaces it when told, asks for the relay's events, and sees a test event arrive", async () => {
  const ended = await stand.run(["webhook", "register", "partner-center", "--replace"]);
  forTheGuide("webhook-register-partner-center", ended);
  const { code, stdout } = ended;
  expect(code).toBe(0);
  expect(stdout).toContain("the call arrived and was stored");
  const registered = stand.clouds.partnerCenter.webhooks.registration();
  const token = await secretFile("partner-center-webhook-token");
  expect(registered?.url).toBe(`${stand.publicUrl}/webhooks/partner-center/${token}`);
  expect(registered?.signatureInOwnHeader).toBe(true);
  expect(registered?.events).toEqual(
    expect.arrayContaining(["referral-created", "referral-updated", "related-referral-created", "test-created"]),
  );
  expect(stdout).not.toContain(token);
});

test("[WH8] the list is not content with a step that is off, one that is gone, or another address", async () => {
  const { records } = stand.clouds.dataverse;
  const listed = async () => {
    const { code, stdout } = await stand.run(["webhook", "list"]);
    return { code, stdout };
  };
  expect((await listed()).code).toBe(0);
  const step = must(records.list("sdkmessageprocessingsteps")[0], "a step");
  const id = text(step["sdkmessageprocessingstepid"]);
  records.update("sdkmessageprocessingsteps", { id, body: { statecode: 1, statuscode: 2 } });
  expect(await listed()).toMatchObject({ code: 1, stdout: expect.stringContaining("steps are missing or disabled") });
  records.update("sdkmessageprocessingsteps", { id, body: { statecode: 0, statuscode: 1 } });
  const endpoint = must(records.list("serviceendpoints")[0], "an endpoint");
  const place = { id: text(endpoint["serviceendpointid"]) };
  records.update("serviceendpoints", { ...place, body: { url: "https://elsewhere.example/hook" } });
  expect(await listed()).toMatchObject({
    code: 1,
    stdout: expect.stringContaining("the address there is not the one"),
  });
  records.update("serviceendpoints", { ...place, body: { url: endpoint["url"] ?? "" } });
  expect((await listed()).code).toBe(0);
});

test("[WH3] a test of the Dataverse webhook changes nothing and sees the call arrive in the relay", async () => {
  const { records } = stand.clouds.dataverse;
  const none = await stand.run(["webhook", "test", "dataverse", "--yes"]);
  expect(none.code).toBe(1);
  expect(none.stderr).toContain("There is no open opportunity");
  const id = records.create("opportunities", { name: "To try it with" });
  const before = records.read("opportunities", id);
  const ended = await stand.run(["webhook", "test", "dataverse", "--yes"]);
  forTheGuide("webhook-test-dataverse", ended);
  const { code, stdout } = ended;
  expect(code).toBe(0);
  expect(stdout).toContain("knows the secret");
  expect(stdout).toContain("the call arrived and was stored");
  const { name, cosell_syncwithpartnercenter: sync } = records.read("opportunities", id) ?? {};
  expect({ name, sync }).toEqual({ name: "To try it with", sync: before?.["cosell_syncwithpartnercenter"] });
});

test("[WH4] the secret of Dataverse's calls is rotated in steps that each leave them working", async () => {
  const old = await secretFile("dataverse-webhook-secret");
  expect((await stand.run(["webhook", "rotate", "dataverse", "--yes"])).stdout).toContain("Restart the relay");
  const [fresh = "", kept] = (await secretFile("dataverse-webhook-secret")).split(",");
  expect(kept).toBe(old);
  expect(fresh).toMatch(/^[0-9a-f]{64}$/);
  const tooEarly = await stand.run(["webhook", "rotate", "dataverse", "--yes"]);
  expect(tooEarly.code).toBe(1);
  expect(tooEarly.stdout).toContain("does not know the secret");
  await stand.stopRelay();
  await stand.startRelay();
  const { code, stdout } = await stand.run(["webhook", "rotate", "dataverse", "--yes"]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("uses the new secret") as string });
  expect(await secretFile("dataverse-webhook-secret")).toBe(fresh);
  expect((await stand.run(["webhook", "test", "dataverse", "--yes"])).code).toBe(0);
});

test("[WH5] the token in Partner Center's address is rotated in the same steps", async () => {
  expect((await stand.run(["webhook", "rotate", "partner-center", "--yes"])).code).toBe(0);
  const [fresh = ""] = (await secretFile("partner-center-webhook-token")).split(",");
  await stand.stopRelay();
  await stand.startRelay();
  expect((await stand.run(["webhook", "rotate", "partner-center", "--yes"])).code).toBe(0);
  expect(await secretFile("partner-center-webhook-token")).toBe(fresh);
  const registered = stand.clouds.partnerCenter.webhooks.registration();
  expect(registered?.url).toBe(`${stand.publicUrl}/webhooks/partner-center/${fresh}`);
});

test("[KY1] the master key is replaced in two steps, and what was sealed opens with the new one alone", async () => {
  // The first sign-in was sealed before the relay was ever started.
  expect(await secretsLine()).toMatch(/, master key since \d{4}-\d\d-\d\d$/);
  const old = await secretFile("master-key");
  const dayBefore = today();
  const begun = await stand.run(["keys", "rotate", "--yes"]);
  const dayAfter = today();
  expect(begun.code).toBe(0);
  const [fresh = "", kept] = (await secretFile("master-key")).split(",");
  expect(kept).toBe(old);
  expect((await stand.run(["keys", "rotate", "--yes"])).stderr).toContain("--finish");
  await stand.stopRelay();
  await stand.startRelay();
  const finished = await stand.run(["keys", "rotate", "--finish"]);
  expect(finished.stdout).toMatch(/3 secret\(s\) sealed with key [0-9a-f]{8}/);
  expect(await secretFile("master-key")).toBe(fresh);
  const again = await stand.run(["keys", "rotate", "--finish"]);
  expect(again.stderr).toContain("There is only one key");
  await stand.stopRelay();
  await stand.startRelay();
  const said = await secretsLine();
  // A day may have ended during the rotation.
  expect([dayBefore, dayAfter]).toContain(/, master key since (\d{4}-\d\d-\d\d)$/.exec(said)?.[1]);
  const listed = await stand.run(["webhook", "list"]);
  forTheGuide("webhook-list", listed);
  expect(listed.code).toBe(0);
});

test("[WH6] uninstall takes steps and endpoint out, puts the old registration back and keeps the data", async () => {
  const opportunities = rows("opportunities").length;
  const ended = await stand.run(["uninstall", "--yes"]);
  forTheGuide("uninstall", ended);
  const { code, stdout } = ended;
  expect(code).toBe(0);
  expect(rows("serviceendpoints")).toEqual([]);
  expect(rows("sdkmessageprocessingsteps")).toEqual([]);
  expect(rows("sdkmessageprocessingstepimages")).toEqual([]);
  expect(rows("opportunities")).toHaveLength(opportunities);
  expect(stand.clouds.partnerCenter.webhooks.registration()).toMatchObject({
    url: "https://other.example/hook?sig=canary-foreign",
    events: ["referral-created"],
  });
  expect(stdout).toContain("What stays, and how to remove it:");
  expect((await stand.run(["setup", "--yes"])).stderr).toContain("→ cosell login dataverse");
});

test("[KY2] after all this no secret stands in the clear on disk, in a log or in what a command said", async () => {
  const secrets = await Promise.all(
    ["client-secret", "dataverse-webhook-secret", "partner-center-webhook-token", "master-key"].map(secretFile),
  );
  const found = await stand.search([...secrets, "canary-foreign"]);
  expect(found.tokens).toEqual([]);
  expect(found.elsewhere).toEqual([]);
  // The search finds what is there.
  expect(found.inSecretFiles).toHaveLength(secrets.length);
});

test("[AG1] the guide for admins holds what the commands really say", () => {
  if (process.env["UPDATE_GUIDE"] === "1") updateGuide(outputs);
  const guide = guideOutputs();
  expect([...guide.keys()].sort()).toEqual([...outputs.keys()].sort());
  for (const [name, output] of outputs) expect([name, guide.get(name)]).toEqual([name, output]);
});
