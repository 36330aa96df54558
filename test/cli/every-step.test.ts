// Commands that change something in a cloud, stopped at each of their steps in turn and run again: the end is the same
// as without an interruption. One stand and one relay serve all of them; each test brings its own part to the start.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { secretFingerprint } from "../../sync-relay/src/adapters/dataverse/registration/endpoint";
import {
  DATAVERSE_ADMINISTRATOR_NAME,
  REFRESH_TOKEN_NAME,
} from "../../sync-relay/src/adapters/entra/refresh-token-store";
import { createSealing } from "../../sync-relay/src/adapters/sealing/sealing";
import type { JsonObject } from "../../sync-relay/src/core/json";
import { must } from "../../sync-relay/src/core/must";
import { COLUMN, dealsOf, statusValue, text, type Deals } from "../end-to-end/deals";
import { untilHolds } from "../end-to-end/until-holds";
import { startCosell, type CosellEnded, type RunningCosell } from "./cosell-process";
import { signInAddress, startStand, type Stand } from "./stand";
import { stopEverywhere } from "./stop-everywhere";
import { storedSecrets, type StoredSecrets } from "./stored-secrets";

/** Two processes for each of some dozen steps, on a busy machine. */
jest.setTimeout(400_000);

const KEPT = "partner-center-registration-before";
const FOREIGN = { subscriberId: "1", url: "https://other.example/hook", signatureInOwnHeader: false };
/** Somebody who takes the registration from the relay. */
const LATER = { ...FOREIGN, url: "https://later.example/hook" };
const SETS = ["sdkmessageprocessingstepimages", "sdkmessageprocessingsteps", "serviceendpoints"] as const;

let stand: Stand;
let stored: StoredSecrets;
let deals: Deals;

beforeAll(async () => {
  stand = await startStand();
  await stand.init();
  await stand.startRelay({ COSELL_SWEEP_SECONDS: "86400", COSELL_COALESCE_MS: "60" });
  expect((await stand.signIn(["login", "dataverse"], "administrator")).code).toBe(0);
  expect((await stand.signIn(["login", "partner-center"], "syncUser")).code).toBe(0);
  await finished("setup", "--yes");
  stored = await storedSecrets(stand);
  deals = dealsOf(stand.clouds);
  // What a test of Dataverse's calls writes to.
  deals.share({ [COLUMN.sync]: false });
});
afterAll(async () => {
  await stored.close();
  await stand.close();
});

const options = () => ({ cwd: stand.folder, environment: stand.environment });

/** Runs a command that must end well. */
async function finished(...words: readonly string[]): Promise<CosellEnded> {
  const ended = await stand.run(words);
  if (ended.code !== 0) throw new Error(`${words.join(" ")} ended with ${ended.code}: ${ended.stdout}${ended.stderr}`);
  return ended;
}

const secretPath = (name: string) => join(stand.folder, "cosell-secrets", name);
const secretsIn = async (name: string) => (await readFile(secretPath(name), "utf8")).trim().split(",");

/** What is stored under a name, opened; null when nothing is. */
async function storedText(name: string): Promise<string | null> {
  const sealed = (await stored.all()).get(name);
  const keys = (await secretsIn("master-key")).map((one) => Buffer.from(one, "base64"));
  return sealed === undefined ? null : createSealing({ keys }).open(name, sealed);
}

/** Endpoint, steps and images as they are, without what differs from run to run. */
function webhookRows(): Readonly<Record<string, unknown>> {
  const plain = (row: JsonObject) =>
    Object.entries(row).filter(([name]) => !/etag|(created|modified)on$|version/.test(name));
  return Object.fromEntries(
    SETS.map((set) => [
      set,
      stand.clouds.dataverse.records
        .list(set)
        .map((row) => plain(row).sort())
        .sort(),
    ]),
  );
}

function removeWebhookRows(): void {
  const { records } = stand.clouds.dataverse;
  for (const set of SETS) {
    for (const row of records.list(set)) records.delete(set, text(row[`${set.slice(0, -1)}id`]));
  }
}

const registration = () => stand.clouds.partnerCenter.webhooks.registration();
const registerForeign = () =>
  stand.clouds.partnerCenter.webhooks.register({ ...FOREIGN, events: ["referral-created"] });

/** Signs in where the command says, if it comes so far. */
async function inBrowser(running: RunningCosell): Promise<void> {
  let isOver = false;
  void running.ended.then(() => (isOver = true));
  const url = await untilHolds(() => must(isOver ? "" : signInAddress(running), "an address, or the end"));
  if (url !== "") await fetch(url).catch(() => undefined);
}

test("[CI6] login partner-center: the sign-in of before or the new one is stored, and the next run signs in", async () => {
  const steps = await stopEverywhere({
    words: ["login", "partner-center", "--user", "seller@partner.example"],
    options,
    reset: async () => undefined,
    beside: inBrowser,
    async goOn() {
      expect(JSON.parse((await storedText(REFRESH_TOKEN_NAME)) ?? "")).toMatchObject({ token: expect.any(String) });
      const again = await stand.signIn(["login", "partner-center"], "syncUser");
      expect(again).toMatchObject({ code: 0, stdout: expect.stringMatching(/Events API +may be used/) });
    },
  });
  expect(steps.length).toBeGreaterThan(3);
});

test("[CI7] webhook register dataverse: the next run makes what is missing, once, and sees a call arrive", async () => {
  const right = webhookRows();
  const words = ["webhook", "register", "dataverse", "--yes"];
  const again = [...words, "--no-test"];
  const steps = await stopEverywhere({
    words,
    options,
    reads: "together",
    reset: async () => removeWebhookRows(),
    async goOn() {
      await finished(...again);
      expect(webhookRows()).toEqual(right);
    },
  });
  expect((await finished("webhook", "test", "dataverse", "--yes")).stdout).toContain("the call arrived and was stored");
  expect(steps.filter((step) => /^before (POST|PATCH) .*sdkmessageprocessingstep/.test(step))).toHaveLength(5);
});

test("[CI4] webhook register partner-center: the foreign one is kept before it is replaced, at every step", async () => {
  // Partner Center sends two test events a minute at most: one is sent at the end.
  const words = ["webhook", "register", "partner-center", "--replace", "--no-test"];
  registerForeign();
  await finished(...words);
  const [right, kept] = [registration(), await storedText(KEPT)];
  const steps = await stopEverywhere({
    words,
    options,
    async reset() {
      registerForeign();
      await stored.remove(KEPT);
    },
    async goOn() {
      if (registration()?.url !== FOREIGN.url) expect(await storedText(KEPT)).toBe(kept);
      await finished(...words);
      expect([registration(), await storedText(KEPT)]).toEqual([right, kept]);
    },
  });
  expect(steps.length).toBeGreaterThan(3);
  await finished("webhook", "test", "partner-center");
});

describe("webhook rotate", () => {
  const cases = [
    ["dataverse", "dataverse-webhook-secret"],
    ["partner-center", "partner-center-webhook-token"],
  ] as const;

  /** Whether a cloud calls with that secret. */
  const isUsed = {
    dataverse: (secret: string) => {
      const [endpoint] = stand.clouds.dataverse.records.list("serviceendpoints");
      return text(endpoint?.["description"]).includes(secretFingerprint(secret));
    },
    "partner-center": (secret: string) => registration()?.url.endsWith(`/${secret}`) === true,
  } as const;

  test.each(cases)("[CI8] %s: one new secret is made, before the old one", async (cloud, name) => {
    const [old = ""] = await secretsIn(name);
    await stopEverywhere({
      words: ["webhook", "rotate", cloud, "--yes"],
      options,
      reset: () => writeFile(secretPath(name), old),
      async goOn() {
        const left = await secretsIn(name);
        await stand.run(["webhook", "rotate", cloud, "--yes"]);
        const [fresh, ...others] = await secretsIn(name);
        expect(others).toEqual([old]);
        if (left.length === 2) expect(left).toEqual([fresh, old]);
      },
    });
    // Both clouds go on with the old one, and the relay is about to learn the new one.
    expect(await secretsIn(name)).toHaveLength(2);
  });

  test.each(cases)("[CI8] %s: once the relay knows both, the next run brings the new one in", async (cloud, name) => {
    await restartOnce();
    const [fresh = "", old = ""] = await secretsIn(name);
    const toOld = async () => {
      await writeFile(secretPath(name), old);
      await finished("webhook", "register", cloud, "--yes", "--no-test");
      await writeFile(secretPath(name), `${fresh},${old}`);
    };
    const steps = await stopEverywhere({
      words: ["webhook", "rotate", cloud, "--yes"],
      options,
      reset: toOld,
      async goOn() {
        // With one left it was done, and another run would begin anew.
        if ((await secretsIn(name)).length === 2) await finished("webhook", "rotate", cloud, "--yes");
        expect(await secretsIn(name)).toEqual([fresh]);
        expect(isUsed[cloud](fresh)).toBe(true);
      },
    });
    expect(steps.length).toBeGreaterThan(3);
    const { stdout } = await finished("webhook", "test", cloud, "--yes");
    expect(stdout).toContain("the call arrived and was stored");
  });

  let isRestarted = false;
  async function restartOnce(): Promise<void> {
    if (isRestarted) return;
    isRestarted = true;
    await stored.close();
    await stand.stopRelay();
    await stand.startRelay({ COSELL_SWEEP_SECONDS: "86400", COSELL_COALESCE_MS: "60" });
    stored = await storedSecrets(stand);
  }
});

describe("mapping apply", () => {
  const words = ["mapping", "apply", "mapping.yaml", "--yes"];
  let made = 0;
  /** A file that differs from the one before. */
  async function anotherMapping(): Promise<void> {
    made += 1;
    const column = made % 2 === 0 ? "budgetamount" : "stepname";
    const lines = ["version: 1", "extends: builtin/default", "toPartnerCenter:", `  when: 'has(crm.${column})'`, ""];
    await writeFile(join(stand.folder, "mapping.yaml"), lines.join("\n"));
  }
  async function isApplied(): Promise<void> {
    await finished(...words);
    const file = await readFile(join(stand.folder, "mapping.yaml"), "utf8");
    expect((await finished("mapping", "export")).stdout).toBe(file);
  }
  afterAll(() => finished("mapping", "apply", "--previous", "--yes"));

  test("[CI9] stopped at a step, the next run applies it", async () => {
    const steps = await stopEverywhere({ words, options, reads: "together", reset: anotherMapping, goOn: isApplied });
    expect(steps.length).toBeGreaterThan(1);
  });

  test("[CI9] killed while it stores a version, a whole one is in use, and the next run applies it", async () => {
    const newest = await stored.fact("mapping/newest");
    await anotherMapping();
    const held = await stored.holdFact("mapping/newest");
    const running = startCosell(words, options());
    await held.awaited();
    running.child.kill("SIGKILL");
    await running.ended;
    await held.letGo();
    // The database may still carry out what it was told last: either is good.
    expect(await stored.fact(`mapping/${await stored.fact("mapping/newest")}`)).not.toBeNull();
    await isApplied();
    expect(await stored.fact("mapping/newest")).toBe(String(Number(newest) + 1));
  });
});

test("[CI10] adopt: the next run takes over the rest, and every deal is linked once", async () => {
  const column = "stepname";
  let ids: readonly { readonly id: string; readonly referralId: string }[] = [];
  const words = ["adopt", "--referral-column", column, "--yes"];
  const steps = await stopEverywhere({
    words,
    options,
    async reset() {
      ids = ["First", "Second"].map((name) => {
        const referralId = deals.newDeal({ name });
        const id = deals.share({ name, [column]: referralId, [COLUMN.sync]: false, [COLUMN.products]: null });
        deals.portal(referralId, { externalReferenceId: id });
        return { id, referralId };
      });
    },
    async goOn({ step }) {
      await finished(...words);
      await untilHolds(() => {
        for (const { id, referralId } of ids) {
          const row = deals.row(id);
          expect({ step, referralId: row[COLUMN.referralId], status: row[COLUMN.status] }).toEqual({
            step,
            referralId,
            status: statusValue("synced"),
          });
          expect(deals.ownOf(id).map((own) => own["id"])).toEqual([referralId]);
        }
      });
    },
  });
  expect(steps.length).toBeGreaterThan(8);
});

test("[CI12] restore: the registration of somebody who came later is shown, replaced by its flag only, and kept", async () => {
  const { webhooks } = stand.clouds.partnerCenter;
  registerForeign();
  await finished("webhook", "register", "partner-center", "--replace", "--no-test");
  const kept = must((await stored.all()).get(KEPT), "a kept registration");
  webhooks.register({ ...LATER, events: ["referral-updated"] });
  const unasked = await stand.run(["webhook", "restore", "partner-center", "--yes"]);
  expect({ code: unasked.code, stderr: unasked.stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(/https:\/\/later\.example\/hook \(referral-updated\)[^]*Give --replace\./) as string,
  });
  expect(registration()?.url).toBe(LATER.url);
  const steps = await stopEverywhere({
    words: ["webhook", "restore", "partner-center", "--replace"],
    options,
    async reset() {
      await stored.save(KEPT, kept);
      webhooks.register({ ...LATER, events: ["referral-updated"] });
    },
    async goOn() {
      // Killed right after its end there is nothing left to do.
      const isDone = registration()?.url === FOREIGN.url && (await storedText(KEPT))?.includes(LATER.url) === true;
      if (!isDone) await finished("webhook", "restore", "partner-center", "--replace");
      expect(registration()).toMatchObject({ url: FOREIGN.url, events: ["referral-created"] });
      expect(JSON.parse((await storedText(KEPT)) ?? "")).toEqual({
        webhookUrl: LATER.url,
        events: ["referral-updated"],
      });
    },
  });
  expect(steps.length).toBeGreaterThan(4);
  await finished("webhook", "restore", "partner-center", "--replace");
  expect(registration()?.url).toBe(LATER.url);
});

test("[CI11] uninstall: the next run takes out the rest, and puts the earlier registration back once", async () => {
  registerForeign();
  await finished("webhook", "register", "partner-center", "--replace", "--no-test");
  const [ours, secrets] = [registration(), await stored.all()];
  const steps = await stopEverywhere({
    words: ["uninstall", "--yes"],
    options,
    async reset() {
      for (const [name, sealed] of secrets) await stored.save(name, sealed);
      stand.clouds.partnerCenter.webhooks.register(ours);
      await finished("webhook", "register", "dataverse", "--yes", "--no-test");
    },
    async goOn() {
      if (registration()?.url === ours?.url) expect(await storedText(KEPT)).not.toBeNull();
      // Without the administrator's sign-in it was done.
      if ((await stored.all()).has(DATAVERSE_ADMINISTRATOR_NAME)) await finished("uninstall", "--yes");
      for (const set of SETS) expect(stand.clouds.dataverse.records.list(set)).toEqual([]);
      expect(registration()).toMatchObject({ url: FOREIGN.url, events: ["referral-created"] });
      expect([...(await stored.all()).keys()].filter((name) => name !== REFRESH_TOKEN_NAME)).toEqual([]);
    },
  });
  expect(steps.length).toBeGreaterThan(8);
});
