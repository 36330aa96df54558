// A small Web API for the configuration page: it knows the tables that the page reads by their documented columns and
// navigation properties, and refuses what Dataverse would refuse. What is in the tables is up to a scenario.

import {
  parseFilter,
  type FilterExpression,
  type Literal,
} from "../../sync-relay/simulator/dataverse/query/filter-expression";
import { splitTopLevel } from "../../sync-relay/simulator/dataverse/query/query-options";

export type FakeRow = Readonly<Record<string, unknown>>;

/** What the fake answers instead of rows of a table. */
export type FakeRefusal =
  | { readonly status: number; readonly code: string }
  /** Text that is no JSON, with status 200. */
  | "nonsense"
  /** The connection is closed. */
  | "cut"
  /** Nothing ever comes. */
  | "silence";

export interface FakeEnvironment {
  /** Rows by collection; lookups and collections as nested rows. */
  readonly rows: Readonly<Record<string, readonly FakeRow[]>>;
  readonly refusals: Readonly<Record<string, FakeRefusal>>;
  /** `uilanguageid` of the user; absent: the user cannot read the own settings. */
  readonly userLanguage?: number;
}

export interface FakeAnswer {
  readonly status: number;
  readonly body: unknown;
}

interface FakeTable {
  readonly columns: readonly string[];
  /** Navigation properties and the table behind each. */
  readonly expands?: Readonly<Record<string, FakeTable>>;
}

const table = (columns: string, expands: FakeTable["expands"] = {}): FakeTable => ({
  columns: columns.split(" "),
  expands,
});

const users = table("systemuserid fullname applicationid");
const teams = table("teamid name");

const tables: Readonly<Record<string, FakeTable>> = {
  solutions: table("solutionid uniquename friendlyname version ismanaged installedon"),
  environmentvariabledefinitions: table("environmentvariabledefinitionid schemaname displayname defaultvalue type", {
    environmentvariabledefinition_environmentvariablevalue: table("environmentvariablevalueid value"),
  }),
  sdkmessageprocessingsteps: table(
    "sdkmessageprocessingstepid name statecode statuscode filteringattributes _eventhandler_value",
    {
      sdkmessageid: table("sdkmessageid name"),
      sdkmessagefilterid: table("sdkmessagefilterid primaryobjecttypecode"),
      eventhandler_serviceendpoint: table("serviceendpointid name url contract authtype isauthvalueset"),
    },
  ),
  roles: table("roleid name _parentrootroleid_value", {
    systemuserroles_association: users,
    teamroles_association: teams,
  }),
  fieldsecurityprofiles: table("fieldsecurityprofileid name", {
    systemuserprofiles_association: users,
    teamprofiles_association: teams,
  }),
  opportunities: table(
    "opportunityid name cosell_syncwithpartnercenter cosell_syncstatus cosell_lastsyncedon cosell_referralidentifier cosell_referrallink",
  ),
  cosell_cosellsolutions: table("cosell_cosellsolutionid cosell_name cosell_solutionid statecode"),
  usersettingscollection: table("systemuserid uilanguageid localeid"),
  "EntityDefinitions(LogicalName='opportunity')/Attributes": table("LogicalName IsSecured SchemaName"),
};

/** Id of the user who looks at the page. */
export const USER_ID = "00000000-0000-4000-8000-000000000001";

const KNOWN_OPTIONS = ["$select", "$filter", "$expand", "$orderby", "$top", "$count", "$apply"];

/** The collection that an address asks for. */
export function collectionOf(address: string): string {
  return decodeURIComponent(address.split("?")[0] ?? "");
}

/** What Dataverse would answer to a GET below its service root. */
export function answerTo(environment: FakeEnvironment, address: string): FakeAnswer {
  if (address.startsWith("WhoAmI()")) return { status: 200, body: { UserId: USER_ID } };
  const name = collectionOf(address);
  const known = tables[name];
  if (known === undefined) return refused(404, "0x80060888", `Resource not found for the segment '${name}'.`);
  const refusal = environment.refusals[name];
  if (typeof refusal === "object") return refused(refusal.status, refusal.code, "Principal user is missing privilege.");
  try {
    return { status: 200, body: query(known, rowsIn(environment, name), optionsIn(address)) };
  } catch (problem) {
    return refused(400, "0x80060888", problem instanceof Error ? problem.message : "?");
  }
}

function rowsIn({ rows, userLanguage }: FakeEnvironment, name: string): readonly FakeRow[] {
  if (name !== "usersettingscollection") return rows[name] ?? [];
  return userLanguage === undefined ? [] : [{ systemuserid: USER_ID, uilanguageid: userLanguage }];
}

function refused(status: number, code: string, message: string): FakeAnswer {
  return { status, body: { error: { code, message } } };
}

function optionsIn(address: string): ReadonlyMap<string, string> {
  const query = address.slice(address.indexOf("?") + 1);
  return new Map(
    query.split("&").map((option): [string, string] => {
      const [key = "", ...value] = option.split("=");
      return [decodeURIComponent(key), decodeURIComponent(value.join("="))];
    }),
  );
}

function query(known: FakeTable, rows: readonly FakeRow[], options: ReadonlyMap<string, string>): object {
  for (const option of options.keys()) if (!KNOWN_OPTIONS.includes(option)) throw new Error(`${option} is unknown.`);
  const apply = options.get("$apply");
  if (apply !== undefined) return { value: grouped(known, rows, apply) };
  const filter = options.get("$filter");
  const kept = filter === undefined ? rows : rows.filter(predicateOf(known, parseFilter(filter)));
  const sorted = ordered(known, kept, options.get("$orderby"));
  const top = Number(options.get("$top") ?? sorted.length);
  const value = sorted.slice(0, top).map((row) => shown(known, row, options));
  return { ...(options.get("$count") === "true" ? { "@odata.count": kept.length } : {}), value };
}

function columnOf(known: FakeTable, name: string): string {
  if (!known.columns.includes(name)) throw new Error(`Could not find a property named '${name}'.`);
  return name;
}

/** A row with the selected columns and the expanded rows behind it. */
function shown(known: FakeTable, row: FakeRow, options: ReadonlyMap<string, string>): FakeRow {
  const select = options.get("$select");
  const columns = select === undefined ? known.columns : select.split(",").map((name) => columnOf(known, name));
  const result: Record<string, unknown> = Object.fromEntries(columns.map((name) => [name, row[name] ?? null]));
  for (const expand of splitTopLevel(options.get("$expand") ?? "", ",")) {
    if (expand === "") continue;
    const [, property = "", inner = ""] = /^(\w+)\((.*)\)$/.exec(expand) ?? [];
    const target = known.expands?.[property];
    if (target === undefined) throw new Error(`Could not find a navigation property in '${expand}'.`);
    const innerOptions = new Map(splitTopLevel(inner, ";").map((option) => option.split("=", 2) as [string, string]));
    const behind = row[property];
    result[property] = Array.isArray(behind)
      ? (behind as readonly FakeRow[])
          .slice(0, Number(innerOptions.get("$top") ?? behind.length))
          .map((one) => shown(target, one, innerOptions))
      : shownOrNull(target, behind, innerOptions);
  }
  return result;
}

function shownOrNull(target: FakeTable, behind: unknown, options: ReadonlyMap<string, string>): unknown {
  return typeof behind === "object" && behind !== null ? shown(target, behind as FakeRow, options) : null;
}

function ordered(known: FakeTable, rows: readonly FakeRow[], orderby: string | undefined): readonly FakeRow[] {
  if (orderby === undefined) return rows;
  const [name = "", direction] = orderby.split(" ");
  const column = columnOf(known, name);
  const sign = direction === "desc" ? -1 : 1;
  return [...rows].sort((a, b) => sign * wordOf(a[column]).localeCompare(wordOf(b[column])));
}

/** `filter(…)/groupby((column),aggregate($count as name))`, the one aggregation that is needed. */
function grouped(known: FakeTable, rows: readonly FakeRow[], apply: string): readonly FakeRow[] {
  const parts = /^filter\((.+)\)\/groupby\(\((\w+)\),aggregate\(\$count as (\w+)\)\)$/.exec(apply);
  if (parts === null) throw new Error(`The aggregation '${apply}' is not understood.`);
  const [, filter = "", name = "", total = ""] = parts;
  const column = columnOf(known, name);
  const counts = new Map<unknown, number>();
  for (const row of rows.filter(predicateOf(known, parseFilter(filter)))) {
    counts.set(row[column], (counts.get(row[column]) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => ({ [column]: value, [total]: count }));
}

function predicateOf(known: FakeTable, filter: FilterExpression): (row: FakeRow) => boolean {
  switch (filter.kind) {
    case "and":
    case "or": {
      const [left, right] = [predicateOf(known, filter.left), predicateOf(known, filter.right)];
      return filter.kind === "and" ? (row) => left(row) && right(row) : (row) => left(row) || right(row);
    }
    case "compare": {
      const value = reader(known, filter.path);
      const wanted = valueOf(filter.literal);
      if (filter.comparison === "eq") return (row) => value(row) === wanted;
      if (filter.comparison === "ne") return (row) => value(row) !== wanted;
      throw new Error(`The comparison ${filter.comparison} is not understood.`);
    }
    case "text": {
      if (filter.test !== "startswith") throw new Error(`The function ${filter.test} is not understood.`);
      const value = reader(known, filter.path);
      return (row) => wordOf(value(row)).toLowerCase().startsWith(filter.text.toLowerCase());
    }
    default:
      throw new Error(`A filter of the kind ${filter.kind} is not understood.`);
  }
}

/** Reads a column, or a column of the row behind a lookup: `sdkmessageid/name`. */
function reader(known: FakeTable, path: string): (row: FakeRow) => unknown {
  const [first = "", second] = path.split("/");
  if (second === undefined) {
    const column = columnOf(known, first);
    return (row) => row[column] ?? null;
  }
  const target = known.expands?.[first];
  if (target === undefined) throw new Error(`Could not find a property named '${path}'.`);
  const column = columnOf(target, second);
  return (row) => (row[first] as FakeRow | undefined)?.[column] ?? null;
}

function valueOf(literal: Literal): unknown {
  if (literal.kind === "null") return null;
  return literal.kind === "number" || literal.kind === "boolean" ? literal.value : literal.text;
}

function wordOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
