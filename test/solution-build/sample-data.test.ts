// The sample data as the import wizard would take it: columns by their shown names, choices by their labels.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { languageCodes, type Language } from "../../solution/schema/labels";
import { solutionColumns, solutionTypes, type SolutionColumn } from "../../solution/schema/solution-table";
import { solutionId } from "../../sync-relay/src/core/mapping/conversions/solutions";

const folder = join(__dirname, "../../solution/sample-data");
const columns: readonly SolutionColumn[] = Object.values(solutionColumns);
const languages = Object.keys(languageCodes) as readonly Language[];

/** Records of a CSV: fields may be quoted, quotes within are doubled. */
function records(csv: string): readonly (readonly string[])[] {
  return csv
    .split("\r\n")
    .filter((line) => line !== "")
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) =>
        quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'),
      ),
    );
}

function read(language: Language): {
  readonly heading: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const text = readFileSync(join(folder, `co-sell-solutions.${languageCodes[language]}.csv`), "utf8");
  // Without the mark, spreadsheets take UTF-8 for the code page of their machine.
  expect(text.startsWith("\uFEFF")).toBe(true);
  const [heading = [], ...rows] = records(text.slice(1));
  return { heading, rows };
}

test("[CU6] there is one file a language, each with the same rows", () => {
  expect(readdirSync(folder).sort()).toEqual(["co-sell-solutions.1033.csv", "co-sell-solutions.1036.csv"]);
  const [english, french] = languages.map((language) => read(language).rows.map(([name, id]) => [name, id]));
  expect(english).toEqual(french);
  expect(english?.length).toBeGreaterThan(3);
});

test.each(languages)("[CU6] the columns are those of the table, by their names in %s", (language) => {
  const { heading, rows } = read(language);
  expect(heading).toEqual(columns.map(({ labels }) => labels[language]));
  for (const row of rows) expect([row, row.length]).toEqual([row, columns.length]);
});

test.each(languages)("[CU6] every value fits its column, in %s", (language) => {
  const { rows } = read(language);
  const types = solutionTypes.map(({ labels }) => labels[language]);
  for (const row of rows) {
    columns.forEach(({ type, required }, n) => {
      const value = row[n] ?? "";
      if (required) expect([row, value.trim()]).not.toEqual([row, ""]);
      if (type.kind === "text") expect(value.length).toBeLessThanOrEqual(type.maxLength);
      else expect(types).toContain(value);
    });
  }
  expect(new Set(rows.map(([, , type]) => type)).size).toBe(types.length);
});

test("[CU6] every id is one that the relay takes, and stands there once", () => {
  const ids = read("en").rows.map(([, id = ""]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.map((id) => solutionId(id))).toEqual(ids);
});

test("[CU6] quoted fields are read as spreadsheets write them", () => {
  expect(records('a,"b, c","d ""e"" f",\r\n"",g,h,i\r\n')).toEqual([
    ["a", "b, c", 'd "e" f', ""],
    ["", "g", "h", "i"],
  ]);
});
