import { SCHEMA_NAME_LENGTH, SOLUTION_NAME_LENGTH, VARIABLE_NAME_LENGTH } from "./limits";
import type { SchemaProblem } from "./schema-problem";
import type { SolutionSchema } from "./solution-schema";

/** A name in Dataverse, and where it is said. */
interface NamePlace {
  readonly file: string;
  readonly place: string;
  readonly schemaName: string;
  /** Absent for what has no name in lower case. */
  readonly logicalName?: string;
  readonly most: number;
  /** Names of one scope differ from each other, whatever their case. */
  readonly scope: string;
}

const PREFIX = /^[a-z][a-z0-9]{1,7}$/;
const RESERVED_PREFIX = /^mscrm/;
const UNIQUE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Names without the publisher's prefix, with characters that Dataverse refuses, too long, or used twice. */
export function checkNames(schema: SolutionSchema): readonly SchemaProblem[] {
  const places = namePlaces(schema);
  const { prefix } = schema.publisher;
  return [
    ...checkPublisher(schema),
    ...places.flatMap((name) => [...checkName(name, prefix), ...checkLogicalName(name)]),
    ...checkRepeats(places),
  ];
}

function checkPublisher({ publisher, packageNames }: SolutionSchema): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  const seen = new Set<string>();
  if (!PREFIX.test(publisher.prefix) || RESERVED_PREFIX.test(publisher.prefix)) {
    problems.push({
      file: "publisher.ts",
      place: "publisher.prefix",
      found: `is “${publisher.prefix}”`,
      rule: "A prefix has 2 to 8 lower-case letters and digits, begins with a letter and not with “mscrm”.",
    });
  }
  const unique = [
    ["publisher.ts", "publisher.uniqueName", publisher.uniqueName],
    ...Object.entries(packageNames).map(([role, { uniqueName }]) => {
      return ["solution-packages.ts", `packageNames.${role}.uniqueName`, uniqueName] as const;
    }),
  ] as const;
  for (const [file, place, name] of unique) {
    const repeated = seen.has(`${file} ${name.toLowerCase()}`);
    seen.add(`${file} ${name.toLowerCase()}`);
    if (repeated) problems.push({ file, place, found: `is “${name}”`, rule: "Every solution has a name of its own." });
    if (UNIQUE_NAME.test(name) && name.length <= SOLUTION_NAME_LENGTH && !/_upgrade/i.test(name)) continue;
    const rule = `A unique name has at most ${SOLUTION_NAME_LENGTH} letters, digits and underscores, and no “_upgrade”.`;
    problems.push({ file, place, found: `is “${name}”`, rule });
  }
  return problems;
}

function checkName({ file, place, schemaName, most }: NamePlace, prefix: string): readonly SchemaProblem[] {
  const problem = (found: string, rule: string): SchemaProblem => ({ file, place: `${place}.schemaName`, found, rule });
  const problems: SchemaProblem[] = [];
  if (!schemaName.startsWith(`${prefix}_`)) {
    problems.push(problem(`is “${schemaName}”`, `A name begins with the publisher's prefix, “${prefix}_”.`));
  }
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(schemaName)) {
    problems.push(problem(`is “${schemaName}”`, "A name has letters, digits and underscores only."));
  }
  if (schemaName.length > most) {
    problems.push(problem(`has ${schemaName.length} characters`, `At most ${most} are taken here.`));
  }
  return problems;
}

function checkLogicalName({ file, place, schemaName, logicalName }: NamePlace): readonly SchemaProblem[] {
  if (logicalName === undefined || logicalName === schemaName.toLowerCase()) return [];
  const rule = `It is the schema name in lower case, “${schemaName.toLowerCase()}”.`;
  return [{ file, place: `${place}.logicalName`, found: `is “${logicalName}”`, rule }];
}

function checkRepeats(places: readonly NamePlace[]): readonly SchemaProblem[] {
  const seen = new Map<string, string>();
  return places.flatMap(({ file, place, schemaName, scope }) => {
    const key = `${scope} ${schemaName.toLowerCase()}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, place);
    const rule = "A name is used once; upper and lower case are the same to Dataverse.";
    const found = `is “${schemaName}”, as ${first ?? ""}.schemaName is`;
    return first === undefined ? [] : [{ file, place: `${place}.schemaName`, found, rule }];
  });
}

function namePlaces(schema: SolutionSchema): readonly NamePlace[] {
  const inTable = (file: string, table: string) => {
    return { file, scope: `table ${table}`, most: SCHEMA_NAME_LENGTH };
  };
  const opportunity = inTable("opportunity-columns.ts", "opportunity");
  const solution = inTable("solution-table.ts", schema.solutionTable.logicalName);
  return [
    ...named(opportunity, "opportunityColumns", schema.opportunityColumns),
    { ...opportunity, place: "referralKey", ...namesOf(schema.referralKey) },
    { ...solution, scope: "tables", place: "solutionTable", ...namesOf(schema.solutionTable) },
    ...named(solution, "solutionColumns", schema.solutionColumns),
    { ...solution, place: "solutionIdKey", ...namesOf(schema.solutionIdKey) },
    ...named(
      { file: "environment-variables.ts", scope: "variables", most: VARIABLE_NAME_LENGTH },
      "environmentVariables",
      schema.environmentVariables,
    ),
  ];
}

interface Named {
  readonly schemaName: string;
  readonly logicalName?: string;
}

function named(
  shared: Pick<NamePlace, "file" | "scope" | "most">,
  list: string,
  things: { readonly [role: string]: Named },
): readonly NamePlace[] {
  return Object.entries(things).map(([role, thing]) => ({ ...shared, place: `${list}.${role}`, ...namesOf(thing) }));
}

function namesOf({ schemaName, logicalName }: Named): Named {
  return { schemaName, ...(logicalName === undefined ? {} : { logicalName }) };
}
