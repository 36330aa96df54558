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

function checkOptionValues(schema: SolutionSchema): readonly SchemaProblem[] {
  const first = schema.publisher.optionValuePrefix * OPTION_VALUES;
  const last = first + OPTION_VALUES - 1;
  const seen = new Map<number, string>();
  return [
    ...checkPrefix(schema.publisher.optionValuePrefix),
    ...optionPlaces(schema).flatMap(({ file, place, value }) => {
      const problem = (found: string, rule: string): SchemaProblem => ({ file, place, found, rule });
      const before = seen.get(value);
      seen.set(value, before ?? place);
      const range = `The publisher's option values are whole numbers from ${first} to ${last}.`;
      return [
        ...(before === undefined ? [] : [problem(`is ${value}, as ${before} is`, "An option value is used once.")]),
        ...(isWholeIn(value, { least: first, most: last }) ? [] : [problem(`is ${value}`, range)]),
      ];
    }),
  ];
}

function checkPrefix(optionValuePrefix: number): readonly SchemaProblem[] {
  if (isWholeIn(optionValuePrefix, OPTION_VALUE_PREFIXES)) return [];
  const { least, most } = OPTION_VALUE_PREFIXES;
  const rule = `A publisher's number for option values is a whole one from ${least} to ${most}.`;
  const place = "publisher.optionValuePrefix";
  return [{ file: "publisher.ts", place, found: `is ${optionValuePrefix}`, rule }];
}

function optionPlaces({ helpOptions, syncStatuses, solutionTypes }: SolutionSchema) {
  const placed = (file: string, list: string, options: readonly { readonly value: number }[]) =>
    options.map(({ value }, n) => ({ file, place: `${list}[${n}].value`, value }));
  return [
    ...placed("help-options.ts", "helpOptions", helpOptions),
    ...placed("sync-status.ts", "syncStatuses", syncStatuses),
    ...placed("solution-table.ts", "solutionTypes", solutionTypes),
  ];
}

function isWholeIn(value: number | undefined, { least, most }: { least: number; most: number }): boolean {
  return value !== undefined && Number.isInteger(value) && value >= least && value <= most;
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
    if (most === undefined || isWholeIn(length, { least: 1, most })) return [];
    const rule = `A column of the kind ${type.kind} holds 1 to ${most} characters.`;
    return [{ file, place: `${list}.${role}.type.maxLength`, found: `is ${length ?? "missing"}`, rule }];
  });
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
