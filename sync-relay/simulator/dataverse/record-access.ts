import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../src/core/json";
import { environmentIds, type Environment } from "./environment";
import { rowJson } from "./query/row-json";
import type { Row } from "./rows/row";
import type { WriteContext } from "./rows/row-writer";
import { closeOpportunity } from "./web-api/close-opportunity";

/** Who writes in code; the human user unless given. */
export interface WriteAs {
  readonly userId?: string;
  readonly tag?: string;
}

/**
 * Rows for tests and pages, without HTTP. Tables are named by entity set, bodies and results are Web API JSON. Refusals
 * are thrown as `DataverseError`.
 */
export interface RecordAccess {
  /** Creates a row that nobody is told of; returns its id. */
  seed(set: string, body: JsonObject): string;
  /** Creates a row as a user would, webhooks included; returns its id. */
  create(set: string, body: JsonObject, as?: WriteAs): string;
  update(set: string, change: { readonly id: string; readonly body: JsonObject }, as?: WriteAs): void;
  delete(set: string, id: string, as?: WriteAs): void;
  /** Closes an opportunity with its close action; the default status reason unless given. */
  close(id: string, outcome: "won" | "lost", as?: WriteAs & { readonly status?: number }): void;
  /** The row with all its columns, or undefined. */
  read(set: string, id: string): JsonObject | undefined;
  list(set: string): readonly JsonObject[];
  /** Runs several writes as one unit. */
  atomic<T>(work: () => T): T;
}

/** Access to the rows of an environment. */
export function createRecordAccess(environment: Environment): RecordAccess {
  const { catalogue, store, writer } = environment;
  const json = (set: string, row: Row): JsonObject =>
    rowJson(
      {
        scope: environment,
        table: catalogue.bySet(set),
        options: { select: null, expand: [] },
        annotations: () => false,
      },
      row,
    );
  return {
    seed: (set, body) => {
      const context = { ...contextFor({}), announce: false };
      return writer.create({ table: catalogue.bySet(set), body, context }).id;
    },
    create: (set, body, as = {}) => writer.create({ table: catalogue.bySet(set), body, context: contextFor(as) }).id,
    update: (set, { id, body }, as = {}) => {
      writer.update({ table: catalogue.bySet(set), id, body, context: contextFor(as) });
    },
    delete: (set, id, as = {}) => writer.delete({ table: catalogue.bySet(set), id, context: contextFor(as) }),
    close: (id, outcome, as = {}) => {
      const OpportunityClose = { "opportunityid@odata.bind": `/opportunities(${id})` };
      closeOpportunity(environment, outcome, {
        body: { Status: as.status ?? -1, OpportunityClose },
        context: contextFor(as),
      });
    },
    read: (set, id) => {
      const row = store.get(catalogue.bySet(set).name, id);
      return row && json(set, row);
    },
    list: (set) => store.list(catalogue.bySet(set).name).map((row) => json(set, row)),
    atomic: (work) => writer.atomic(work),
  };
}

function contextFor({ userId, tag }: WriteAs): WriteContext {
  return {
    userId: userId ?? environmentIds.humanUser,
    tag: tag ?? null,
    bypassedSteps: [],
    correlationId: randomUUID(),
    requestId: randomUUID(),
    announce: true,
  };
}
