// The Dataverse Web API for set-up: every call is data first, so that a dry run prints exactly what a real run sends.
// It goes around the client library on purpose, which adds headers and options of its own to what was written down.

import { RelayError } from "../../../core/errors";
import { isJsonObject, type Json, type JsonObject } from "../../../core/json";
import type { Clock } from "../../../ports/clock";
import type { TokenSource } from "../../../ports/token-source";
import { refusalError, type Refusal } from "../call-failure";

/** One request below the service root. */
export interface AdminCall {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: JsonObject;
  /** Beside those of every call, e.g. `If-Match`. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface AdminAnswer {
  readonly status: number;
  readonly body: JsonObject;
  /** Id of the row that was created. */
  readonly createdId: string | null;
}

export interface AdminApi {
  /** Address of a row for a reference, e.g. `https://…/api/data/v9.2/roles(…)`. */
  address(path: string): string;
  /** Sends a call; throws RelayError when it is refused. */
  send(call: AdminCall): Promise<AdminAnswer>;
  /** Reads a row; null when there is none. */
  find(path: string): Promise<JsonObject | null>;
  /** Reads the rows of a list. */
  list(path: string): Promise<readonly JsonObject[]>;
}

export interface AdminApiOptions {
  readonly baseUrl: string;
  readonly tokens: TokenSource;
  readonly clock: Clock;
  /** Ends what is waited for. */
  readonly signal: AbortSignal;
}

const ROOT = "/api/data/v9.2/";
/** Registering waits for caches of the whole environment, which takes up to a minute. */
const ANSWER_WITHIN_MS = 120_000;
/** Set-up has some twenty calls; a pause that is longer than this is for the person to decide. */
const LONGEST_PAUSE_MS = 60_000;
const MAX_PAUSES = 3;
const CREATED_ID = /\(([0-9a-f-]{36})\)$/i;

export function createAdminApi(options: AdminApiOptions): AdminApi {
  const root = options.baseUrl + ROOT;

  async function answer(call: AdminCall): Promise<AdminAnswer | Refusal> {
    let token = await options.tokens.token();
    let isRenewed = false;
    for (let pauses = 0; ;) {
      const response = await exchange({ ...options, url: root + call.path, call, token });
      const pauseMs = pauseOf(response);
      if (response.status === 401 && !isRenewed) {
        isRenewed = true;
        token = await options.tokens.token({ stale: token });
      } else if (pauseMs !== null && pauses < MAX_PAUSES) {
        pauses += 1;
        await options.clock.sleep(pauseMs, options.signal);
      } else return await answerOf(response);
    }
  }

  async function send(call: AdminCall): Promise<AdminAnswer> {
    const answered = await answer(call);
    if ("kind" in answered) throw refusalError(answered);
    return answered;
  }

  return {
    address: (path) => root + path,
    send,
    async find(path) {
      const answered = await answer({ method: "GET", path });
      if (!("kind" in answered)) return answered.body;
      if (answered.status === 404) return null;
      throw refusalError(answered);
    },
    async list(path) {
      const { value } = (await send({ method: "GET", path })).body as { readonly value?: Json };
      return Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : [];
    },
  };
}

interface Exchange extends Pick<AdminApiOptions, "signal"> {
  readonly url: string;
  readonly call: AdminCall;
  readonly token: string;
}

async function exchange({ url, call, token, signal }: Exchange): Promise<Response> {
  try {
    return await fetch(url, {
      method: call.method,
      headers: {
        Authorization: `Bearer ${token}`,
        Accept: "application/json",
        "OData-MaxVersion": "4.0",
        "OData-Version": "4.0",
        // Keeps proxies and the platform from answering 304 without a body.
        ...(call.method === "GET" ? { "If-None-Match": "null" } : {}),
        ...(call.body === undefined ? {} : { "Content-Type": "application/json; charset=utf-8" }),
        ...call.headers,
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
    });
  } catch (cause) {
    throw new RelayError("CS-1001", { inDoubt: call.method !== "GET", cause });
  }
}

/** How long Dataverse asks to wait; null when it does not, or for longer than a person waits. */
function pauseOf(response: Response): number | null {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  const asks = response.status === 429 || response.status === 503;
  return asks && seconds * 1000 <= LONGEST_PAUSE_MS ? seconds * 1000 : null;
}

async function answerOf(response: Response): Promise<AdminAnswer | Refusal> {
  const body = parsed(await response.text());
  if (response.ok) {
    const createdId = CREATED_ID.exec(response.headers.get("odata-entityid") ?? "")?.[1] ?? null;
    return { status: response.status, body, createdId };
  }
  if (response.status >= 500) throw new RelayError("CS-1001", { httpStatus: response.status });
  if (response.status === 429) throw new RelayError("CS-1002", { httpStatus: 429 });
  const error = isJsonObject(body["error"]) ? body["error"] : {};
  const { code, message } = error as { readonly code?: Json; readonly message?: Json };
  return {
    kind: "refused",
    status: response.status,
    code: typeof code === "string" ? code : null,
    message: typeof message === "string" ? message : null,
  };
}

function parsed(text: string): JsonObject {
  try {
    const json = JSON.parse(text) as Json;
    return isJsonObject(json) ? json : {};
  } catch {
    return {};
  }
}
