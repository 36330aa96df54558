// What the doctor finds in a Dataverse environment that is not as the relay needs it, and what it says when it may not
// look: staged in the loopback clouds and looked for by the compiled command. One story; each test puts back what it
// changed.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentIds } from "../../sync-relay/simulator/dataverse/environment";
import { text } from "../end-to-end/deals";
import { untilHolds } from "../end-to-end/until-holds";
import { START_WITHIN_MS, startWholeRelay, type WholeRelay } from "../end-to-end/whole-relay";
import { setVariable } from "../../sync-relay/simulator/dataverse/variable-shortcut";
import { cosell } from "./cosell-process";
import { doctorEnvironment, lookWithDoctor, signInAdministrator } from "./doctor-look";

// Several commands in a row on a busy machine.
jest.setTimeout(180_000);

let relay: WholeRelay;
let folder: string;

beforeAll(async () => {
  relay = await startWholeRelay({ environment: { COSELL_SWEEP_SECONDS: "86400" } });
  folder = await mkdtemp(join(tmpdir(), "cosell-doctor-"));
}, START_WITHIN_MS);

afterAll(async () => {
  await relay.close();
  await rm(folder, { recursive: true, force: true });
}, START_WITHIN_MS);

const doctor = (changes: Readonly<Record<string, string>> = {}) =>
  lookWithDoctor(folder, doctorEnvironment(relay, changes));

test("[DC11, DC40] what the relay's user may not read is told check by check, until an administrator has signed in", async () => {
  const refused = await doctor();
  expect(refused.ids).toEqual({
    dataverse: ["not-checked"],
    solution: ["not-checked", "not-checked"],
    "dataverse-webhook": ["not-checked"],
    "other-sync": ["not-checked"],
  });
  for (const table of ["Role", "Solution", "EnvironmentVariableDefinition", "ServiceEndpoint", "Workflow"]) {
    expect(refused.text).toContain(`the relay's user may not read it (prvRead${table})`);
  }
  expect(refused.text).toContain("→ run: cosell login dataverse, as an administrator");
  expect(refused.code).toBe(1);

  await signInAdministrator(relay);
  const from = relay.clouds.dataverse.requests.entries.length;
  expect(await doctor()).toMatchObject({ ids: {}, code: 0 });
  const asked = relay.clouds.dataverse.requests.entries.slice(from);
  const byAdministrator = asked.filter(({ userId }) => userId === environmentIds.administratorUser);
  const tables = new Set(byAdministrator.map(({ path }) => /^\w+/.exec(path)?.[0]));
  expect([...tables].sort()).toEqual([
    "asyncoperations",
    "environmentvariabledefinitions",
    "sdkmessageprocessingsteps",
    "serviceendpoints",
    "solutions",
    "systemusers",
    "workflows",
  ]);
});

test("[DC41, DC42] missing languages and environment variables that say something else are found", async () => {
  const { settings, records } = relay.clouds.dataverse;
  settings.languages = [1031];
  setVariable(records, "cosell_RelayAddress", null);
  setVariable(records, "cosell_ReferralLink", "https://example.com/{referralId}");
  const found = await doctor();
  expect(found.ids).toEqual({ solution: ["language-missing", "variable-unset", "variable-differs"] });
  expect(found.text).toContain("switched on in this environment (1031)");
  expect(found.text).toContain(`give “Relay address” the value ${relay.url()} (make.powerapps.com`);
  expect(found.text).toContain("cosell_ReferralLink is https://example.com/{referralId}");
  settings.languages = [1033, 1036];
  relay.clouds.callRelayAt(relay.url());
  expect(await doctor()).toMatchObject({ ids: {}, code: 0 });
});

test("[DC43] a mapping whose values differ from the choices that live in Dataverse is found, in both directions", async () => {
  const file = join(folder, "mapping.yaml");
  const status = "lists:\n  status: { 1: in-progress, 2: on-hold, 3: won, 99: lost }\n";
  await writeFile(file, `version: 1\nextends: builtin/default\n${status}`);
  const found = await doctor({ COSELL_MAPPING_FILE: file });
  expect(found.ids).toEqual({ mapping: ["option-unknown", "option-gone"] });
  expect(found.text).toContain(
    "statuscode has options that the mapping does not know, and deals with them are not sent: 4, 5",
  );
  expect(found.text).toContain("the mapping knows values that statuscode does not have any more: 99");
  const french = await cosell(["doctor", "--language", "fr"], {
    cwd: folder,
    environment: doctorEnvironment(relay, { COSELL_MAPPING_FILE: file }),
  });
  expect(french.stdout).toContain("statuscode a des options que la correspondance ne connaît pas");
});

test("[DC44, DC45, DC46] what the relay may not write is found: by privilege, by column security, by the column itself", async () => {
  const { records, settings, users } = relay.clouds.dataverse;
  const [privilege] = records.list("privileges").filter(({ name }) => name === "prvWriteOpportunity");
  const grant = records
    .list("roleprivilegescollection")
    .find(
      ({ roleid, privilegeid }) => roleid === environmentIds.relayRole && privilegeid === privilege?.["privilegeid"],
    );
  records.delete("roleprivilegescollection", text(grant?.["roleprivilegesid"]));
  settings.securedColumns = ["cosell_audit", "estimatedvalue"];
  const file = join(folder, "read-only.yaml");
  const entry = "toCrm:\n  update:\n    - { to: estimatedvalue_base, from: details.dealValue }\n";
  await writeFile(file, `version: 1\nextends: builtin/default\n${entry}`);
  const found = await doctor({ COSELL_MAPPING_FILE: file });
  expect(found.ids).toEqual({
    dataverse: ["privilege-missing", "column-hidden", "column-locked"],
    "dataverse-webhook": ["step-deaf"],
    mapping: ["column-read-only"],
  });
  expect(found.text).toContain("lacks privileges that the sync needs: prvWriteOpportunity");
  expect(found.text).toContain("takes them for empty: estimatedvalue");
  expect(found.text).toContain("cannot be set in this environment: estimatedvalue_base → cosell mapping check");

  records.seed("roleprivilegescollection", {
    roleid: environmentIds.relayRole,
    privilegeid: text(privilege?.["privilegeid"]),
  });
  const profile = records.seed("fieldsecurityprofiles", { name: "CoSell Sync relay" });
  for (const attributelogicalname of settings.securedColumns) {
    records.seed("fieldpermissions", {
      ...{ entityname: "opportunity", attributelogicalname, canread: 4, cancreate: 4, canupdate: 4 },
      "fieldsecurityprofileid@odata.bind": `/fieldsecurityprofiles(${profile})`,
    });
  }
  records.seed("systemuserprofilescollection", { systemuserid: users.application, fieldsecurityprofileid: profile });
  expect(await doctor()).toMatchObject({ ids: {}, code: 0 });
  settings.securedColumns = [];
});

test("[DC10] what the relay's own user may not read is no problem at /readyz, nor in the log", async () => {
  relay.clouds.dataverse.settings.languages = [1031];
  await relay.stop();
  const from = relay.log.length;
  await relay.start({ COSELL_INSPECT_SECONDS: "1" });
  const problems = async () => {
    const { checks } = JSON.parse((await relay.get("/readyz")).text) as {
      checks: Record<string, { problem?: string }>;
    };
    return Object.values(checks).flatMap(({ problem }) => problem ?? []);
  };
  await untilHolds(async () => expect((await problems()).join()).toContain("1031"));
  expect((await problems()).join()).not.toContain("not checked");
  const reasons = relay.log.slice(from).filter((line) => line.includes("the inspection found something"));
  expect(reasons.join()).toContain("language-missing");
  expect(reasons.join()).not.toContain("not-checked");
  relay.clouds.dataverse.settings.languages = [1033, 1036];
});
