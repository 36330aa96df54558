import type { EnvironmentVariable } from "../../schema/environment-variables";
import { DESCRIPTION_LENGTH, OPTION_VALUE_PREFIXES, OPTION_VALUES, TEXT_LENGTHS } from "./limits";
import type { SchemaProblem } from "./schema-problem";
import type { SolutionSchema } from "./solution-schema";

/** Numbers and sizes: option values, column lengths, values of environment variables. */
export function checkValues(schema: SolutionSchema): readonly SchemaProblem[] {
  return [
    ...checkOptionValues(schema),
    ...checkLengths(schema),
    ...Object.entries(schema.environmentVariables).flatMap(([role, variable]) => checkVariable(role, variable)),
  ];
}

function checkOptionValues({ publisher, helpOptions, syncStatuses, solutionTypes }: SolutionSchema) {
  const { optionValuePrefix } = publisher;
  const problems: SchemaProblem[] = [];
  const { least, most } = OPTION_VALUE_PREFIXES;
  if (!Number.isInteger(optionValuePrefix) || optionValuePrefix < least || optionValuePrefix > most) {
    const rule = `A publisher's number for option values is a whole one from ${least} to ${most}.`;
    const place = "publisher.optionValuePrefix";
    problems.push({ file: "publisher.ts", place, found: `is ${optionValuePrefix}`, rule });
  }
  const first = optionValuePrefix * OPTION_VALUES;
  const last = first + OPTION_VALUES - 1;
  const lists = [
    ["help-options.ts", "helpOptions", helpOptions],
    ["sync-status.ts", "syncStatuses", syncStatuses],
    ["solution-table.ts", "solutionTypes", solutionTypes],
  ] as const;
  const seen = new Map<number, string>();
  for (const [file, list, options] of lists) {
    for (const [n, { value }] of options.entries()) {
      const place = `${list}[${n}].value`;
      const before = seen.get(value);
      seen.set(value, before ?? place);
      if (before !== undefined) {
        problems.push({ file, place, found: `is ${value}, as ${before} is`, rule: "An option value is used once." });
      }
      if (Number.isInteger(value) && value >= first && value <= last) continue;
      const rule = `The publisher's option values are whole numbers from ${first} to ${last}.`;
      problems.push({ file, place, found: `is ${value}`, rule });
    }
  }
  return problems;
}

interface Sized {
  readonly type: { readonly kind: string; readonly maxLength?: number };
}

function checkLengths({ opportunityColumns, solutionColumns }: SolutionSchema): readonly SchemaProblem[] {
  return [
    ...lengthProblems("opportunity-columns.ts", "opportunityColumns", opportunityColumns),
    ...lengthProblems("solution-table.ts", "solutionColumns", solutionColumns),
  ];
}

function lengthProblems(
  file: string,
  list: string,
  columns: { readonly [role: string]: Sized },
): readonly SchemaProblem[] {
  return Object.entries(columns).flatMap(([role, { type }]) => {
    const most = TEXT_LENGTHS[type.kind];
    const length = type.maxLength;
    if (most === undefined || (isWhole(length) && length >= 1 && length <= most)) return [];
    const rule = `A column of the kind ${type.kind} holds 1 to ${most} characters.`;
    return [{ file, place: `${list}.${role}.type.maxLength`, found: `is ${length ?? "missing"}`, rule }];
  });
}

function isWhole(value: number | undefined): value is number {
  return Number.isInteger(value);
}

function checkVariable(role: string, { type, defaultValue }: EnvironmentVariable): readonly SchemaProblem[] {
  if (defaultValue === null) return [];
  const problem = (found: string, rule: string): readonly SchemaProblem[] => [
    { file: "environment-variables.ts", place: `environmentVariables.${role}.defaultValue`, found, rule },
  ];
  if (type === "yes-no" && defaultValue !== "yes" && defaultValue !== "no") {
    return problem(`is “${defaultValue}”`, "A yes-no variable starts as “yes” or “no”.");
  }
  if (defaultValue.length <= DESCRIPTION_LENGTH) return [];
  return problem(`has ${defaultValue.length} characters`, `A variable holds at most ${DESCRIPTION_LENGTH}.`);
}
