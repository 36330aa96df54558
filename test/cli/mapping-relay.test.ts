// The commands of `cosell mapping` beside a running relay, between both clouds on loopback.

import { mkdtemp, rm, writeFile, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { column, type } from "../../sync-relay/simulator/dataverse/catalogue/table";
import { dealsOf, text, type Deals } from "../end-to-end/deals";
import { untilHolds } from "../end-to-end/until-holds";
import { START_WITHIN_MS, startWholeRelay, type WholeRelay } from "../end-to-end/whole-relay";
import { cosell, type CosellEnded } from "./cosell-process";
import { MAPPING_HEAD, otherDealValue } from "./other-deal-value";

let relay: WholeRelay;
let deals: Deals;
let cwd = "";
let shared = "";
const otherMapping = MAPPING_HEAD + otherDealValue;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "cosell-mapping-"));
  relay = await startWholeRelay({
    environment: { COSELL_SWEEP_SECONDS: "86400", COSELL_COALESCE_MS: "60" },
    clouds: { opportunityColumns: [column("new_acv", type.money(0))] },
  });
  deals = dealsOf(relay.clouds);
  shared = deals.share({ new_acv: 70_000 });
  await untilHolds(() => expect(deals.ownOf(shared)).toHaveLength(1));
  await relay.atRest();
  await writeFile(join(cwd, "mapping.yaml"), otherMapping);
}, START_WITHIN_MS);

afterAll(async () => {
  await relay.close();
  await rm(cwd, { recursive: true, force: true });
});

function mapping(...words: readonly string[]): Promise<CosellEnded> {
  return cosell(["mapping", ...words], { cwd, environment: settings() });
}

function settings(): Record<string, string> {
  return { ...relay.clouds.environment, COSELL_DATA_DIR: relay.dataDir, COSELL_MAPPING_FILE: "" };
}

function dealValueOf(opportunityId: string): unknown {
  return (deals.theOwnOf(opportunityId)["details"] as Record<string, unknown>)["dealValue"];
}

test("[CM2] check asks Dataverse for its columns, and can save them for a check without it", async () => {
  const good = await mapping("check", "mapping.yaml", "--save-columns", "columns.json");
  expect(good).toMatchObject({ code: 0, stdout: expect.stringContaining("no problem") as string });
  await writeFile(join(cwd, "bad.yaml"), otherMapping.replaceAll("new_acv", "new_acw"));
  for (const source of [[], ["--columns", "columns.json"]]) {
    const bad = await mapping("check", "bad.yaml", ...source);
    expect(bad.code).toBe(1);
    expect(bad.stdout).toContain('bad.yaml:5:38 the CRM has no column "new_acw"');
    expect(bad.stdout).toContain('bad.yaml:9:13 the CRM has no column "new_acw"');
    expect(bad.stdout).toContain(relay.clouds.dataverse.url);
  }
  expect(JSON.parse(await readFile(join(cwd, "columns.json"), "utf8"))).toHaveProperty("columns.statuscode.options");
});

test("[CM7] preview shows before and after of one deal with the line that makes it so, and writes nothing", async () => {
  const before = [deals.row(shared), deals.theOwnOf(shared)];
  const { code, stdout } = await mapping("preview", shared, "--file", "mapping.yaml");
  expect(code).toBe(0);
  expect(stdout).toContain(`Opportunity ${shared} is shared as ${text(deals.theOwnOf(shared)["id"])}`);
  expect(stdout).toMatch(/details\.dealValue +Partner Center +50000 → 70000 {2}\(from new_acv; line 5\)/);
  const inUse = await mapping("preview", shared);
  expect(inUse.stdout).toContain("Nothing: both sides agree.");
  expect([deals.row(shared), deals.theOwnOf(shared)]).toEqual(before);
  const nobody = await mapping("preview", "0a000000-0000-4000-8000-00000000dead");
  expect(nobody).toMatchObject({ code: 1, stderr: expect.stringContaining("has no opportunity") as string });
});

test("[CM8] test replays the deals of the last days through a file and shows what would differ", async () => {
  const { code, stdout } = await mapping("test", "mapping.yaml", "--since", "1d");
  expect(code).toBe(0);
  expect(stdout).toContain(`Opportunity ${shared}\n    details.dealValue: nothing → details.dealValue = 70000\n`);
  expect(stdout).toContain("Deals: 1. The same: 0. Different: 1. Not readable: 0.");
  await writeFile(join(cwd, "same.yaml"), "version: 1\nextends: builtin/default\n");
  expect((await mapping("test", "same.yaml")).stdout).toContain("Deals: 1. The same: 1. Different: 0.");
});

test("[CM9] apply checks, shows and asks; running relays work with it at the next change, and go back the same way", async () => {
  const nothing = await mapping("apply", "--previous", "--yes");
  expect(nothing).toMatchObject({ code: 1, stderr: expect.stringContaining("No mapping was applied yet") as string });
  const unasked = await mapping("apply", "mapping.yaml");
  expect(unasked).toMatchObject({ code: 2, stderr: expect.stringContaining("--yes") as string });
  const refused = await mapping("apply", "bad.yaml", "--yes");
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("bad.yaml:5:38") as string });
  const applied = await mapping("apply", "mapping.yaml", "--yes");
  expect(applied.stdout).toContain("source: from estimatedvalue → from new_acv");
  expect(applied).toMatchObject({ code: 0, stdout: expect.stringContaining("Version 1 is applied.") as string });
  await untilHolds(() => expect(relay.log.join("\n")).toContain("the applied mapping is in use"));
  deals.edit(shared, { new_acv: 80_000, name: "Another name" });
  await untilHolds(() => expect(dealValueOf(shared)).toBe(80_000));
  expect((await mapping("export")).stdout.trim()).toBe(otherMapping.trim());
  expect(await mapping("apply", "mapping.yaml", "--yes")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("No difference") as string,
  });

  // Before the first version there was the shipped mapping.
  const shipped = await mapping("apply", "--previous", "--yes");
  expect(shipped.stdout).toContain("source: from new_acv → from estimatedvalue");
  expect(shipped.stdout).toContain("Version 2 is applied.");
  expect((await mapping("diff", "same.yaml")).stdout).toContain("No difference");
  const back = await mapping("apply", "--previous", "--yes");
  expect(back.stdout).toContain("Version 3 is applied.");
  expect((await mapping("export", "--applied", "2")).stdout).toContain("extends: builtin/default");
});

test("[CM9] a mapping that was applied is in use after a restart; with a file set it would not count, and apply says so", async () => {
  await relay.atRest();
  await relay.stop();
  await relay.start();
  // The step does not listen to new_acv, so the name is what calls the relay.
  deals.edit(shared, { new_acv: 90_000, name: "One more name" });
  await untilHolds(() => expect(dealValueOf(shared)).toBe(90_000));
  const environment = { ...settings(), COSELL_MAPPING_FILE: "same.yaml" };
  const refused = await cosell(["mapping", "apply", "mapping.yaml", "--yes"], { cwd, environment });
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("COSELL_MAPPING_FILE (same.yaml)") as string,
  });
});
