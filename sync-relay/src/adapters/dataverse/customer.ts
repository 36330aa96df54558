import type { Random } from "../../ports/clock";
import { isJsonObject, type Json, type JsonObject } from "../../core/json";
import type { CrmValues } from "../../core/opportunity";
import { type Refusal, refusalError } from "./call-failure";
import { customerLookups, type CustomerTable } from "./lookups";
import { odataLiteral } from "./odata-literal";
import type { WebApi } from "./web-api";

/**
 * Finds the customer that a referral describes, or creates it. Existing rows are found by the mapping's match columns;
 * the oldest active one counts when there are several. A new row gets an id that depends on what it is matched by
 * alone, and is written only if absent: neither a crash nor two referrals at once can double it.
 */
export interface Customers {
  /** Binds to put into the body of the new opportunity. */
  bindsFor(values: CrmValues): Promise<JsonObject>;
}

export interface CustomerOptions {
  readonly api: WebApi;
  readonly random: Random;
  readonly match: Readonly<Record<string, readonly string[]>>;
}

/** What the values say about one row of the customer. */
interface Described {
  readonly lookup: string;
  readonly table: CustomerTable;
  /** Column → value; empty values are left out. */
  readonly columns: JsonObject;
  /** The columns it is matched by; empty when nothing to match by is known. */
  readonly match: readonly (readonly [column: string, value: Json])[];
}

const COLLECTIONS = { account: "accounts", contact: "contacts" } as const;

export function createCustomers({ api, random, match }: CustomerOptions): Customers {
  async function bindsFor(values: CrmValues): Promise<JsonObject> {
    const account = describe(values, "account", match);
    const contact = describe(values, "contact", match);
    const found = await find(account, contact);
    const accountId = found.account ?? (account === null ? null : await create(account, null));
    const contactId = found.contact ?? (contact === null ? null : await create(contact, accountId));
    return { ...bind(account, accountId), ...bind(contact, contactId) };
  }

  /** One query brings the account and, within it, the contact. */
  async function find(account: Described | null, contact: Described | null): Promise<Found> {
    const outer = account ?? contact;
    if (outer === null || outer.match.length === 0) return { account: null, contact: null };
    const expand = outer === account ? contactsWithin(contact) : "";
    const answer = await api.get("match-customer", `${COLLECTIONS[outer.table]}?${oldest(outer, "&")}${expand}`);
    if (answer.kind === "refused") throw refusalError(answer);
    const row = firstRow(answer.body["value"]);
    if (outer.table === "contact") return { account: null, contact: idOf(row, "contact") };
    return { account: idOf(row, "account"), contact: idOf(firstRow(row?.["contact_customer_accounts"]), "contact") };
  }

  async function create(described: Described, accountId: string | null): Promise<string> {
    const key = described.match.length > 0 ? described.match.map(([, value]) => value) : described.columns;
    const id = random.uuidFor(`${described.table}|${accountId ?? ""}|${JSON.stringify(key).toLowerCase()}`);
    const parent = described.table === "contact" && accountId !== null;
    const body = parent
      ? { ...described.columns, "parentcustomerid_account@odata.bind": `/accounts(${accountId})` }
      : described.columns;
    const collection = COLLECTIONS[described.table];
    const absent = { kind: "absent" } as const;
    const patch = { kind: "patch", collection, id, body, condition: absent } as const;
    const answer = await api.patch(`create-${described.table}`, patch);
    if (answer.kind === "refused" && !isThereAlready(answer)) throw refusalError(answer);
    return id;
  }

  return { bindsFor };
}

interface Found {
  readonly account: string | null;
  readonly contact: string | null;
}

/** An earlier try got through, or another referral of the same customer was quicker. */
function isThereAlready(refusal: Refusal): boolean {
  return refusal.status === 412;
}

function describe(values: CrmValues, table: CustomerTable, match: CustomerOptions["match"]): Described | null {
  for (const [lookup, known] of Object.entries(customerLookups)) {
    if (known.table !== table) continue;
    const columns = columnsOf(values, lookup);
    if (Object.keys(columns).length === 0) continue;
    const by = (Object.hasOwn(match, lookup) ? match[lookup] : undefined) ?? Object.keys(columns);
    const matched = by.flatMap((column) => {
      const value = columns[column];
      return value === undefined ? [] : [[column, value] as const];
    });
    return { lookup, table, columns, match: matched };
  }
  return null;
}

function columnsOf(values: CrmValues, lookup: string): JsonObject {
  const prefix = `${lookup}.`;
  const through = Object.entries(values).filter(([path, value]) => path.startsWith(prefix) && !isEmpty(value));
  const columns = through.map(([path, value]) => [path.slice(prefix.length), value] as const);
  return Object.fromEntries(columns.filter(([column]) => !column.includes(".")));
}

function isEmpty(value: Json): boolean {
  return value === null || value === "";
}

function oldest(described: Described, separator: "&" | ";"): string {
  const conditions = described.match.map(([column, value]) => `${column}%20eq%20${odataLiteral(value)}`);
  return [
    `$select=${described.table}id`,
    `$filter=${[...conditions, "statecode%20eq%200"].join("%20and%20")}`,
    "$orderby=createdon%20asc",
    "$top=1",
  ].join(separator);
}

function contactsWithin(contact: Described | null): string {
  if (contact === null || contact.match.length === 0) return "";
  return `&$expand=contact_customer_accounts(${oldest(contact, ";")})`;
}

function firstRow(rows: Json | undefined): JsonObject | undefined {
  const first: Json | undefined = Array.isArray(rows) ? (rows as readonly Json[])[0] : undefined;
  return isJsonObject(first) ? first : undefined;
}

function idOf(row: JsonObject | undefined, table: CustomerTable): string | null {
  const id = row?.[`${table}id`];
  return typeof id === "string" ? id.toLowerCase() : null;
}

function bind(described: Described | null, id: string | null): JsonObject {
  if (described === null || id === null) return {};
  const property = customerLookups[described.lookup]?.bind ?? described.lookup;
  return { [`${property}@odata.bind`]: `/${COLLECTIONS[described.table]}(${id})` };
}
