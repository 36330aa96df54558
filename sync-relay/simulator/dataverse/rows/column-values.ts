// One value of one column: how JSON becomes the stored, canonical value (and what is refused), and how a stored value
// reads as formatted text. Canonical means what the server itself does to a value: empty text becomes null, money is
// rounded to its precision, date-times lose their milliseconds, GUIDs become lower case.

import type { Json } from "../../../src/core/json";
import type { Column, ColumnType, Option, Table } from "../catalogue/table";
import { badRequest, type DataverseError } from "../dataverse-error";
import { isGuid } from "./row";

/** Money columns keep this many decimals. */
const MONEY_DECIMALS = 2;

const DATE = /^(\d{4}-\d{2}-\d{2})(T00:00:00(\.0+)?Z)?$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** A column of a table. */
interface Cell {
  readonly table: Table;
  readonly column: Column;
}

type Parser = (cell: Cell, sent: Json) => Json;

const parsers: Readonly<Record<ColumnType["kind"], Parser>> = {
  id: parseGuid,
  guid: parseGuid,
  text: parseText,
  choice: parseOption,
  "multi-choice": parseOptions,
  "yes-no": parseYesNo,
  whole: parseNumber,
  decimal: parseNumber,
  money: parseNumber,
  date: parseDate,
  "date-time": parseDate,
  lookup: (cell) => {
    throw badPayload(cell);
  },
};

/** The value to store for what a client sent. Throws a refusal when the column cannot take it. */
export function parseColumnValue(table: Table, column: Column, sent: Json): Json {
  if (sent === null || sent === "") return null;
  return parsers[column.type.kind]({ table, column }, sent);
}

function parseGuid(cell: Cell, sent: Json): string {
  if (typeof sent !== "string" || !isGuid(sent)) throw badPayload(cell);
  return sent.toLowerCase();
}

function parseText(cell: Cell, sent: Json): string {
  const { type } = cell.column;
  if (typeof sent !== "string") throw badPayload(cell);
  if (type.kind === "text" && sent.length > type.maxLength) throw tooLong(cell, type.maxLength);
  return sent;
}

function parseYesNo(cell: Cell, sent: Json): boolean {
  if (typeof sent !== "boolean") throw badPayload(cell);
  return sent;
}

function parseOption(cell: Cell, sent: Json): number {
  const { table, column } = cell;
  if (typeof sent !== "number" || !Number.isInteger(sent)) throw badPayload(cell);
  const options = optionsOf(column);
  if (options.some((option) => option.value === sent)) return sent;
  const accepted = options.map((option) => option.value).join(",");
  throw badRequest(
    `A validation error occurred. The value ${sent} of '${column.name}' on record of type '${table.name}' ` +
      `is outside the valid range. Accepted Values: ${accepted}`,
    "notAnOption",
  );
}

function parseOptions(cell: Cell, sent: Json): Json {
  if (typeof sent !== "string") throw badPayload(cell);
  const values = sent.split(",").map((part) => parseOption(cell, Number(part.trim())));
  return [...new Set(values)].sort((a, b) => a - b);
}

function optionsOf({ type }: Column): readonly Option[] {
  return type.kind === "choice" || type.kind === "multi-choice" ? type.options : [];
}

function parseNumber(cell: Cell, sent: Json): number {
  const { table, column } = cell;
  const { type } = column;
  if (typeof sent !== "number" || !Number.isFinite(sent)) throw badPayload(cell);
  if (type.kind === "whole" && !Number.isInteger(sent)) throw badPayload(cell);
  if ((type.kind === "whole" || type.kind === "money") && (sent < type.min || sent > type.max)) {
    throw badRequest(
      `A validation error occurred. The value of '${column.name}' on record of type '${table.name}' ` +
        `is outside the valid range ${type.min} to ${type.max}.`,
      "outOfRange",
    );
  }
  return type.kind === "money" ? Number(sent.toFixed(MONEY_DECIMALS)) : sent;
}

function parseDate(cell: Cell, sent: Json): string {
  const { column } = cell;
  if (typeof sent !== "string") throw badPayload(cell);
  const dateOnly = DATE.exec(sent);
  const wanted = column.type.kind === "date" ? dateOnly : (DATE_TIME.exec(sent) ?? dateOnly);
  const time = Date.parse(sent);
  if (!wanted || Number.isNaN(time)) throw badPayload(cell);
  const text = isoSeconds(time);
  // Date.parse rolls 31 February over into March; the server refuses it.
  if (dateOnly && !text.startsWith(dateOnly[1] ?? "")) throw badPayload(cell);
  return column.type.kind === "date" ? text.slice(0, "yyyy-mm-dd".length) : text;
}

/** A time as the Web API writes it: UTC, whole seconds. */
export function isoSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, "yyyy-mm-ddThh:mm:ss".length)}Z`;
}

function badPayload({ table, column }: Cell): DataverseError {
  return badRequest(
    `Error identified in the payload for entity '${table.name}': cannot convert the value of '${column.name}' to its type.`,
    "badPayload",
  );
}

function tooLong({ table, column }: Cell, maxLength: number): DataverseError {
  return badRequest(
    `A validation error occurred. The length of the '${column.name}' attribute of the '${table.name}' entity ` +
      `exceeded the maximum allowed length of '${maxLength}'.`,
    "tooLong",
  );
}

type Formatter = (column: Column, value: Json, currencySymbol: string) => string | undefined;

const unformatted: Formatter = () => undefined;

const formatNumber: Formatter = (_column, value) =>
  typeof value === "number" ? value.toLocaleString("en-US") : undefined;

const formatters: Readonly<Record<ColumnType["kind"], Formatter>> = {
  id: unformatted,
  guid: unformatted,
  text: unformatted,
  lookup: unformatted,
  choice: (column, value) => labelOf(optionsOf(column), value),
  "multi-choice": (column, value) =>
    Array.isArray(value) ? value.map((one: Json) => labelOf(optionsOf(column), one) ?? "").join("; ") : undefined,
  "yes-no": ({ type }, value) => (type.kind === "yes-no" && value === true ? type.yes : noLabel(type)),
  whole: formatNumber,
  decimal: formatNumber,
  money: (_column, value, symbol) => (typeof value === "number" ? symbol + moneyFormat.format(value) : undefined),
  date: (_column, value) => (typeof value === "string" ? dateFormat.format(new Date(value)) : undefined),
  "date-time": (_column, value) => (typeof value === "string" ? dateTimeFormat.format(new Date(value)) : undefined),
};

/** How a stored value reads in the formatted value annotation; undefined when it has none. */
export function formatColumnValue(column: Column, value: Json, currencySymbol = ""): string | undefined {
  return formatters[column.type.kind](column, value, currencySymbol);
}

function noLabel(type: ColumnType): string | undefined {
  return type.kind === "yes-no" ? type.no : undefined;
}

function labelOf(options: readonly Option[], value: Json): string | undefined {
  return options.find((option) => option.value === value)?.label;
}

// To make a formatter costs a hundred times what using it does, and every row that is read has several such columns.
const moneyFormat = new Intl.NumberFormat("en-US", {
  minimumFractionDigits: MONEY_DECIMALS,
  maximumFractionDigits: MONEY_DECIMALS,
});
const dateFormat = new Intl.DateTimeFormat("en-US", { timeZone: "UTC" });
const dateTimeFormat = new Intl.DateTimeFormat("en-US", {
  timeZone: "UTC",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "2-digit",
});
