// Writes rows the way the platform does: validation, state rules, derived values, the customer's rule, unique keys, then
// the row itself, the writing user, and a change for whoever listens (the webhook emitter). Changes are handed over only
// when the outermost transaction has committed, so a rolled-back change set is never heard of.

import type { Json, JsonObject } from "../../../src/core/json";
import type { Table } from "../catalogue/table";
import { badRequest, conditionFailed, notFound } from "../dataverse-error";
import { isoSeconds } from "./column-values";
import { deriveValues, type BusinessRule, type PlannedWrite } from "./derived-values";
import { parsePayload, type ResolveBind } from "./payload";
import { refuseBadRegistration, removeDependents } from "./registration-rules";
import { referenceIn, type Row, type RowValues } from "./row";
import { newRowId, type RowStore } from "./row-store";
import { refuseClosed, resolveState } from "./state-rules";

/** On whose behalf and under which circumstances a write happens. */
export interface WriteContext {
  readonly userId: string;
  /** Value of `?tag=`, or null. */
  readonly tag: string | null;
  /** Registered steps that this write must not run. */
  readonly bypassedSteps: readonly string[] | "all";
  readonly correlationId: string;
  readonly requestId: string;
  /** False for seeding: nobody is told. */
  readonly announce: boolean;
}

/** A write that has happened. */
export interface RowChange {
  readonly message: "Create" | "Update" | "Delete";
  readonly table: Table;
  readonly id: string;
  readonly before: Row | null;
  readonly after: Row | null;
  /** Columns as the client sent them. */
  readonly sent: RowValues;
  /** Columns that the write set, the platform's own included. */
  readonly written: RowValues;
  readonly context: WriteContext;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What the writer needs from its surroundings. */
export interface RowWriterDependencies {
  readonly store: RowStore;
  readonly now: () => number;
  readonly resolveBind: ResolveBind;
  readonly settings: { readonly closedRowsWritable: boolean };
  readonly businessRule: BusinessRule | undefined;
  readonly onChange: (change: RowChange) => void;
}

/** A write to one row. */
export interface RowWrite {
  readonly table: Table;
  readonly id: string;
  readonly body: JsonObject;
  readonly context: WriteContext;
}

/** Creates, updates and deletes rows. */
export interface RowWriter {
  create(write: Omit<RowWrite, "id"> & { readonly id?: string | undefined }): Row;
  update(write: RowWrite): Row;
  /** Writes columns that clients may not write themselves, e.g. the outcome of a close action. */
  set(write: { table: Table; id: string; values: RowValues; context: WriteContext }): Row;
  delete(write: Omit<RowWrite, "body">): void;
  /** Runs work as one unit: all of its writes, or none. */
  atomic<T>(work: () => T): T;
}

/** A writer over a store. */
export function createRowWriter(dependencies: RowWriterDependencies): RowWriter {
  const { store, now } = dependencies;
  const { atomic, queue } = createTransactions(dependencies);

  const put = (plan: Plan): Row => {
    const written = completeWrite(plan, dependencies);
    const values = { ...plan.start, ...written };
    refuseDuplicates(plan, { written, values, store });
    const after = store.put(plan.table.name, plan.id, values);
    const { message, table, id, sent, context } = plan;
    queue({ message, table, id, before: plan.before ?? null, after, sent, written, context, at: now() });
    return after;
  };

  return {
    atomic,
    create: ({ table, id, body, context }) =>
      atomic(() => {
        const sent = parsePayload({ table, body, operation: "create" }, dependencies.resolveBind);
        const newId = id ?? idIn(sent[table.idColumn]) ?? newRowId();
        if (store.get(table.name, newId)) throw duplicateId();
        return put({ message: "Create", table, id: newId, before: undefined, start: defaults(table), sent, context });
      }),
    update: ({ table, id, body, context }) =>
      atomic(() => {
        const before = existing(store, table, id);
        const sent = parsePayload({ table, body, operation: "update" }, dependencies.resolveBind);
        if (sent[table.idColumn] !== undefined && sent[table.idColumn] !== id) {
          throw badRequest(`The id in the body is not the id in the address.`, "badPayload");
        }
        if (!dependencies.settings.closedRowsWritable) refuseClosed(table, before, sent);
        return put({ message: "Update", table, id, before, start: before.values, sent, context });
      }),
    set: ({ table, id, values, context }) =>
      atomic(() => {
        const before = existing(store, table, id);
        return put({ message: "Update", table, id, before, start: before.values, sent: values, context });
      }),
    delete: ({ table, id, context }) =>
      atomic(() => {
        const before = existing(store, table, id);
        removeDependents(store, { table: table.name, id });
        store.remove(table.name, id);
        clearReferences(store, { table: table.name, id });
        const empty = { sent: {}, written: {} };
        queue({ message: "Delete", table, id, before, after: null, ...empty, context, at: now() });
      }),
  };
}

/** Transactions that hold changes back until the outermost one has committed. */
function createTransactions({ store, onChange }: Pick<RowWriterDependencies, "store" | "onChange">): {
  atomic: <T>(work: () => T) => T;
  queue: (change: RowChange) => void;
} {
  let depth = 0;
  let pending: RowChange[] = [];
  const flush = (): void => {
    const changes = pending;
    pending = [];
    for (const change of changes) if (change.context.announce) onChange(change);
  };
  return {
    queue: (change) => pending.push(change),
    atomic: (work) => {
      const before = pending.length;
      depth += 1;
      try {
        const result = store.transaction(work);
        if (depth === 1) flush();
        return result;
      } catch (error) {
        pending = pending.slice(0, before);
        throw error;
      } finally {
        depth -= 1;
      }
    },
  };
}

interface Plan {
  readonly message: "Create" | "Update";
  readonly table: Table;
  readonly id: string;
  readonly before: Row | undefined;
  readonly start: RowValues;
  readonly sent: RowValues;
  readonly context: WriteContext;
}

function completeWrite(plan: Plan, { store, now, businessRule }: RowWriterDependencies): RowValues {
  const { table, message, id, context, before } = plan;
  const time = isoSeconds(now());
  const user = { table: "systemuser", id: context.userId };
  const stamps = message === "Create" ? { createdon: time, createdby: user } : {};
  const state = resolveState(table, plan.sent, before);
  const reopened = plan.sent["statecode"] === 0 && table.name === "opportunity" ? clearedOnReopen : {};
  let written: RowValues = { ...plan.sent, ...state, ...reopened, ...stamps, modifiedon: time, modifiedby: user };
  const planned = (): PlannedWrite => ({
    table: table.name,
    message,
    id,
    userId: context.userId,
    before: before?.values ?? null,
    sent: plan.sent,
    after: { ...plan.start, ...written },
  });
  if (businessRule) written = { ...written, ...businessRule(planned()) };
  refuseBadRegistration(table, planned(), store);
  const derived = deriveValues(table, planned(), store);
  return { [table.idColumn]: id, ...written, ...changedOnly(derived, { ...plan.start, ...written }) };
}

const clearedOnReopen: RowValues = { actualclosedate: null, actualvalue: null };

/** A derived value that the row has already is not part of the write. */
function changedOnly(derived: RowValues, row: RowValues): RowValues {
  return Object.fromEntries(
    Object.entries(derived).filter(([name, value]) => JSON.stringify(row[name] ?? null) !== JSON.stringify(value)),
  );
}

function defaults(table: Table): RowValues {
  return Object.fromEntries([...table.columns.values()].map((column) => [column.name, column.defaultValue]));
}

function idIn(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function existing(store: RowStore, table: Table, id: string): Row {
  const row = store.get(table.name, id);
  if (row) return row;
  throw notFound(`Entity '${table.name}' With Id = ${id} Does Not Exist`);
}

function duplicateId(): Error {
  return conditionFailed("A record with matching key values already exists.", "duplicateId");
}

interface NewValues {
  readonly written: RowValues;
  /** With those that stay as they were. */
  readonly values: RowValues;
  readonly store: RowStore;
}

function refuseDuplicates({ table, id, before }: Plan, row: NewValues): void {
  // A row that is there keeps the keys that are not written, and those were looked at before.
  const isNew = (key: readonly string[]): boolean => before === undefined || key.some((name) => name in row.written);
  for (const key of table.keys.filter(isNew)) {
    const wanted = Object.fromEntries(key.map((name) => [name, row.values[name] ?? null]));
    const others = row.store.find(table.name, wanted).filter((other) => other.id !== id);
    if (others.length > 0) {
      throw conditionFailed(
        `A record that has the attribute values of the key (${key.join(", ")}) already exists.`,
        "duplicateKey",
      );
    }
  }
}

/** Deleting a row empties the lookups that point at it, without a message for the rows that lose their link. */
function clearReferences(store: RowStore, gone: { table: string; id: string }): void {
  for (const table of ["opportunity", "account", "contact"]) {
    for (const row of store.list(table)) {
      const names = Object.keys(row.values).filter((name) => {
        const reference = referenceIn(row.values[name]);
        return reference?.id === gone.id && reference.table === gone.table;
      });
      if (names.length > 0) {
        store.put(table, row.id, { ...row.values, ...Object.fromEntries(names.map((name) => [name, null])) });
      }
    }
  }
}
