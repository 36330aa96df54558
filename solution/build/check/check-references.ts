import { KEY_BYTES, KEY_COLUMNS } from "./limits";
import type { SchemaProblem } from "./schema-problem";
import type { AlternateKey, SolutionSchema } from "./solution-schema";

/** Tables of Dynamics' own, as privileges spell them: those of the Sales app, which every target environment has. */
const SALES_TABLES = ["Account", "Activity", "Contact", "Opportunity", "TransactionCurrency", "User"];
const PRIVILEGE = /^prv(AppendTo|Append|Assign|Create|Delete|Read|Share|Write)([A-Z]\w*|[a-z]+_\w+)$/;

/** What names something else in the schema: keys, roles, profiles, steps and choices. */
export function checkReferences(schema: SolutionSchema): readonly SchemaProblem[] {
  return [
    ...checkKey("opportunity-columns.ts", "referralKey", [schema.referralKey, schema.opportunityColumns]),
    ...checkKey("solution-table.ts", "solutionIdKey", [schema.solutionIdKey, schema.solutionColumns]),
    ...checkChoices(schema),
    ...checkRoles(schema),
    ...checkProfiles(schema),
    ...checkSteps(schema),
  ];
}

interface KeyColumn {
  readonly logicalName: string;
  readonly type: { readonly kind: string; readonly maxLength?: number };
}

function checkKey(
  file: string,
  place: string,
  [key, columns]: readonly [AlternateKey, { readonly [role: string]: KeyColumn }],
): readonly SchemaProblem[] {
  const known = Object.values(columns);
  const at = `${place}.columns`;
  const problems: SchemaProblem[] = key.columns.flatMap((name) => {
    const column = known.find(({ logicalName }) => logicalName === name);
    if (column === undefined) return [unknown(file, at, `names “${name}”`)];
    if (column.type.kind === "text") return [];
    return [{ file, place: at, found: `names “${name}”, a ${column.type.kind} column`, rule: KEY_RULE }];
  });
  const bytes = key.columns
    .map((name) => known.find(({ logicalName }) => logicalName === name)?.type.maxLength ?? 0)
    .reduce((sum, length) => sum + 2 * length, 0);
  if (bytes > KEY_BYTES) problems.push({ file, place: at, found: `take ${bytes} bytes`, rule: KEY_RULE });
  if (key.columns.length === 0 || key.columns.length > KEY_COLUMNS) {
    problems.push({ file, place: at, found: `are ${key.columns.length}`, rule: KEY_RULE });
  }
  return problems;
}

const KEY_RULE = `A key has 1 to ${KEY_COLUMNS} columns of the kind text, together at most ${KEY_BYTES} bytes.`;

function checkChoices({ opportunityColumns, globalChoices }: SolutionSchema): readonly SchemaProblem[] {
  const choiceNames = Object.keys(globalChoices);
  return Object.entries(opportunityColumns).flatMap(([role, { type }]) => {
    if (type.kind !== "choice" || choiceNames.includes(type.choice)) return [];
    const rule = `The choices are ${choiceNames.join(" and ")}.`;
    const place = `opportunityColumns.${role}.type.choice`;
    return [{ file: "opportunity-columns.ts", place, found: `is “${String(type.choice)}”`, rule }];
  });
}

function checkRoles({ securityRoles, solutionTable }: SolutionSchema): readonly SchemaProblem[] {
  const tables = [...SALES_TABLES, solutionTable.schemaName];
  return securityRoles.flatMap(({ key, privileges }) => {
    const place = `securityRoles.${key}.privileges`;
    const problem = (found: string, rule: string): SchemaProblem => ({ file: "security-roles.ts", place, found, rule });
    const names = privileges.map(({ name }) => name);
    const strange = names.flatMap((name) => {
      const [, , table] = PRIVILEGE.exec(name) ?? [];
      if (table === undefined) return [problem(`hold “${name}”`, "A privilege is spelled prv, action, table.")];
      if (tables.includes(table)) return [];
      const rule = `An import fails for a table it does not find; known are ${tables.join(", ")}.`;
      return [problem(`hold “${name}”, about the table ${table}`, rule)];
    });
    const repeated = names.filter((name, n) => names.indexOf(name) !== n);
    return [...strange, ...repeated.map((name) => problem(`hold “${name}” twice`, "A privilege is granted once."))];
  });
}

function checkProfiles(schema: SolutionSchema): readonly SchemaProblem[] {
  const known = Object.values(schema.opportunityColumns).map(({ logicalName }) => logicalName);
  return schema.columnSecurityProfiles.flatMap(({ key, columns }) => {
    const place = `columnSecurityProfiles.${key}.columns`;
    return columns.flatMap((name): readonly SchemaProblem[] => {
      if (!known.includes(name)) return [unknown("column-security.ts", place, `names “${name}”`)];
      if (!schema.referralKey.columns.includes(name)) return [];
      const rule = "Dataverse keeps no alternate key over a secured column.";
      return [{ file: "column-security.ts", place, found: `names “${name}”, which referralKey has`, rule }];
    });
  });
}

function checkSteps(schema: SolutionSchema): readonly SchemaProblem[] {
  const file = "webhook-steps.ts";
  const own = Object.values(schema.opportunityColumns);
  const standard = Object.values(schema.standardOpportunityColumns);
  const known = [...own, ...standard].map(({ logicalName }) => logicalName);
  const relays = own.filter(({ writer }) => writer === "relay").map(({ logicalName }) => logicalName);
  return schema.webhookSteps.flatMap(({ message, filteringColumns }) => {
    const place = `webhookSteps.${message}.filteringColumns`;
    const problem = (found: string, rule: string): SchemaProblem => ({ file, place, found, rule });
    if (message === "Update" && filteringColumns.length === 0) {
      return [problem("are none", "An update step without columns calls the relay for every change.")];
    }
    return filteringColumns.flatMap((name) => {
      if (!known.includes(name)) return [unknown(file, place, `names “${name}”`)];
      return relays.includes(name) ? [problem(`names “${name}”`, "The relay is not called for its own columns.")] : [];
    });
  });
}

function unknown(file: string, place: string, found: string): SchemaProblem {
  return { file, place, found, rule: "No column of the table has this logical name." };
}
