// One value of one column: how JSON becomes the stored, canonical value (and what is refused), and how a stored value
// reads as formatted text. Canonical means what the server itself does to a value: empty text becomes null, money is
// rounded to its precision, date-times lose their milliseconds, GUIDs become lower case.

import type { Json } from "../../../src/core/json";
import type { Column, Option, Table } from "../catalogue/table";
import { badRequest, type DataverseError } from "../dataverse-error";
import { isGuid } from "./row";

/** Money columns keep this many decimals. */
const MONEY_DECIMALS = 2;

const DATE = /^(\d{4}-\d{2}-\d{2})(T00:00:00(\.0+)?Z)?$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** The value to store for what a client sent. Throws a refusal when the column cannot take it. */
export function parseColumnValue(table: Table, column: Column, sent: Json): Json {
  if (sent === null || sent === "") return null;
  const { type } = column;
  const bad = (): DataverseError => badPayload(table, column);
  switch (type.kind) {
    case "id":
    case "guid":
      if (typeof sent !== "string" || !isGuid(sent)) throw bad();
      return sent.toLowerCase();
    case "text":
      if (typeof sent !== "string") throw bad();
      if (sent.length > type.maxLength) throw tooLong(table, column, type.maxLength);
      return sent;
    case "choice":
      return parseOption({ table, column, options: type.options }, sent);
    case "multi-choice":
      return parseOptions({ table, column, options: type.options }, sent);
    case "yes-no":
      if (typeof sent !== "boolean") throw bad();
      return sent;
    case "whole":
    case "decimal":
    case "money":
      return parseNumber(table, column, sent);
    case "date":
    case "date-time":
      return parseDate(table, column, sent);
    case "lookup":
      throw bad();
  }
}

interface OptionColumn {
  readonly table: Table;
  readonly column: Column;
  readonly options: readonly Option[];
}

function parseOption({ table, column, options }: OptionColumn, sent: Json): number {
  if (typeof sent !== "number" || !Number.isInteger(sent)) throw badPayload(table, column);
  if (options.some((option) => option.value === sent)) return sent;
  const accepted = options.map((option) => option.value).join(",");
  throw badRequest(
    `A validation error occurred. The value ${sent} of '${column.name}' on record of type '${table.name}' ` +
      `is outside the valid range. Accepted Values: ${accepted}`,
    "notAnOption",
  );
}

function parseOptions(given: OptionColumn, sent: Json): Json {
  if (typeof sent !== "string") throw badPayload(given.table, given.column);
  const values = sent.split(",").map((part) => parseOption(given, Number(part.trim())));
  return [...new Set(values)].sort((a, b) => a - b);
}

function parseNumber(table: Table, column: Column, sent: Json): number {
  if (typeof sent !== "number") throw badPayload(table, column);
  const { type } = column;
  if (type.kind === "whole" && !Number.isInteger(sent)) throw badPayload(table, column);
  if ((type.kind === "whole" || type.kind === "money") && (sent < type.min || sent > type.max)) {
    throw badRequest(
      `A validation error occurred. The value of '${column.name}' on record of type '${table.name}' ` +
        `is outside the valid range ${type.min} to ${type.max}.`,
      "outOfRange",
    );
  }
  return type.kind === "money" ? Number(sent.toFixed(MONEY_DECIMALS)) : sent;
}

function parseDate(table: Table, column: Column, sent: Json): string {
  if (typeof sent !== "string") throw badPayload(table, column);
  const dateOnly = DATE.exec(sent);
  const wanted = column.type.kind === "date" ? dateOnly : (DATE_TIME.exec(sent) ?? dateOnly);
  const time = Date.parse(sent);
  if (!wanted || Number.isNaN(time)) throw badPayload(table, column);
  const text = isoSeconds(time);
  // Date.parse rolls 31 February over into March; the server refuses it.
  if (dateOnly && !text.startsWith(dateOnly[1] ?? "")) throw badPayload(table, column);
  return column.type.kind === "date" ? text.slice(0, "yyyy-mm-dd".length) : text;
}

/** A time as the Web API writes it: UTC, whole seconds. */
export function isoSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, "yyyy-mm-ddThh:mm:ss".length)}Z`;
}

function badPayload(table: Table, column: Column): DataverseError {
  return badRequest(
    `Error identified in the payload for entity '${table.name}': cannot convert the value of '${column.name}' to its type.`,
    "badPayload",
  );
}

function tooLong(table: Table, column: Column, maxLength: number): DataverseError {
  return badRequest(
    `A validation error occurred. The length of the '${column.name}' attribute of the '${table.name}' entity ` +
      `exceeded the maximum allowed length of '${maxLength}'.`,
    "tooLong",
  );
}

/** How a stored value reads in the formatted value annotation; undefined when it has none. */
export function formatColumnValue(column: Column, value: Json, currencySymbol = ""): string | undefined {
  const { type } = column;
  switch (type.kind) {
    case "choice":
      return typeof value === "number" ? labelOf(type.options, value) : undefined;
    case "multi-choice":
      return Array.isArray(value) ? value.map((one) => labelOf(type.options, Number(one)) ?? "").join("; ") : undefined;
    case "yes-no":
      return value === true ? type.yes : type.no;
    case "whole":
    case "decimal":
      return typeof value === "number" ? value.toLocaleString("en-US") : undefined;
    case "money":
      return typeof value === "number" ? currencySymbol + formatMoney(value) : undefined;
    case "date":
      return typeof value === "string" ? formatDate(value) : undefined;
    case "date-time":
      return typeof value === "string" ? formatDateTime(value) : undefined;
    case "id":
    case "guid":
    case "text":
    case "lookup":
      return undefined;
  }
}

function labelOf(options: readonly Option[], value: number): string | undefined {
  return options.find((option) => option.value === value)?.label;
}

function formatMoney(value: number): string {
  return value.toLocaleString("en-US", {
    minimumFractionDigits: MONEY_DECIMALS,
    maximumFractionDigits: MONEY_DECIMALS,
  });
}

function formatDate(value: string): string {
  return new Date(value).toLocaleDateString("en-US", { timeZone: "UTC" });
}

function formatDateTime(value: string): string {
  return new Date(value).toLocaleString("en-US", {
    timeZone: "UTC",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
  });
}
