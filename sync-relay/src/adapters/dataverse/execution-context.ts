import { isJsonObject, type Json, type JsonObject } from "../../core/json";
import { isWithinBounds, type JsonBounds } from "../../core/json-bounds";

/**
 * The few things the relay takes from a webhook body (Dataverse's RemoteExecutionContext): who and what, never values.
 * The body is unauthenticated beyond its key and may be stripped, reordered or badly encoded, so values are read again.
 */
export interface ExecutionContext {
  readonly message: string;
  readonly table: string;
  /** Ids of the rows that the message is about, lower case; several for the "multiple" messages. */
  readonly rowIds: readonly string[];
  /** Row that a merge dissolved into another. */
  readonly mergedId: string | null;
  readonly organizationId: string | null;
  readonly operationId: string | null;
  readonly correlationId: string | null;
  readonly initiatingUserId: string | null;
  readonly depth: number | null;
  /** The `tag` of the write that caused this, from the context's own shared variables. */
  readonly tag: string | null;
  /** ISO 8601 UTC. */
  readonly createdAt: string | null;
}

/** Longest body read: Dataverse strips what is over 256 KB, so twice that has room for other hosts. */
const MAX_BODY_BYTES = 512 * 1024;

/**
 * Depth: each of at most 8 parent contexts adds one level to the dozen of an entity inside a parameter. Values: a message
 * about a thousand rows has some 30,000. Keys: a context has 30.
 */
const BODY_BOUNDS: JsonBounds = { depth: 64, values: 50_000, keys: 5_000 };

/** Rows taken from one "multiple" message; the sweep finds what is beyond. */
const MAX_ROWS = 1_000;

const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"]);
/** A text without any of these has no such key: only an escape by number could hide one. Most webhooks have none. */
const MAY_HOLD_FORBIDDEN_KEYS = /__proto__|constructor|prototype|\\u/;
/** Holds no state between two whole texts, and making one costs more than most texts. */
const utf8 = new TextDecoder("utf-8", { fatal: true });
const GUID = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;
const NO_ID = "00000000-0000-0000-0000-000000000000";

/** Reads a body; null when it is not an execution context. Never throws, and takes time in proportion to the size. */
export function parseExecutionContext(rawBody: Uint8Array): ExecutionContext | null {
  if (rawBody.byteLength > MAX_BODY_BYTES) return null;
  try {
    const text = utf8.decode(rawBody);
    if (!isWithinBounds(text, BODY_BOUNDS)) return null;
    const root = JSON.parse(text) as Json;
    const harmless = !MAY_HOLD_FORBIDDEN_KEYS.test(text) || isHarmless(root);
    return isJsonObject(root) && harmless ? contextOf(root) : null;
  } catch {
    // Broken UTF-8, broken JSON, or a mark of the wrong type.
    return null;
  }
}

/** No key that could reach a prototype, at whatever depth. */
function isHarmless(value: Json): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return (value as readonly Json[]).every(isHarmless);
  return Object.entries(value).every(([key, inner]) => !FORBIDDEN_KEYS.has(key) && isHarmless(inner));
}

function contextOf(root: JsonObject): ExecutionContext {
  const inputs = keyedList(root["InputParameters"]);
  const shared = keyedList(root["SharedVariables"]);
  const primaryId = guid(root["PrimaryEntityId"]);
  const depth = scalar(root["Depth"]);
  if (depth !== null && typeof depth !== "number") throw new WrongType("Depth");
  const tag = scalar(shared.get("tag"));
  return {
    message: name(root["MessageName"]),
    table: name(root["PrimaryEntityName"]),
    rowIds: primaryId === null ? targetIds(inputs) : [primaryId],
    mergedId: guid(inputs.get("SubordinateId")),
    organizationId: guid(root["OrganizationId"]),
    operationId: guid(root["OperationId"]) ?? guid(root["RequestId"]),
    correlationId: guid(root["CorrelationId"]),
    initiatingUserId: guid(root["InitiatingUserId"]),
    depth,
    tag: typeof tag === "string" ? tag : null,
    createdAt: dateTime(scalar(root["OperationCreatedOn"])),
  };
}

/** A mark has a type that Dataverse does not send. */
class WrongType extends Error {}

/** A value in either encoding: bare, or wrapped as `{"__type": …, "__value": …}`. */
function scalar(value: Json | undefined): Json {
  if (isJsonObject(value) && Object.hasOwn(value, "__value")) return value["__value"] ?? null;
  return value ?? null;
}

function name(value: Json | undefined): string {
  const bare = scalar(value);
  if (typeof bare !== "string" || bare === "") throw new WrongType("name");
  return bare;
}

/** A GUID in lower case; null when absent or all zeros. */
function guid(value: Json | undefined): string | null {
  const bare = scalar(value);
  if (bare === null) return null;
  const id = typeof bare === "string" ? GUID.exec(bare)?.[1]?.toLowerCase() : undefined;
  if (id === undefined) throw new WrongType("guid");
  return id === NO_ID ? null : id;
}

/** A list of `{key, value}` as a map; empty when absent, as in a stripped body. */
function keyedList(value: Json | undefined): ReadonlyMap<string, Json> {
  if (value === undefined || value === null) return new Map();
  if (!Array.isArray(value)) throw new WrongType("list");
  const entries = (value as readonly Json[]).filter((entry) => isJsonObject(entry));
  return new Map(
    entries.flatMap(({ key, value: held }) => (typeof key === "string" ? [[key, held ?? null] as const] : [])),
  );
}

/** Rows of a "multiple" message, which has no primary row. */
function targetIds(inputs: ReadonlyMap<string, Json>): readonly string[] {
  const targets = inputs.get("Targets");
  const entities = isJsonObject(targets) ? targets["Entities"] : targets;
  if (!Array.isArray(entities)) return [];
  return (entities as readonly Json[]).slice(0, MAX_ROWS).flatMap((entity) => {
    const id = isJsonObject(entity) ? guid(entity["Id"]) : null;
    return id === null ? [] : [id];
  });
}

const DATE_TIME = /^\/Date\((-?\d{1,15})(?:([+-])(\d{2})(\d{2}))?\)\/$/;
const MINUTE_MS = 60_000;

/**
 * `/Date(ms)/` as ISO text. With an offset, Dataverse has already shifted the milliseconds the wrong way: the true time
 * is the sum of both, against the format's own rule.
 */
function dateTime(value: Json): string | null {
  const parts = typeof value === "string" ? DATE_TIME.exec(value) : null;
  if (parts === null) return null;
  const [, ms = "", sign = "+", hours = "0", minutes = "0"] = parts;
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  const time = new Date(Number(ms) + (sign === "-" ? -offsetMs : offsetMs));
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
