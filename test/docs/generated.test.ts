import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { settingTable } from "../../sync-relay/src/config/setting-table";
import { errorCodes } from "../../sync-relay/src/core/errors";
import { messages } from "../../sync-relay/src/core/text/messages";
import { everyFinding } from "../../sync-relay/src/operate/doctor/every-finding";

const root = join(__dirname, "../..");
const script = [join(root, "scripts/generated-files.mjs")];

test("[HO9] the checked-in pages are what the source makes of them", () => {
  const { stderr, status } = spawnSync(process.execPath, [...script, "--check"], { encoding: "utf8" });
  expect(stderr).not.toContain("Not current");
  expect(status).toBe(0);
});

test("[HO9] a page that was edited by hand is found", () => {
  const folder = mkdtempSync(join(tmpdir(), "cosell-pages-"));
  execFileSync(process.execPath, [...script, `--into=${folder}`], { stdio: "ignore" });
  writeFileSync(join(folder, "docs/errors.md"), "# Edited\n");
  const { stderr, status } = spawnSync(process.execPath, [...script, "--check", `--into=${folder}`], {
    encoding: "utf8",
  });
  expect(stderr).toContain("Not current: docs/errors.md.");
  expect(status).toBe(1);
  rmSync(folder, { recursive: true });
});

test("[HO9] signs that mean something in XML are texts in a text web resource", () => {
  const script = `import { textWebResource } from ${JSON.stringify(join(root, "scripts/text-web-resource.mjs"))};
    process.stdout.write(textWebResource({ odd: "a < b & c > d" }));`;
  const resx = execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  expect(resx).toContain("<value>a &lt; b &amp; c &gt; d</value>");
});

test("[HO9] every setting and every error code has its row", () => {
  const settings = readFileSync(join(root, "docs/settings.md"), "utf8");
  const errors = readFileSync(join(root, "docs/errors.md"), "utf8");
  expect(Object.keys(settingTable).filter((name) => !settings.includes(`| \`${name}\` `))).toEqual([]);
  expect(Object.keys(errorCodes).filter((code) => !errors.includes(`| ${code} |`))).toEqual([]);
});

test("[HO9] the troubleshooting page has every code, every finding and every message, with what mends it", () => {
  const page = readFileSync(join(root, "docs/troubleshooting.md"), "utf8");
  const placed = (words: string): string => words.replaceAll(/\{(\w+)\}/g, "`<$1>`");
  expect(Object.keys(errorCodes).filter((code) => !page.includes(`### ${code}\n`))).toEqual([]);
  expect(Object.values(everyFinding).filter(({ what }) => !page.includes(placed(what.en)))).toEqual([]);
  expect(
    Object.values(messages).filter(({ en, fr }) => !page.includes(placed(en)) || !page.includes(placed(fr))),
  ).toEqual([]);
  const commands = new Set([...page.matchAll(/^cosell (\w+)/gm)].map(([, name]) => name));
  expect([...commands].sort()).toEqual(["diagnostics", "doctor", "explain", "mapping", "retry", "status"]);
});

test("[HO10] every error code is well-formed and says what happened and what to do", () => {
  for (const [code, { meaning, action }] of Object.entries(errorCodes)) {
    expect(code).toMatch(/^CS-1\d{3}$/);
    expect([code, meaning]).toEqual([code, expect.stringMatching(/^[A-Z].{10,}\.$/)]);
    expect([code, action]).toEqual([code, expect.stringMatching(/^[A-Z].{10,}\.$/)]);
  }
  const meanings = Object.values(errorCodes).map(({ meaning }) => meaning);
  expect(new Set<string>(meanings).size).toBe(meanings.length);
});

test("[HO10] each error code is written once in the table", () => {
  const source = readFileSync(join(root, "sync-relay/src/core/errors.ts"), "utf8");
  const codes = [...source.matchAll(/^ {2}"(CS-\d+)":/gm)].map(([, code]) => code);
  expect(codes).toEqual(Object.keys(errorCodes));
});
