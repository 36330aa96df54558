// Ctrl-C, and worse, at every boundary: what was done stays done, and the next run goes on from there.

import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { webhookSteps } from "../../solution/schema/webhook-steps";
import { createSystemClock } from "../../sync-relay/src/adapters/system/system-clock";
import { createSystemRandom } from "../../sync-relay/src/adapters/system/system-random";
import { runCli } from "../../sync-relay/src/cli/run-cli";
import { untilHolds } from "../end-to-end/until-holds";
import { startCosell } from "./cosell-process";
import { startStand, type Stand } from "./stand";

const LIMIT_MS = 120_000;
/** Long enough that a signal reaches a command while its call is under way, however busy the machine. */
const SLOW_MS = 2_000;
/** User, role, endpoint, three steps and two images. */
const CALLS_OF_SETUP = 8;
let stand: Stand;

beforeAll(async () => {
  stand = await startStand();
  await stand.init();
  await stand.signIn(["login", "dataverse"], "administrator");
  // Its database serves the commands too, which saves a start for each.
  await stand.startRelay();
}, LIMIT_MS);
afterAll(() => stand.close(), LIMIT_MS);

const writes = () => stand.clouds.dataverse.requests.entries.filter(({ method }) => method !== "GET").length;

test.each(Array.from({ length: CALLS_OF_SETUP }, (_, n) => [n + 1, n % 2 === 0 ? "SIGINT" : "SIGKILL"] as const))(
  "[CI1] setup, interrupted at its call %i by %s, goes on the next time",
  async (_call, signal) => {
    const { dataverse } = stand.clouds;
    for (const method of ["POST", "PATCH"]) {
      dataverse.faults.request({ method, times: CALLS_OF_SETUP, effect: { kind: "slow", delayMs: SLOW_MS } });
    }
    const before = writes();
    const running = startCosell(["setup", "--yes"], { cwd: stand.folder, environment: stand.environment });
    await untilHolds(() => expect(writes()).toBe(before + 1));
    running.child.kill(signal);
    const { code, stderr } = await running.ended;
    expect(code).toBe(signal === "SIGINT" ? 130 : null);
    if (signal === "SIGINT") expect(stderr).toContain("the next run goes on from there");
    dataverse.faults.reset();
    // The call takes effect although nobody waits for it, and does so before the next run looks.
    await untilHolds(() => expect(dataverse.requests.underWay()).toBe(0));
    expect(dataverse.records.list("systemusers").length).toBeGreaterThan(2);
  },
  LIMIT_MS,
);

test(
  "[CI2] after all interruptions one more run finds or makes everything, once each",
  async () => {
    const { code, stderr } = await stand.run(["setup", "--yes"]);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const { records } = stand.clouds.dataverse;
    expect(records.list("serviceendpoints")).toHaveLength(1);
    expect(records.list("sdkmessageprocessingsteps")).toHaveLength(webhookSteps.length);
    expect(records.list("sdkmessageprocessingstepimages")).toHaveLength(
      webhookSteps.filter(({ image }) => image !== null).length,
    );
    const clientId = stand.clouds.environment["COSELL_CLIENT_ID"];
    expect(records.list("systemusers").filter((user) => user["applicationid"] === clientId)).toHaveLength(1);
  },
  LIMIT_MS,
);

test(
  "[CI3] Ctrl-C while a sign-in is waited for ends it, and what was stored before stays",
  async () => {
    const running = startCosell(["login", "dataverse"], { cwd: stand.folder, environment: stand.environment });
    await untilHolds(() => expect(running.said()).toContain("Sign in here"));
    running.child.kill("SIGINT");
    expect((await running.ended).code).toBe(130);
    expect((await stand.run(["setup", "--yes"])).code).toBe(0);
  },
  LIMIT_MS,
);

test(
  "[CI4] a foreign registration is kept before it is replaced, whenever the command is killed",
  async () => {
    const { partnerCenter, authority } = stand.clouds;
    const foreign = { subscriberId: "1", url: "https://other.example/hook", signatureInOwnHeader: false };
    partnerCenter.webhooks.register({ ...foreign, events: ["referral-created"] });
    await stand.signIn(["login", "partner-center"], "syncUser");
    const tokens = authority.tokenRequests();
    const running = startCosell(["webhook", "register", "partner-center", "--replace"], {
      cwd: stand.folder,
      environment: stand.environment,
    });
    await untilHolds(() => expect(authority.tokenRequests()).toBeGreaterThan(tokens));
    running.child.kill("SIGKILL");
    await running.ended;
    expect((await stand.run(["webhook", "register", "partner-center", "--replace", "--no-test"])).code).toBe(0);
    expect(partnerCenter.webhooks.registration()?.url).toContain(stand.publicUrl);
    expect((await stand.run(["webhook", "restore", "partner-center"])).code).toBe(0);
    expect(partnerCenter.webhooks.registration()).toMatchObject({ url: foreign.url, events: ["referral-created"] });
  },
  LIMIT_MS,
);

describe("init", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "cosell-init-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Runs init and presses Ctrl-C when it has written so many files. */
  async function init(endAfter: number): Promise<number> {
    const stopping = new AbortController();
    const stdout = new PassThrough();
    let written = 0;
    stdout.on("data", (chunk: Buffer) => {
      written += (chunk.toString().match(/^Written:/gm) ?? []).length;
      if (written >= endAfter) stopping.abort();
    });
    const answers = ["--dataverse-url", "https://contoso.crm4.dynamics.com", "--tenant-id", "contoso.com"];
    const more = ["--client-id", "11111111-2222-3333-4444-555555555555", "--public-url", "https://r.example"];
    return runCli({
      argv: ["init", "--yes", "--client-secret-stdin", "--client-secret-ends", "2099-12-31", ...answers, ...more],
      environment: { LC_ALL: "C" },
      cwd: folder,
      stdin: PassThrough.from(["secret"]),
      stdout,
      stderr: new PassThrough(),
      clock: createSystemClock(),
      random: createSystemRandom(),
      stopping: stopping.signal,
      openBrowser: () => undefined,
    });
  }

  test.each([1, 2, 3, 4])(
    "[CI5] interrupted after %i files, it goes on and keeps the secrets it has made",
    async (n) => {
      expect(await init(n)).toBe(130);
      const secrets = join(folder, "cosell-secrets");
      const made = await readdir(secrets);
      expect(made).toHaveLength(n);
      const before = await Promise.all(made.map((name) => readFile(join(secrets, name), "utf8")));
      await expect(readFile(join(folder, "cosell.yaml"))).rejects.toThrow("ENOENT");
      expect(await init(Number.MAX_SAFE_INTEGER)).toBe(0);
      expect(await Promise.all(made.map((name) => readFile(join(secrets, name), "utf8")))).toEqual(before);
      expect(await readdir(secrets)).toHaveLength(4);
    },
  );
});
