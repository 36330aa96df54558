import { isJsonObject, type Json, type JsonObject } from "../../core/json";
import type { CrmColumn, CrmColumnKind } from "../../core/mapping/crm-column";
import type { CrmMetadata } from "../../ports/crm-metadata";
import { refusalError } from "./call-failure";
import { CURRENCY_CODE_PATH } from "./lookups";
import { createWebApi, type WebApi, type WebApiOptions } from "./web-api";

/** Longest wait for one answer: whoever asks sits before a terminal. */
const TIMEOUT_MS = 30_000;
const OPPORTUNITY = "opportunity";

/** Lookups that point to more than one table, and the one whose columns the relay reads. */
const TARGETS: ReadonlyMap<string, string> = new Map([
  ["ownerid", "systemuser"],
  ["customerid", "account"],
]);

/** `AttributeTypeName` of a column → what it holds. */
const KINDS: ReadonlyMap<string, CrmColumnKind> = new Map(
  Object.entries({
    StringType: "text",
    MemoType: "text",
    UniqueidentifierType: "text",
    IntegerType: "int",
    BigIntType: "int",
    DecimalType: "number",
    DoubleType: "number",
    MoneyType: "money",
    BooleanType: "bool",
    DateTimeType: "datetime",
    PicklistType: "choice",
    StateType: "choice",
    StatusType: "choice",
    MultiSelectPicklistType: "choices",
    LookupType: "lookup",
    OwnerType: "lookup",
    CustomerType: "lookup",
  } as const),
);

/** Types whose details (length, options, targets, format) are had by a cast, with the query that brings them. */
const DETAILS: Readonly<Record<string, string>> = {
  StringType: "StringAttributeMetadata?$select=LogicalName,MaxLength",
  MemoType: "MemoAttributeMetadata?$select=LogicalName,MaxLength",
  DateTimeType: "DateTimeAttributeMetadata?$select=LogicalName,Format",
  LookupType: "LookupAttributeMetadata?$select=LogicalName,Targets",
  StateType: "StateAttributeMetadata?$select=LogicalName&$expand=OptionSet($select=Options)",
  StatusType: "StatusAttributeMetadata?$select=LogicalName&$expand=OptionSet($select=Options)",
  MultiSelectPicklistType:
    "MultiSelectPicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet($select=Options),GlobalOptionSet($select=Options)",
  PicklistType:
    "PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet($select=Options),GlobalOptionSet($select=Options)",
};

const BASIC = "$select=LogicalName,AttributeTypeName,IsValidForRead,IsValidForCreate,IsValidForUpdate";

/** What Dataverse says of its columns. A table is asked for once, with one call more for each kind of detail. */
export function createColumnMetadata(options: Omit<WebApiOptions, "timeoutMs">): CrmMetadata {
  const api = createWebApi({ ...options, timeoutMs: TIMEOUT_MS });
  return {
    async columns(paths) {
      const tableNamed = tablesOf(api);
      const found = new Map<string, CrmColumn>();
      for (const path of paths) {
        const [holder, last] = splitPath(path);
        const attribute = (await tableBehind(holder, tableNamed))?.get(last);
        const column = attribute === undefined ? null : columnOf(attribute, path);
        if (column !== null) found.set(path, column);
      }
      return found;
    },
    async everyColumn(lookups) {
      const tableNamed = tablesOf(api);
      const found = new Map<string, CrmColumn>();
      for (const lookup of ["", ...lookups]) {
        for (const [name, attribute] of (await tableBehind(lookup, tableNamed)) ?? []) {
          const path = lookup === "" ? name : `${lookup}.${name}`;
          const column = columnOf(attribute, path);
          if (column !== null) found.set(path, column);
        }
      }
      return found;
    },
  };
}

type TableNamed = (name: string) => Promise<Table | null>;

function tablesOf(api: WebApi): TableNamed {
  const tables = new Map<string, Promise<Table | null>>();
  return (name) => {
    const asked = tables.get(name) ?? readTable(api, name);
    tables.set(name, asked);
    return asked;
  };
}

/** The look-ups of a path, and the column behind them. */
function splitPath(path: string): readonly [lookups: string, column: string] {
  const at = path.lastIndexOf(".");
  return at < 0 ? ["", path] : [path.slice(0, at), path.slice(at + 1)];
}

/** A table's columns by logical name. */
type Table = ReadonlyMap<string, Attribute>;

interface Attribute extends CrmColumn {
  readonly readable: boolean;
  /** Tables that a lookup may point to. */
  readonly targets: readonly string[];
}

/** The table that look-ups lead to from the opportunity; null when one of them is none. */
async function tableBehind(lookups: string, tableNamed: TableNamed): Promise<Table | null> {
  let table = await tableNamed(OPPORTUNITY);
  for (const step of lookups === "" ? [] : lookups.split(".")) {
    const target = TARGETS.get(step) ?? table?.get(step)?.targets[0];
    table = target === undefined ? null : await tableNamed(target);
  }
  return table;
}

/** What the relay cannot read is no column to it. */
function columnOf({ kind, options, maxLength, writable, readable }: Attribute, path: string): CrmColumn | null {
  if (!readable) return null;
  // The relay sets the currency by its code, whatever may be set on the currency's own record.
  const set = path === CURRENCY_CODE_PATH ? { create: true, update: true } : writable;
  return { kind, options, maxLength, writable: set };
}

async function readTable(api: WebApi, name: string): Promise<Table | null> {
  const address = `EntityDefinitions(LogicalName='${name}')/Attributes`;
  const basic = await list(api, `${address}?${BASIC}`);
  if (basic === null) return null;
  const types = new Set(basic.map(typeName));
  const details = new Map<string, JsonObject>();
  for (const [type, query] of Object.entries(DETAILS)) {
    if (!types.has(type)) continue;
    const rows = (await list(api, `${address}/Microsoft.Dynamics.CRM.${query}`)) ?? [];
    for (const row of rows) details.set(text(row["LogicalName"]), row);
  }
  return new Map(
    basic.map((row) => [text(row["LogicalName"]), attributeOf(row, details.get(text(row["LogicalName"])))]),
  );
}

async function list(api: WebApi, address: string): Promise<readonly JsonObject[] | null> {
  const answer = await api.get("table-definition", address);
  if (answer.kind === "refused") {
    if (answer.status === 404) return null;
    throw refusalError(answer);
  }
  return listOf(answer.body["value"]).filter(isJsonObject);
}

function attributeOf(basic: JsonObject, detail: JsonObject = {}): Attribute {
  const { MaxLength: maxLength } = detail;
  return {
    kind: kindOf(basic, detail),
    options: optionsOf(detail),
    maxLength: typeof maxLength === "number" ? maxLength : null,
    readable: basic["IsValidForRead"] !== false,
    writable: { create: basic["IsValidForCreate"] !== false, update: basic["IsValidForUpdate"] !== false },
    targets: listOf(detail["Targets"]).filter((target) => typeof target === "string"),
  };
}

function kindOf(basic: JsonObject, detail: JsonObject): CrmColumnKind {
  const type = typeName(basic);
  if (type === "DateTimeType" && detail["Format"] === "DateOnly") return "date";
  return KINDS.get(type) ?? "other";
}

function optionsOf(detail: JsonObject): readonly number[] | null {
  const set = [detail["OptionSet"], detail["GlobalOptionSet"]].find(isJsonObject);
  if (set === undefined) return null;
  return listOf(set["Options"]).flatMap((option) => {
    const value = isJsonObject(option) ? option["Value"] : null;
    return typeof value === "number" ? [value] : [];
  });
}

function typeName(basic: JsonObject): string {
  const name = basic["AttributeTypeName"];
  return isJsonObject(name) ? text(name["Value"]) : "";
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
