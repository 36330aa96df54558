import { checkIds } from "./check/check-ids";
import { checkNames } from "./check/check-names";
import { checkReferences } from "./check/check-references";
import { checkTexts } from "./check/check-texts";
import { checkValues } from "./check/check-values";
import { checkViews } from "./check/check-views";
import type { SchemaProblem } from "./check/schema-problem";
import { shippedSchema, type SolutionSchema } from "./check/solution-schema";

/**
 * Mistakes in the schema, all at once. An import would refuse most of them in the middle of its work, with a message
 * that names neither the file nor the rule; the rest it would take and never let go of, names and values above all.
 */
export function checkSchema(schema: SolutionSchema = shippedSchema): readonly SchemaProblem[] {
  const checks = [checkNames, checkTexts, checkValues, checkIds, checkReferences, checkViews];
  return checks.flatMap((check) => check(schema));
}

/** All problems for whoever builds the solution, one a line, the files in the order of their names. */
export function formatSchemaProblems(problems: readonly SchemaProblem[]): string {
  const lines = problems.map(({ file, place, found, rule }) => `  solution/schema/${file} ${place}: ${found}. ${rule}`);
  const count = problems.length === 1 ? "1 mistake" : `${problems.length} mistakes`;
  return [`The schema of the solution has ${count}:`, ...lines.sort(), ""].join("\n");
}
