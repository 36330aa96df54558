// What goes wrong at an admin's hands: each is said in words, with what to do, and changes nothing.

import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { relayRoleName } from "../../solution/schema/webhook-steps";
import { startLoopbackClouds, type LoopbackClouds } from "../../sync-relay/simulator/demo/loopback-clouds";
import { untilHolds } from "../end-to-end/until-holds";
import { runCertificate } from "../support/run-certificate";
import { cosell, startCosell } from "./cosell-process";

const LIMIT_MS = 120_000;
let folder: string;
let clouds: LoopbackClouds;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cosell-bad-"));
  await chmod(folder, 0o755);
  clouds = await startLoopbackClouds({ applicationUser: "to-be-made" });
}, LIMIT_MS);
afterAll(async () => {
  await clouds.close();
  await rm(folder, { recursive: true, force: true });
}, LIMIT_MS);

const run = (words: readonly string[], more: { input?: string; environment?: Record<string, string> } = {}) =>
  cosell(words, {
    cwd: folder,
    ...more,
    environment: { ...clouds.environment, COSELL_PUBLIC_URL: "http://127.0.0.1:9", ...more.environment },
  });

const GUID = "11111111-2222-3333-4444-555555555555";
const initWith = (changes: Readonly<Record<string, string>>) =>
  Object.entries({
    "--dataverse-url": "https://contoso.crm4.dynamics.com",
    "--tenant-id": "contoso.com",
    "--client-id": GUID,
    "--public-url": "https://relay.contoso.com",
    ...changes,
  }).flat();

test.each([
  [
    { "--dataverse-url": "contoso.crm4.dynamics.com" },
    '--dataverse-url: "contoso.crm4.dynamics.com" is not an address; write https://host.',
  ],
  [{ "--dataverse-url": "https://svc:canary@x.example" }, '--dataverse-url: "https://…@x.example" holds a user name'],
  [{ "--public-url": "http://relay.contoso.com" }, "is not encrypted"],
  [{ "--client-id": "1111-2222" }, "is not a GUID"],
  [{ "--tenant-id": "not a tenant" }, "is not a tenant"],
])("[IT6] init refuses %j with what is wrong, and writes nothing", async (changes, words) => {
  const { code, stderr } = await cosell(["init", "--yes", ...initWith(changes)], { cwd: folder });
  expect(code).toBe(2);
  expect(stderr).toContain(words);
  await expect(readFile(join(folder, "cosell.yaml"))).rejects.toThrow("ENOENT");
});

test("[IT6] an unreadable or empty secret is refused; nothing piped is told from no answer", async () => {
  const words = ["init", "--yes", ...initWith({})];
  const missing = await cosell([...words, "--client-secret-file", "S3cret-canary"], { cwd: folder });
  expect({ code: missing.code, stderr: missing.stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining("The file that --client-secret-file names could not be read (ENOENT).") as string,
  });
  expect(missing.stderr).not.toContain("canary");
  await writeFile(join(folder, "blank.txt"), " \n");
  const blank = await cosell([...words, "--client-secret-file", "blank.txt"], { cwd: folder });
  expect({ code: blank.code, stderr: blank.stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining("The file that --client-secret-file names is empty.") as string,
  });
  const empty = await cosell([...words, "--client-secret-stdin"], { cwd: folder, input: "\n" });
  expect(empty.stderr).toContain("--client-secret-stdin reads from standard input, and there is nothing.");
  const none = await cosell(words, { cwd: folder });
  expect(none.stderr).toContain("Give --client-secret-stdin.");
  expect([empty.code, none.code]).toEqual([2, 2]);
});

test.each([
  ["2027-02-30", '--client-secret-ends: "2027-02-30" is not a day; write it as yyyy-mm-dd, e.g. 2027-05-31.'],
  ["2020-01-01", '--client-secret-ends: "2020-01-01" is over; make a new client secret first.'],
])("[IT8] init refuses %s as the day on which the secret ends, and writes nothing", async (day, words) => {
  const ended = await cosell(["init", "--yes", ...initWith({ "--client-secret-ends": day }), "--client-secret-stdin"], {
    cwd: folder,
    input: "secret",
  });
  expect({ code: ended.code, stderr: ended.stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining(words) as string,
  });
  await expect(readFile(join(folder, "cosell.yaml"))).rejects.toThrow("ENOENT");
});

test("[IT8] without a terminal a new secret needs its day, and a certificate takes none", async () => {
  const words = ["init", "--yes", ...initWith({})];
  const unsaid = await cosell([...words, "--client-secret-stdin"], { cwd: folder, input: "secret" });
  expect(unsaid.stderr).toContain("Give --client-secret-ends.");
  const pair = await runCertificate("relay");
  const file = join(folder, "client.pem");
  await writeFile(file, pair.certificate + pair.privateKey);
  const both = await cosell([...words, "--client-certificate-file", file, "--client-secret-ends", "2099-12-31"], {
    cwd: folder,
  });
  expect(both.stderr).toContain("--client-secret-ends is for a client secret");
  expect([unsaid.code, both.code]).toEqual([2, 2]);
});

test("[IT8] the day follows the credential: asked for anew with a new secret, taken out with a certificate", async () => {
  const config = join(folder, "days.yaml");
  const init = (words: readonly string[], input = "") =>
    cosell(["init", "--yes", "--config", config, ...initWith({}), ...words], { cwd: folder, input });
  const first = await init(["--client-secret-stdin", "--client-secret-ends", "2098-12-31"], "secret");
  expect(first.stdout).toContain("client-secret-ends: 2098-12-31");
  expect((await init([])).code).toBe(0);
  expect((await init(["--client-secret-stdin"], "another")).stderr).toContain("Give --client-secret-ends.");
  await init(["--client-secret-stdin", "--client-secret-ends", "2099-12-31"], "another");
  expect(await readFile(config, "utf8")).toContain("client-secret-ends: 2099-12-31");
  expect((await init(["--client-certificate-file", join(folder, "client.pem")])).code).toBe(0);
  expect(await readFile(config, "utf8")).not.toContain("client-secret");
});

test("[IT9] init says that the environment wins over what is given now", async () => {
  const words = ["--client-secret-stdin", "--client-secret-ends", "2099-12-31"];
  const { code, stdout, stderr } = await cosell(
    ["init", "--yes", "--config", join(folder, "wins.yaml"), ...initWith({}), ...words],
    {
      cwd: folder,
      input: "canary-new",
      environment: { COSELL_CLIENT_SECRET: "canary-old", COSELL_TENANT_ID: "other.example" },
    },
  );
  expect(code).toBe(0);
  const warned = [...stderr.matchAll(/The environment sets (\w+) and wins/g)].map(([, name]) => name);
  expect(warned).toEqual(["COSELL_TENANT_ID", "COSELL_CLIENT_SECRET"]);
  expect(stdout + stderr).not.toContain("canary");
});

test("[IT7] a configuration with mistakes is not written over; they are all named with file and line", async () => {
  const config = join(folder, "broken.yaml");
  const text = "dataverse-ulr: https://x.example\nclient-secret: canary-in-yaml\nport: [1, {}]\n";
  await writeFile(config, text);
  const { code, stderr } = await cosell(["init", "--yes", "--config", config], { cwd: folder });
  expect(code).toBe(2);
  expect(stderr).toContain('broken.yaml:1: "dataverse-ulr" is not a setting. Did you mean dataverse-url?');
  expect(stderr).toContain("broken.yaml:2: client-secret is a secret and does not belong into this file.");
  expect(stderr).toContain("broken.yaml:3: port has no plain value");
  expect(stderr).not.toContain("canary-in-yaml");
  expect(await readFile(config, "utf8")).toBe(text);
});

test("[CL10] settings that cannot be used are all named, and no command begins", async () => {
  const { code, stderr } = await cosell(["setup"], { cwd: folder });
  expect(code).toBe(2);
  for (const name of ["COSELL_DATAVERSE_URL", "COSELL_TENANT_ID", "COSELL_CLIENT_ID", "COSELL_CLIENT_SECRET"]) {
    expect(stderr).toContain(`${name}: is missing`);
  }
  expect(stderr).toContain("→ cosell init");
});

test("[CF20] a command tells what is wrong with the settings in its own language", async () => {
  const config = join(folder, "french.yaml");
  await writeFile(config, "dataverse-ulr: x\nport: viele\nclient-secret: canary-in-yaml\nlanguage: de\n");
  const said = async (words: readonly string[], environment: Record<string, string> = {}) =>
    (await cosell([...words, "--config", config], { cwd: folder, environment })).stderr;
  const french = await said(["setup", "--language", "fr"]);
  expect(french).toContain(
    "french.yaml:1: « dataverse-ulr » n’est pas un paramètre. Vouliez-vous dire dataverse-url ?",
  );
  expect(french).toContain("french.yaml:3: client-secret est un secret et n’a pas sa place dans ce fichier.");
  expect(french).toMatch(
    /COSELL_PORT: la valeur « viele » \(de \S*french\.yaml:2\) n’est pas acceptée : ce n’est pas un nombre entier/,
  );
  expect(french).toContain("COSELL_TENANT_ID: manque. Définissez COSELL_TENANT_ID, ou COSELL_TENANT_ID_FILE");
  expect(french).toContain("Identifiant (GUID) ou domaine vérifié du locataire");
  expect(french).not.toContain("canary-in-yaml");
  expect(await said(["init"], { COSELL_LANGUAGE: "fr" })).toContain("french.yaml:1: « dataverse-ulr »");
  expect(await said(["setup"])).toContain('"dataverse-ulr" is not a setting.');
});

test("[LG3] a wrong client secret, a declined sign-in and no network are told apart", async () => {
  const token = clouds.authority.issueRefreshToken(clouds.environment["COSELL_CLIENT_ID"] ?? "");
  const login = ["login", "partner-center", "--refresh-token-stdin"];
  clouds.authority.settings.clientSecrets = "wrong";
  const wrong = await run(login, { input: token });
  clouds.authority.settings.clientSecrets = "accepted";
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toContain("CS-1201");
  expect(wrong.stderr).toContain("AADSTS7000215");
  const offline = await run(login, { input: token, environment: { COSELL_AUTHORITY_URL: "http://127.0.0.1:9" } });
  expect(offline.code).toBe(1);
  expect(offline.stderr).toContain("The sign-in authority could not be reached. (CS-1203)");
  for (const { stderr, stdout } of [wrong, offline]) expect(stderr + stdout).not.toContain(token);
});

test("[LG4] a refresh token that is expired or revoked is refused with the authority's own code", async () => {
  const login = ["login", "dataverse", "--refresh-token-stdin"];
  clouds.authority.settings.refreshTokens = "expired";
  const expired = await run(login, {
    input: clouds.authority.issueRefreshToken(clouds.environment["COSELL_CLIENT_ID"] ?? ""),
  });
  clouds.authority.settings.refreshTokens = "accepted";
  expect(expired.code).toBe(1);
  expect(expired.stderr).toContain("AADSTS700082");
  const nonsense = await run(login, { input: "not-a-token" });
  expect(nonsense.stderr).toContain("AADSTS9002313");
});

test("[LG4] a token's file that is empty or none is told by its flag, and what was given is not repeated", async () => {
  const login = ["login", "partner-center", "--refresh-token-file"];
  await writeFile(join(folder, "empty-token"), "\n");
  const empty = await run([...login, "empty-token"]);
  expect(empty.stderr).toContain("The file that --refresh-token-file names is empty.");
  // A refresh token is longer than a file name may be.
  const token = `0.${"canary".repeat(200)}`;
  const typed = await run([...login, token]);
  expect(typed.stderr).toContain("The file that --refresh-token-file names could not be read (ENAMETOOLONG).");
  expect(typed.stderr).not.toContain("canary");
  expect([empty.code, typed.code]).toEqual([2, 2]);
});

test("[LG5] a declined sign-in says so, in the terminal and in the browser", async () => {
  clouds.authority.settings.signIn = "declined";
  const running = startCosell(["login", "dataverse"], { cwd: folder, environment: clouds.environment });
  const url = await addressIn(() => running.said());
  const page = await (await fetch(url)).text();
  clouds.authority.settings.signIn = "approved";
  expect(page).toContain("The sign-in was refused.");
  const { code, stderr } = await running.ended;
  expect(code).toBe(1);
  expect(stderr).toContain("The sign-in was refused: The user declined.");
});

test(
  "[LG6] an answer without the state of this sign-in is turned away, and the right one still counts",
  async () => {
    const running = startCosell(["login", "dataverse", "--user", "seller@contoso.example"], {
      cwd: folder,
      environment: { ...clouds.environment, COSELL_DATA_DIR: join(folder, "data") },
    });
    const url = await addressIn(() => running.said());
    const listener = new URL(url).searchParams.get("redirect_uri") ?? "";
    for (const query of ["?code=stolen", "?code=stolen&state=guessed", ""]) {
      const answer = await fetch(`${listener}/${query}`);
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain("not the answer to the sign-in that is waiting");
    }
    expect(await (await fetch(url)).text()).toContain("Signed in");
    const { code, stdout } = await running.ended;
    expect(code).toBe(0);
    expect(stdout).toContain("Sample Seller");
    expect(stdout).toContain("Salesperson");
  },
  LIMIT_MS,
);

test(
  "[SU8] an account without the rights is told so, and nothing is half made",
  async () => {
    const environment = { COSELL_DATA_DIR: join(folder, "data") };
    const { code, stderr } = await run(["setup", "--yes"], { environment });
    expect(code).toBe(1);
    expect(stderr).toContain("Dataverse does not let the signed-in account do this");
    expect(stderr).toContain("→ cosell login dataverse");
    expect(clouds.dataverse.records.list("serviceendpoints")).toEqual([]);
    expect(clouds.dataverse.records.list("systemusers")).toHaveLength(2);
  },
  LIMIT_MS,
);

test(
  "[SU9] without the solution the plan says what to import first",
  async () => {
    const environment = { COSELL_DATA_DIR: join(folder, "data") };
    const { records } = clouds.dataverse;
    const role = records.list("roles").find((one) => one["name"] === relayRoleName);
    records.update("roles", { id: textOf(role?.["roleid"]), body: { name: "Something else" } });
    const { code, stderr } = await run(["setup", "--yes"], { environment });
    records.update("roles", { id: textOf(role?.["roleid"]), body: { name: relayRoleName } });
    expect(code).toBe(1);
    expect(stderr).toContain("Import the solution CoSell Sync first");
  },
  LIMIT_MS,
);

test(
  "[LG7] device codes: approved, or blocked by a policy with what to do instead",
  async () => {
    const environment = { COSELL_DATA_DIR: join(folder, "data") };
    const approved = await run(["login", "partner-center", "--device-code"], { environment });
    expect(approved.stderr).toMatch(
      /Open https:\/\/login\.microsoftonline\.com\/device on any device and type [0-9A-F]{8}\./,
    );
    expect(approved.code).toBe(0);
    clouds.authority.settings.deviceCodes = "blocked";
    const blocked = await run(["login", "partner-center", "--device-code"], { environment });
    clouds.authority.settings.deviceCodes = "approved";
    expect(blocked.code).toBe(1);
    expect(blocked.stderr).toContain("Your organisation blocks sign-in by device code (AADSTS53003).");
    expect(blocked.stderr).toContain("→ cosell login partner-center");
  },
  LIMIT_MS,
);

test(
  "[WH7] a wrong GUID, event or cloud is refused before anything is asked of a cloud",
  async () => {
    const environment = { COSELL_DATA_DIR: join(folder, "data") };
    const guid = await run(["webhook", "test", "dataverse", "--opportunity", "12-34"], { environment });
    expect(guid.stderr).toContain('--opportunity: "12-34" is not a GUID');
    const event = await run(["webhook", "register", "partner-center", "--event", "referral-crated"], { environment });
    expect(event.stderr).toContain('The event "referral-crated" does not exist. Did you mean referral-created?');
    const cloud = await run(["webhook", "list", "salesforce"], { environment });
    expect([guid.code, event.code, cloud.code]).toEqual([2, 2, 2]);
    expect(clouds.partnerCenter.webhooks.registration()).toBeNull();
  },
  LIMIT_MS,
);

function addressIn(said: () => string): Promise<string> {
  return untilHolds(() => {
    const found = /^ {2}(http\S+)$/m.exec(said())?.[1];
    if (found === undefined) throw new Error(`no address to sign in at: ${said()}`);
    return found;
  });
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
