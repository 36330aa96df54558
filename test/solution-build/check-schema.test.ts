// Mistakes planted in a copy of the schema: each is found, with its place and its rule, and nothing else is.

import { checkSchema, formatSchemaProblems } from "../../solution/build/check-schema";
import { mistakes } from "./planted-mistakes";
import { at, column, planted, role } from "./schema-draft";

test("[SCH1] the shipped schema has no mistakes", () => {
  expect(checkSchema()).toEqual([]);
});

test.each(mistakes)("[SCH2] %s is found, with its place and its rule", (_mistake, plant, places, rule) => {
  const problems = checkSchema(planted(plant));
  expect(problems.map(({ place }) => place).sort()).toEqual([...places].sort());
  for (const problem of problems) expect(problem.rule).toMatch(rule);
});

test("[SCH2] all mistakes are told at once, with the file that holds each", () => {
  const problems = checkSchema(
    planted((draft) => {
      column(draft, "audit").labels.en = "";
      at(draft.helpOptions, 0).value = 1;
      role(draft, 1).privileges.push({ name: "prvReadInvoice", depth: "user" });
      at(draft.packageNames, "columnSecurity").uniqueName = "";
    }),
  );
  expect(problems.map(({ file }) => file).sort()).toEqual([
    "help-options.ts",
    "opportunity-columns.ts",
    "security-roles.ts",
    "solution-packages.ts",
  ]);
});

test("[SCH2] every file that a mistake names is there", () => {
  const files = mistakes.flatMap(([, plant]) => checkSchema(planted(plant)).map(({ file }) => file));
  for (const file of new Set(files)) {
    expect(() => jest.requireActual<object>(`../../solution/schema/${file.replace(/\.ts$/, "")}`)).not.toThrow();
  }
  expect(new Set(files).size).toBeGreaterThan(8);
});

test("[SCH3] the mistakes read as lines of file, place, what is there and the rule", () => {
  const one = checkSchema(planted((draft) => void (column(draft, "help").labels.fr = "")));
  expect(formatSchemaProblems(one)).toBe(
    [
      "The schema of the solution has 1 mistake:",
      "  solution/schema/opportunity-columns.ts opportunityColumns.help.labels.fr: is empty. Every text is needed in French.",
      "",
    ].join("\n"),
  );
  const two = checkSchema(
    planted((draft) => {
      column(draft, "sync").labels.en = "";
      column(draft, "help").labels.en = "";
    }),
  );
  const [head, first] = formatSchemaProblems(two).split("\n");
  expect(head).toBe("The schema of the solution has 2 mistakes:");
  expect(first).toContain("opportunityColumns.help.labels.en");
});
