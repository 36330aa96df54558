// SPEC.md and the tests say the same: every rule is proved by a test that names it, and every test names its rules.

import { join } from "node:path";
import { sourceFiles } from "./support/run-layers";
import { idsOf, readBelow, rulesIn, SPECIFICATION, testsIn } from "./support/run-rules";

const root = join(__dirname, "..");
const specification = [rulesIn(SPECIFICATION, readBelow(root, SPECIFICATION))];
const rules = specification.flatMap((part) => part.rules);
const tests = sourceFiles(root)
  .filter((file) => file.startsWith("test/"))
  .flatMap((file) => testsIn(file, readBelow(root, file)));

test("[HO3] every rule is named by at least one test", () => {
  const proved = new Set(tests.flatMap(({ name }) => idsOf(name)));
  expect(rules.length).toBeGreaterThan(40);
  expect(rules.filter(({ id }) => !proved.has(id)).map(({ id, place }) => `${id} in ${place}`)).toEqual([]);
});

test("[HO3] every test starts with the ids of existing rules", () => {
  const known = new Set(rules.map(({ id }) => id));
  const nameless = tests.filter(({ name }) => idsOf(name).length === 0);
  expect(nameless.map(({ name, place }) => `${place} ${name}`)).toEqual([]);
  const unknown = tests.flatMap(({ name, place }) =>
    idsOf(name)
      .filter((id) => !known.has(id))
      .map((id) => `${id} at ${place}`),
  );
  expect(unknown).toEqual([]);
});

test("[HO3] every rule id is used once, and every line that looks like a rule is one", () => {
  const ids = rules.map(({ id }) => id);
  expect(ids.filter((id, n) => ids.indexOf(id) !== n)).toEqual([]);
  expect(specification.flatMap((part) => part.odd)).toEqual([]);
});

test("[HO4] no test is skipped, focused or left unwritten", () => {
  expect(tests.filter(({ runs }) => !runs).map(({ place }) => place)).toEqual([]);
});

test("[HO3] rules and test names are recognised in every form they are written in", () => {
  const text = "## Part\n\n- **AB1** One.\n- **AB12** Two.\n- **ab3** none\n- plain\n";
  expect(rulesIn("x.md", text)).toEqual({
    rules: [
      { id: "AB1", place: "x.md" },
      { id: "AB12", place: "x.md" },
    ],
    odd: ["x.md: - **ab3** none"],
  });
  expect(["[AB1] a", "[AB1, AB2] b", "[AB1 AB2] c", "a [AB1]", "[AB] d"].map(idsOf)).toEqual([
    ["AB1"],
    ["AB1", "AB2"],
    ["AB1", "AB2"],
    [],
    [],
  ]);
});

test("[HO4] tests are found in every form, and those that do not run are told apart", () => {
  const text = [
    'test("[AB1] a", f);',
    "it(`[AB2] b ${x}`, f);",
    'test.each([1])("[AB3] c", f);',
    'describe("d", () => { test.skip("[AB4] d", f); test.only.each([1])("[AB5] e", f); });',
    "test.each`a`(name, f);",
    "pattern.test(line);",
  ].join("\n");
  expect(testsIn("x.ts", text).map(({ name, place, runs }) => [name, place, runs])).toEqual([
    ["[AB1] a", "x.ts:1", true],
    ["[AB2] b ", "x.ts:2", true],
    ["[AB3] c", "x.ts:3", true],
    ["[AB4] d", "x.ts:4", false],
    ["[AB5] e", "x.ts:4", false],
    ["", "x.ts:5", true],
  ]);
});
