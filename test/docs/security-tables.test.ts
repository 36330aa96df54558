import { join } from "node:path";
import { settingTable, type SettingEntry } from "../../sync-relay/src/config/setting-table";
import { textsIn } from "../support/run-calls";
import { readSource, sourceFiles } from "../support/run-layers";
import { readBelow } from "../support/run-rules";

const root = join(__dirname, "../..");
const security = readBelow(root, "SECURITY.md");

/** A row of a table, by the names of its columns. */
type Row = Readonly<Record<string, string>>;

/** The tables below a heading, up to the next heading. */
function tablesUnder(text: string, heading: string): readonly (readonly Row[])[] {
  const [, below = ""] = text.split(`${heading}\n`);
  const blocks = (below.split(/\n#+ /)[0] ?? "").split(/\n(?!\|)/).map((block) => block.trim());
  return blocks.filter((block) => block.startsWith("|")).map(rowsOf);
}

function rowsOf(block: string): readonly Row[] {
  const [names = [], , ...rows] = block.split("\n").map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return rows.map((cells) => Object.fromEntries(names.map((name, n) => [name, cells[n] ?? ""])));
}

/** Rows in which one of the columns says nothing, or is not there. */
function incomplete(rows: readonly Row[], columns: readonly string[]): readonly Row[] {
  return rows.filter((row) => columns.some((column) => (row[column] ?? "").length < 2));
}

test("[SC9] every secret has a row that says what it is for and how it is replaced", () => {
  const [rows = []] = tablesUnder(security, "## Keys and secrets");
  const secrets = Object.entries<SettingEntry>(settingTable).flatMap(([name, { secret }]) => (secret ? [name] : []));
  expect(secrets.length).toBeGreaterThanOrEqual(7);
  expect(secrets.filter((name) => rows.filter((row) => row["secret"]?.includes(`\`${name}\``)).length !== 1)).toEqual(
    [],
  );
  expect(incomplete(rows, ["secret", "used for", "replaced by"])).toEqual([]);
});

test("[SC9] everything stored has a class, and every class says how it is protected", () => {
  const [stored = [], classes = []] = tablesUnder(security, "## What is stored, and for how long");
  const names = classes.map((row) => row["class"] ?? "");
  expect([stored.length >= 8, names.length >= 3, new Set(names).size]).toEqual([true, true, names.length]);
  expect(incomplete(stored, ["what", "where", "class", "holds", "kept"])).toEqual([]);
  expect(incomplete(classes, ["class", "where it may be", "at rest", "who may read it", "in logs"])).toEqual([]);
  expect(stored.filter((row) => !names.includes(row["class"] ?? ""))).toEqual([]);
  expect(names.filter((name) => !stored.some((row) => row["class"] === name))).toEqual([]);
});

/** Names of algorithms: digests, ciphers, signatures, suites, and the object identifiers of signatures. */
const ALGORITHM =
  /^(?:rsa-|scram-)?(?:sha|md)-?\d+$|^(?:aes|des|rc4|chacha|ecdsa|ed25519|hs|rs|ps|es)[-\d]|^TLS_|^(?:EC)?DHE-|^1\.2\.840\.(?:113549\.1\.1|10045\.4)\.|^RSA(?:SSA|ES)/i;

test("[SC10] the cryptography that SECURITY.md lists is what the sources use", () => {
  const files = sourceFiles(root).filter((file) => file.startsWith("sync-relay/src/"));
  const used = new Set(
    files.flatMap((file) => textsIn(file, readSource(root, file)).filter((text) => ALGORITHM.test(text))),
  );
  const [rows = []] = tablesUnder(security, "### Cryptography");
  const listed = rows.flatMap((row) =>
    [...(row["algorithm"] ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ""),
  );
  expect(listed.length).toBeGreaterThan(15);
  expect([...used].sort()).toEqual([...listed].sort());
  expect(incomplete(rows, ["algorithm", "for"])).toEqual([]);
  const samples = ["md5", "sha1", "des-ede3-cbc", "RSASSA-PKCS1-v1_5", "rc4-40", "aes-128-cbc", "HS256", "SHA-512"];
  expect(samples.filter((name) => !ALGORITHM.test(name))).toEqual([]);
});

test("[SC11] every log has a row that says what, where, who and how long", () => {
  const [rows = []] = tablesUnder(security, "## Logs");
  expect(rows.map((row) => row["log"])).toEqual(["of the relay", "of its own database", "audit trail"]);
  expect(incomplete(rows, ["holds", "where", "who sees it", "kept"])).toEqual([]);
});

test("[SC11] whatever costs much has a row that says what bounds it, with the rules", () => {
  const [rows = []] = tablesUnder(security, "## What costs most, and what bounds it");
  expect(rows.length).toBeGreaterThanOrEqual(6);
  expect(incomplete(rows, ["what", "bound by", "rules"])).toEqual([]);
  expect(rows.filter((row) => !/\b[A-Z]{2}\d+\b/.test(row["rules"] ?? ""))).toEqual([]);
});
