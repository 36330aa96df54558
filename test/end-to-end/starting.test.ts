import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { settingTable } from "../../sync-relay/src/config/setting-table";
import { startLoopbackClouds, type LoopbackClouds } from "../../sync-relay/simulator/demo/loopback-clouds";
import { startRelayProcess, type RelayProcess } from "../../sync-relay/simulator/demo/relay-process";
import { compiledEntry } from "./compiled-entry";
import { COLUMN, dealsOf, statusValue } from "./deals";
import { runToEnd } from "./run-to-end";
import { untilHolds } from "./until-holds";
import { START_WITHIN_MS } from "./whole-relay";

const entry = compiledEntry("src/main.js");
let base: string;
let clouds: LoopbackClouds;
let relay: RelayProcess | null = null;
const log: string[] = [];
/** A listed host at which nobody listens. */
const CLOSED_HOST = "127.0.0.1:9";

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "cosell-start-"));
  await chmod(base, 0o755);
  clouds = await startLoopbackClouds();
}, START_WITHIN_MS);

afterAll(async () => {
  await relay?.stop();
  await clouds.close();
  await rm(base, { recursive: true, force: true });
}, START_WITHIN_MS);

test("[BI1] started with nothing, the relay ends with 2 and names everything that is missing", async () => {
  const { code, output } = await runToEnd(entry, {});
  expect(code).toBe(2);
  const required = Object.entries(settingTable).filter(([, { need }]) => need === "required");
  expect(required.length).toBeGreaterThan(4);
  for (const [name] of [...required, ["COSELL_CLIENT_SECRET"]]) expect(output).toContain(`  ${name}: is missing`);
});

test("[BI1] bad settings are all named at once, and no secret is repeated", async () => {
  const { code, output } = await runToEnd(entry, {
    ...clouds.environment,
    COSELL_DATAVERSE_URL: "http://contoso.example",
    COSELL_PORT: "eighty",
    COSELL_LANGUAGE: "de",
    COSELL_SWEEP_SECONDS: "0",
    COSELL_DATAVERSE_WEBHOOK_SECRET: "too-short-canary",
    COSELL_CLIENT_SECRET_FILE: join(base, "no-such-file"),
    COSELL_COALESCE: "5",
  });
  expect(code).toBe(2);
  const wrong = ["DATAVERSE_URL", "PORT", "LANGUAGE", "SWEEP_SECONDS", "DATAVERSE_WEBHOOK_SECRET", "CLIENT_SECRET"];
  for (const name of wrong) expect(output).toContain(`  COSELL_${name}: `);
  expect(output).toContain("COSELL_COALESCE_MS");
  expect(output).not.toContain("too-short-canary");
  expect(output).not.toContain(clouds.environment["COSELL_CLIENT_SECRET"]);
});

test.each([
  ["the environment", { COSELL_LANGUAGE: "fr" }, ""],
  ["the configuration file", {}, "language: FR\n"],
])("[CF20] the relay's start says what is wrong in the language that %s asks for", async (_, environment, text) => {
  const config = join(base, "language.yaml");
  await writeFile(config, `${text}sweep-seconds: 0\n`);
  const { code, output } = await runToEnd(entry, { ...environment, COSELL_CONFIG_FILE: config });
  expect(code).toBe(2);
  expect(output).toContain("Les paramètres ne sont pas utilisables :\n  COSELL_DATAVERSE_URL: manque.");
  expect(output).toContain("n’est pas acceptée : ce n’est pas un nombre entier de 1 à 86400.\n");
  expect(output).toContain("Tous les paramètres : docs/settings.md");
});

test.each<[string, readonly string[], readonly number[]]>([
  [
    "meaning",
    [
      "version: 1",
      "extends: builtin/default",
      "toPartnerCenter:",
      "  update:",
      "    - { to: details.dealValu, from: estimatedvalue }",
      "    - { to: details.currency, from: transactioncurrencyid.isocurrencycode, max: 3 }",
      "toCrm:",
      "  create:",
      "    - { to: new_x, expr: '1 +' }",
    ],
    [5, 6, 9],
  ],
  [
    "shape",
    [
      "version: 1",
      "toPartnerCenter:",
      "  update:",
      "    - { to: details.notes, as: monye }",
      "  updat: []",
      "match: 7",
    ],
    [4, 5, 6],
  ],
  ["syntax", ["version: 1", "lists: { a: [1 }"], [2]],
])(
  "[BI2] a mapping file with mistakes of %s ends the start and shows each with a caret",
  async (kind, lines, wrong) => {
    const file = join(base, `${kind}.yaml`);
    await writeFile(file, lines.join("\n"));
    const { code, output } = await runToEnd(entry, {
      ...clouds.environment,
      COSELL_MAPPING_FILE: file,
      COSELL_DATA_DIR: join(base, "unused"),
    });
    expect(code).toBe(2);
    for (const line of wrong) {
      const place = new RegExp(`${kind}\\.yaml:${line}:(\\d+) .+\\n {2}(.*)\\n {2}( *)\\^`);
      const [, column, shown, indent] = place.exec(output) ?? [];
      expect({ shown, under: (indent ?? "").length + 1 }).toEqual({ shown: lines[line - 1], under: Number(column) });
    }
  },
);

test(
  "[EE23] a relay that is set up by files alone works",
  async () => {
    const folder = join(base, "settings");
    await mkdir(folder);
    const settings = {
      ...clouds.environment,
      COSELL_CERTIFICATE_HOSTS: `${clouds.environment["COSELL_CERTIFICATE_HOSTS"] ?? ""},${CLOSED_HOST}`,
      COSELL_DATA_DIR: join(base, "data"),
      COSELL_LOG_LEVEL: "debug",
    };
    const files: Record<string, string> = {};
    for (const [name, value] of Object.entries(settings)) {
      files[`${name}_FILE`] = join(folder, name);
      await writeFile(join(folder, name), `${value}\n`);
    }
    relay = await startRelayProcess({ environment: files, port: 0, entry, onLine: (line) => log.push(line) });
    clouds.callRelayAt(relay.url);
    const deals = dealsOf(clouds);
    const id = deals.share();
    const deal = deals.newDeal();
    await untilHolds(() => {
      expect(deals.row(id)[COLUMN.status]).toBe(statusValue("synced"));
      expect(deals.theRowOf(deal)[COLUMN.status]).toBe(statusValue("synced"));
    });
  },
  START_WITHIN_MS,
);

test("[EE24] no secret stands in the log or in the data folder", async () => {
  // A notification that cannot be verified yet is stored as it came.
  const { partnerCenter } = clouds;
  partnerCenter.settings.certificateUrl = `http://${CLOSED_HOST}/cert/away.cer`;
  partnerCenter.webhooks.deliveries.reset();
  partnerCenter.referrals.newDeal({ name: "Not to be verified" });
  await untilHolds(() => expect(partnerCenter.webhooks.deliveries.attempts()[0]?.status).toBe(202));
  await relay?.stop();
  relay = null;
  expect(log.length).toBeGreaterThan(5);
  const secrets = ["CLIENT_SECRET", "DATAVERSE_WEBHOOK_SECRET", "PARTNER_CENTER_WEBHOOK_TOKEN"].map(
    (name) => clouds.environment[`COSELL_${name}`] ?? "",
  );
  const found = async () => {
    const texts = [log.join("\n"), ...(await filesBelow(join(base, "data")))];
    return texts.flatMap((text) => [
      ...secrets.filter((secret) => text.includes(secret)),
      ...(text.match(REFRESH_TOKEN) ?? []),
      ...(text.match(ACCESS_TOKEN) ?? []),
    ]);
  };
  expect(await found()).toEqual([]);
  // The search finds what is there.
  const token = clouds.environment["COSELL_PARTNER_CENTER_REFRESH_TOKEN"] ?? "";
  await writeFile(join(base, "data", "probe"), `{"token":"${token}","secret":"${secrets[0] ?? ""}"}`);
  expect(await found()).toEqual([secrets[0], token]);
});

/** In the likeness of the authority's refresh tokens, whichever was issued last. */
const REFRESH_TOKEN = /\b0\.[\w-]{43}(?![\w-])/g;
const ACCESS_TOKEN = /eyJ[\w-]{20,}\.[\w-]{20,}/g;

/** Contents of all files below a folder. */
async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((one) => one.isFile());
  return Promise.all(files.map((one) => readFile(join(one.parentPath, one.name), "latin1")));
}
