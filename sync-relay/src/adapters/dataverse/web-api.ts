import { isNativeError } from "node:util/types";
import { DynamicsWebApi } from "dynamics-web-api";
import { RelayError } from "../../core/errors";
import { isJsonObject, type Json, type JsonObject } from "../../core/json";
import { RELAY_WRITE_TAG } from "../../../../solution/schema/webhook-steps";
import type { Refusal } from "./call-failure";
import { createUpstreamCalls, type RequestOptions, type UpstreamCallOptions } from "./upstream-call";

/**
 * The Dataverse Web API in three verbs, and the only place that uses `dynamics-web-api`. Its habits are undone here:
 * a failed condition is an error like any other (`propagateErrors`), the token comes with each request (it would ask
 * for one each time), GETs go by address (its own filters are not encoded), a batch has an instance of its own (the
 * state of a batch is the instance's), and dates come back as ISO text (it makes JavaScript dates of them).
 */
export interface WebApi {
  /** Reads an address below the service root, e.g. `opportunities(…)?$select=name`. */
  get(op: string, address: string, options?: ListOptions): Promise<Answer>;
  /** Writes one row; the answer is the row afterwards when `select` names columns. */
  patch(op: string, patch: Patch): Promise<Answer>;
  /** Writes all or nothing in one call, then reads an address; the answer is what was read. */
  batch(op: string, writes: readonly WriteStep[], readAddress: string): Promise<Answer>;
}

/** For an address that names many rows: those of one page are parsed in one go, so they must be few enough. */
export interface ListOptions {
  readonly maxPageSize: number;
  readonly trackChanges?: true;
}

export type Answer = { readonly kind: "ok"; readonly body: JsonObject } | Refusal;

/** A conditional write of one row. */
export interface Patch {
  readonly kind: "patch";
  readonly collection: string;
  readonly id: string;
  readonly body: JsonObject;
  readonly condition: Condition;
  /** Columns to answer with; absent: the answer is empty. */
  readonly select?: readonly string[];
}

/** The row has this version, exists in whatever version, or does not exist. */
export type Condition =
  { readonly kind: "version"; readonly version: string } | { readonly kind: "exists" } | { readonly kind: "absent" };

/** An unbound action, e.g. `WinOpportunity`. */
export interface Action {
  readonly kind: "action";
  readonly name: string;
  readonly body: JsonObject;
}

export type WriteStep = Patch | Action;

export interface WebApiOptions extends UpstreamCallOptions {
  /** Address of the environment, e.g. `https://contoso.crm.dynamics.com`. */
  readonly baseUrl: string;
}

const API_VERSION = "9.2";

export function createWebApi(options: WebApiOptions): WebApi {
  const calls = createUpstreamCalls(options);
  const single = connect();

  function connect(): DynamicsWebApi {
    return new DynamicsWebApi({
      serverUrl: options.baseUrl,
      dataApi: { version: API_VERSION },
      propagateErrors: true,
    });
  }

  async function sent(call: Parameters<typeof calls.send>[0]): Promise<Answer> {
    const outcome = await calls.send(call);
    if (outcome.kind !== "ok") return outcome;
    const body = bodyOf(outcome.result);
    if (body !== null) return { kind: "ok", body };
    throw new RelayError("CS-1001", { inDoubt: call.writes, cause: new Error("the answer is not a JSON object") });
  }

  return {
    get: (op, address, list) =>
      sent({
        op,
        writes: false,
        request: async (request) => checked(await getAddress(single, address, { ...request, ...list })),
      }),
    patch: (op, patch) =>
      sent({ op, writes: true, request: async (request) => checked(await write(single, patch, request)) }),
    batch: (op, writes, readAddress) =>
      sent({
        op,
        writes: true,
        request: async (request) => {
          const instance = connect();
          instance.startBatch();
          for (const step of writes) await write(instance, step);
          await getAddress(instance, readAddress);
          return checked(await instance.executeBatch(request));
        },
      }),
  };
}

type GetOptions = Partial<RequestOptions & ListOptions>;

function getAddress(api: DynamicsWebApi, address: string, options: GetOptions = {}): Promise<unknown> {
  // "null" keeps proxies and the platform from answering 304 without a body.
  const headers = { ...options.headers, "If-None-Match": "null" };
  return api.retrieveMultiple({ ...options, headers, collection: "opportunities" }, address);
}

function write(api: DynamicsWebApi, step: WriteStep, request: Partial<RequestOptions> = {}): Promise<unknown> {
  if (step.kind === "action") {
    return api.callAction({ ...request, actionName: step.name, action: step.body, tag: RELAY_WRITE_TAG });
  }
  const patch = {
    ...request,
    collection: step.collection,
    key: step.id,
    data: step.body,
    tag: RELAY_WRITE_TAG,
    ...(step.select === undefined
      ? {}
      : { returnRepresentation: true, queryParams: [`$select=${step.select.join(",")}`] }),
  };
  const { condition } = step;
  if (condition.kind === "absent") return api.upsert({ ...patch, ifnonematch: "*" });
  return api.update({ ...patch, ifmatch: condition.kind === "exists" ? "*" : condition.version });
}

/** A batch that was answered 200 carries the errors of its parts as values: they are thrown like any other. */
function checked(result: unknown): unknown {
  const parts: unknown[] = Array.isArray(result) ? result : [result];
  const failed = parts.find((part) => isNativeError(part));
  if (failed !== undefined) throw failed;
  return parts.at(-1);
}

function bodyOf(result: unknown): JsonObject | null {
  // An answer without a body: `true` of an update, the id or nothing of an upsert.
  if (result === true || result === undefined || (typeof result === "string" && GUID.test(result))) return {};
  const body = plainJson(result);
  return isJsonObject(body) ? body : null;
}

const GUID = /^[0-9a-f-]{36}$/i;

/** What the library parsed, as plain JSON. Its dates have whole seconds, so Dataverse's own text comes back exactly. */
function plainJson(value: unknown): Json {
  if (value instanceof Date) return value.toISOString().replace(".000Z", "Z");
  if (Array.isArray(value)) return value.map(plainJson);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainJson(inner)]));
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}
