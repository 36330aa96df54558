// What the platform itself fills in when a row is written: owner, default currency, amounts in base currency, customer
// from the parent account or contact, full names. The customer's own rules come in through `BusinessRule`.

import type { Json } from "../../../src/core/json";
import type { Table } from "../catalogue/table";
import { referenceIn, type Row, type RowValues } from "./row";
import type { RowStore } from "./row-store";

/** A write that is about to happen. */
export interface PlannedWrite {
  readonly table: string;
  readonly message: "Create" | "Update";
  readonly id: string;
  readonly userId: string;
  /** The row before; null on create. */
  readonly before: RowValues | null;
  /** What the client sent. */
  readonly sent: RowValues;
  /** The row as it would be. */
  readonly after: RowValues;
}

/** A rule of the customer: further column values to set in the same write. */
export type BusinessRule = (write: PlannedWrite) => RowValues;

/** Values that the platform adds to a write. */
export function deriveValues(table: Table, write: PlannedWrite, store: RowStore): RowValues {
  const owner: RowValues =
    write.message === "Create" && table.columns.has("ownerid") && !write.sent["ownerid"]
      ? { ownerid: { table: "systemuser", id: write.userId } }
      : {};
  switch (table.name) {
    case "opportunity":
      return { ...owner, owninguser: owningUser(write, owner), ...deriveOpportunity(write, store) };
    case "contact":
      return { ...owner, fullname: fullName(write.after) };
    case "systemuser":
      return { fullname: write.after["fullname"] ?? applicationName(write) };
    case "serviceendpoint":
      return { isauthvalueset: typeof write.after["authvalue"] === "string" };
    default:
      return owner;
  }
}

/** An application user is named after its app registration. */
function applicationName({ after }: PlannedWrite): Json {
  return typeof after["applicationid"] === "string" ? `# ${after["applicationid"].slice(0, 8)}` : null;
}

/** The user among the owners: the same as the owner, since the simulator knows no owning teams. */
function owningUser(write: PlannedWrite, owner: RowValues): Json {
  return owner["ownerid"] ?? write.after["ownerid"] ?? null;
}

function fullName(values: RowValues): Json {
  const parts = [values["firstname"], values["lastname"]].filter((part) => typeof part === "string");
  return parts.join(" ") || null;
}

function deriveOpportunity(write: PlannedWrite, store: RowStore): RowValues {
  const after = { ...write.after, ...deriveCustomer(write) };
  const currency = after["transactioncurrencyid"] ?? baseCurrency(store);
  const rate = exchangeRate(currency, store);
  const value = estimatedValue(write);
  const customer = referenceIn(after["customerid"]);
  return {
    ...deriveCustomer(write),
    transactioncurrencyid: currency,
    exchangerate: rate,
    estimatedvalue: value,
    estimatedvalue_base: typeof value === "number" ? Number((value / rate).toFixed(2)) : null,
    accountid: customer?.table === "account" ? { ...customer } : null,
    contactid: customer?.table === "contact" ? { ...customer } : null,
  };
}

/** A written estimate is kept only while the revenue is user provided. */
function estimatedValue(write: PlannedWrite): Json {
  if (write.after["isrevenuesystemcalculated"] !== true) return write.after["estimatedvalue"] ?? null;
  return write.before?.["estimatedvalue"] ?? 0;
}

function deriveCustomer({ sent, after }: PlannedWrite): RowValues {
  if ("customerid" in sent) {
    const customer = referenceIn(sent["customerid"]);
    const column = customer?.table === "contact" ? "parentcontactid" : "parentaccountid";
    return customer && !(column in sent) ? { [column]: { ...customer } } : {};
  }
  if (!("parentaccountid" in sent) && !("parentcontactid" in sent)) return {};
  return { customerid: after["parentaccountid"] ?? after["parentcontactid"] ?? null };
}

function baseCurrency(store: RowStore): Json {
  const base = store.list("transactioncurrency").find((row) => row.values["exchangerate"] === 1);
  return base ? { table: "transactioncurrency", id: base.id } : null;
}

function exchangeRate(currency: Json, store: RowStore): number {
  const reference = referenceIn(currency);
  const row: Row | undefined = reference ? store.get(reference.table, reference.id) : undefined;
  const rate = row?.values["exchangerate"];
  return typeof rate === "number" && rate > 0 ? rate : 1;
}
