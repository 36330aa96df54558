// The commands of `cosell mapping` that need neither relay nor cloud, as an admin runs them.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cosell, type CosellEnded } from "./cosell-process";
import { MAPPING_HEAD, otherDealValue } from "./other-deal-value";

let cwd = "";
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "cosell-mapping-"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function write(text: string, file = "mapping.yaml"): void {
  writeFileSync(join(cwd, file), MAPPING_HEAD + text);
}

function mapping(...words: readonly string[]): Promise<CosellEnded> {
  return cosell(["mapping", ...words], { cwd });
}

test("[CM1] init writes a file that changes nothing yet and passes the check, and never writes over one", async () => {
  expect(await mapping("init")).toMatchObject({ code: 0 });
  expect(readFileSync(join(cwd, "mapping.yaml"), "utf8")).toContain(
    "# yaml-language-server: $schema=./mapping.schema.json",
  );
  expect(JSON.parse(readFileSync(join(cwd, "mapping.schema.json"), "utf8"))).toHaveProperty("properties.toCrm");
  expect((await mapping("check", "mapping.yaml", "--offline")).stdout).toContain("mapping.yaml: 23 fields, no problem");
  expect((await mapping("diff", "mapping.yaml", "--shipped")).stdout).toContain("No difference");
  const again = await mapping("init");
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining("mapping.yaml is there already") as string });
  const french = await cosell(["mapping", "init", "fr.yaml", "--language", "fr"], { cwd });
  expect(french.code).toBe(0);
  expect(readFileSync(join(cwd, "fr.yaml"), "utf8")).toContain("Ce qui diffère ici");
});

test("[CM2] check shows every problem with file, line, column, the line and a caret, and ends with 1", async () => {
  write("toCrm:\n  create:\n    - { to: a, form: name }\n    - { to: b, from: nmae }\n");
  const { code, stdout } = await mapping("check", "mapping.yaml", "--offline");
  expect(code).toBe(1);
  expect(stdout).toContain('mapping.yaml:5:16 unknown key "form"\n      - { to: a, form: name }\n                 ^\n');
  expect(stdout).toContain('mapping.yaml:6:22 Partner Center has no "nmae"; did you mean "name"?');
  expect(stdout).toContain("[✗] Mapping                mapping.yaml: problems: 2");
  const json = JSON.parse((await mapping("check", "mapping.yaml", "--offline", "--json")).stdout) as object;
  expect(json).toMatchObject({
    problems: [
      { line: 5, column: 16 },
      { line: 6, column: 22 },
    ],
    checkedAgainst: null,
  });
});

test("[CM2] check takes columns that were saved before, and says when they are none", async () => {
  write(otherDealValue);
  const columns = { new_acv: { kind: "text", options: null, writable: { create: true, update: true }, maxLength: 10 } };
  const saved = { environment: "https://contoso.crm.dynamics.com", readAt: "2026-11-01T10:00:00.000Z", columns };
  writeFileSync(join(cwd, "columns.json"), JSON.stringify(saved));
  const checked = await mapping("check", "mapping.yaml", "--columns", "columns.json");
  expect(checked.code).toBe(1);
  expect(checked.stdout).toContain(
    "checked against 1 columns of https://contoso.crm.dynamics.com (2026-11-01T10:00:00.000Z)",
  );
  expect(checked.stdout).not.toContain('the CRM has no column "new_acv"');
  writeFileSync(join(cwd, "columns.json"), "{}");
  const refused = await mapping("check", "mapping.yaml", "--columns", "columns.json");
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("columns.json holds no columns") as string,
  });
});

test("[CM3] explain says in words what a field takes, from where, by which line, and who wins", async () => {
  write(otherDealValue);
  const one = await mapping("explain", "details.dealValue", "--file", "mapping.yaml");
  expect(one.stdout).toBe(`details.dealValue
  to Partner Center on create and update: from new_acv, as money, required (line 5)
  to Dynamics 365 on create and update: new_acv from details.dealValue, as money (line 9)
  Goes both ways; when both sides changed it, the newer change wins.
`);
  const status = await cosell(["mapping", "explain", "statuscode", "--file", "mapping.yaml", "--language=fr"], { cwd });
  expect(status.stdout).toContain("l’espace partenaires l’emporte");
  expect(status.stdout).toContain('5 dans Dynamics 365 = "lost" dans l’espace partenaires');
  const all = await mapping("explain", "--file", "mapping.yaml");
  for (const word of ["customerProfile.team", "always true", "country names in seven languages", "shipped"]) {
    expect(all.stdout).toContain(word);
  }
  const unknown = await mapping("explain", "details.delValue", "--file", "mapping.yaml");
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('no field "details.delValue"') as string });
});

test("[CM4] diff says what a file does differently, each part with before and after", async () => {
  write(`${otherDealValue}  create:\n    - { to: new_source, value: 7 }\nmatch: { parentaccountid: [name] }\n`);
  const { code, stdout } = await mapping("diff", "mapping.yaml", "--shipped");
  expect(code).toBe(0);
  expect(stdout).toBe(`~ match parentaccountid: name, address1_postalcode → name
~ details.dealValue (to Partner Center on create and update)
    source: from estimatedvalue → from new_acv
- estimatedvalue (to Dynamics 365 on create and update): from details.dealValue, as money (shipped)
+ new_acv (to Dynamics 365 on create and update): from details.dealValue, as money (line 9)
+ new_source (to Dynamics 365 on create): always 7 (line 11)
`);
});

test("[CM5] export prints the mapping that comes with the relay as it is written", async () => {
  const { code, stdout } = await mapping("export", "--shipped");
  expect(code).toBe(0);
  write("", "unused.yaml");
  writeFileSync(join(cwd, "exported.yaml"), stdout);
  expect((await mapping("diff", "exported.yaml", "--shipped")).stdout).toContain("No difference");
  expect(await mapping("export", "--shipped", "--out", "nowhere/mapping.yaml")).toMatchObject({ code: 1 });
});

test("[CM6] a file that is not there, ids, numbers and times that are none are refused before anything is opened", async () => {
  write("");
  const said = async (...words: readonly string[]) => {
    const { code, stderr } = await mapping(...words);
    return `${String(code)} ${stderr.split("\n")[0] ?? ""}`;
  };
  expect(await said("diff", "nothing.yaml", "--shipped")).toMatch(/^1 nothing\.yaml could not be read: ENOENT/);
  expect(await said("preview", "42")).toContain("2 “42” is not");
  expect(await said("test", "mapping.yaml", "--since", "soon")).toMatch(/^2 .soon. is not/);
  expect(await said("test", "mapping.yaml", "--most", "-3")).toContain('2 "-3" is not a number of deals above 0.');
  expect(await said("export", "--applied", "x")).toContain('2 "x" is not a number of a version above 0.');
  expect(await said("apply")).toMatch(/^2 /);
});
