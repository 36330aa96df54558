import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { settingTable, type SettingEntry } from "../../sync-relay/src/config/setting-table";
import { readBelow, rulesIn, SPECIFICATION } from "../support/run-rules";

const root = join(__dirname, "../..");
const security = readBelow(root, "SECURITY.md");
const known = new Set(rulesIn(SPECIFICATION, readBelow(root, SPECIFICATION)).rules.map(({ id }) => id));

interface AsvsItem {
  readonly id: string;
  readonly level: number;
  readonly about: string;
  readonly rules?: readonly string[];
  readonly reason?: string;
}

const asvs = JSON.parse(readBelow(root, "docs/security/asvs.json")) as {
  readonly items: readonly AsvsItem[];
  readonly notApplicable: readonly { readonly ids: readonly string[]; readonly reason: string }[];
};

/** Ids of rules in a text: two capitals or more and a number. Names of algorithms and the like have a dash. */
const rulesNamedIn = (text: string) => [...text.matchAll(/(?<![\w-])[A-Z]{2,3}\d{1,2}(?![\w-])/g)].map(([id]) => id);

test("[SC1] every rule that SECURITY.md names exists", () => {
  const named = rulesNamedIn(security);
  expect(named.length).toBeGreaterThan(60);
  expect(named.filter((id) => !known.has(id))).toEqual([]);
  expect(rulesNamedIn("PS1, (XX99) SHA-256 AES-256-GCM")).toEqual(["PS1", "XX99"]);
});

test("[SC1] every threat of SECURITY.md names the rules that cover it", () => {
  const table = security.split("## Threats")[1]?.split("\n## ")[0] ?? "";
  const rows = table.split("\n").filter((line) => line.startsWith("| ") && !/^\| (threat|-)/.test(line));
  expect(rows.length).toBeGreaterThanOrEqual(15);
  expect(rows.filter((row) => rulesNamedIn(row.split("|")[3] ?? "").length === 0)).toEqual([]);
});

/** How many items the standard has at each level. */
const COUNTS = { 1: 70, 2: 183 } as const;

test("[SC3] every item of both levels is there once, with rules that exist or a reason", () => {
  const elsewhere = asvs.notApplicable.flatMap(({ ids }) => ids);
  const ids = [...asvs.items.map(({ id }) => id), ...elsewhere];
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(COUNTS[1] + COUNTS[2]);
  expect(ids.filter((id) => !/^V\d{1,2}\.\d{1,2}\.\d{1,2}$/.test(id))).toEqual([]);
  for (const { id, level, about, rules, reason } of asvs.items) {
    expect([id, [1, 2].includes(level), about.length > 2]).toEqual([id, true, true]);
    expect([id, (rules === undefined) !== (reason === undefined)]).toEqual([id, true]);
    expect([id, (rules ?? []).filter((rule) => !known.has(rule))]).toEqual([id, []]);
    expect([id, rules?.length !== 0, reason === undefined || reason.length > 10]).toEqual([id, true, true]);
  }
  expect(asvs.notApplicable.filter(({ reason }) => reason.length < 10)).toEqual([]);
});

/** Least share of the items that concern the product which tests cover. */
const LEAST_SHARE = 0.95;

test("[SC8] at least 95 % of the items that concern the product are covered by tests, and the page says how many", () => {
  const tested = asvs.items.filter(({ rules }) => rules !== undefined);
  expect(tested.length / asvs.items.length).toBeGreaterThanOrEqual(LEAST_SHARE);
  const said = /(\d+) concern the product: (\d+) are covered by tests \((\d+) %\), (\d+) by what is said/.exec(
    readBelow(root, "docs/security/asvs.md"),
  );
  expect(said?.slice(1).map(Number)).toEqual([
    asvs.items.length,
    tested.length,
    Math.floor((100 * tested.length) / asvs.items.length),
    asvs.items.length - tested.length,
  ]);
});

test("[SC4] every setting that opens a connection or is a secret is named", () => {
  const entries = Object.entries<SettingEntry>(settingTable);
  const opens = entries.filter(([name, { group }]) => group === "Addresses" || /_HOSTS$|_DATABASE_URL$/.test(name));
  const secrets = entries.filter(([, { secret }]) => secret);
  expect([opens.length, secrets.length].every((count) => count >= 5)).toBe(true);
  expect([...opens, ...secrets].filter(([name]) => !security.includes(`\`${name}\``)).map(([name]) => name)).toEqual(
    [],
  );
});

test("[SC4] every table is named with how long it is kept", () => {
  const migrations = readBelow(root, "sync-relay/src/adapters/store/postgres/migrations.ts");
  const tables = [...migrations.matchAll(/create table (?:if not exists )?(cosell\.\w+)/g)].map(
    ([, table]) => table ?? "",
  );
  expect(tables.length).toBeGreaterThan(5);
  const technical = tables.filter((table) => /migration|version|schema/.test(table));
  expect(tables.filter((table) => !technical.includes(table) && !security.includes(`\`${table}\``))).toEqual([]);
});

test("[SC4] SECURITY.md says how to report a weakness, and is linked from the README", () => {
  expect(security).toContain("## Report a weakness");
  expect(readBelow(root, "README.md")).toContain("(SECURITY.md)");
});

interface BillOfMaterials {
  readonly bomFormat: string;
  readonly metadata: { readonly component: { readonly name: string; readonly version: string } };
  readonly components: readonly { readonly name: string; readonly version: string; readonly purl: string }[];
}

test("[SC2] the bill of materials names every direct dependency and nothing that only builds or tests", () => {
  const folder = mkdtempSync(join(tmpdir(), "cosell-sbom-"));
  const file = join(folder, "sbom.json");
  // A registry that nobody answers at: whatever would ask one, fails.
  const env = { ...process.env, npm_config_registry: "http://127.0.0.1:9/", npm_config_fetch_retries: "0" };
  execFileSync(process.execPath, [join(root, "scripts/write-sbom.mjs"), `--into=${file}`], { env, stdio: "ignore" });
  const bill = JSON.parse(readFileSync(file, "utf8")) as BillOfMaterials;
  rmSync(folder, { recursive: true });
  const product = JSON.parse(readBelow(root, "package.json")) as {
    readonly name: string;
    readonly version: string;
    readonly dependencies: Readonly<Record<string, string>>;
    readonly optionalDependencies: Readonly<Record<string, string>>;
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  expect(bill).toMatchObject({
    bomFormat: "CycloneDX",
    metadata: { component: { name: product.name, version: product.version } },
  });
  const listed = new Set(bill.components.map(({ purl }) => decodeURIComponent(purl)));
  const direct = Object.entries({ ...product.dependencies, ...product.optionalDependencies });
  expect(direct.filter(([name, version]) => !listed.has(`pkg:npm/${name}@${version}`))).toEqual([]);
  const names = bill.components.map(({ name }) => name);
  const development = ["jest", "typescript", "eslint", "prettier", "playwright-core", "fast-check"];
  expect(development.filter((name) => name in product.devDependencies)).toEqual(development);
  expect(names.filter((name) => development.includes(name))).toEqual([]);
});
