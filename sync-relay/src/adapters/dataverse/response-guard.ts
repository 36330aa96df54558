import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest, IncomingMessage } from "node:http";
import { isWithinBounds, type JsonBounds } from "../../core/json-bounds";

/**
 * Watches the answers that `dynamics-web-api` receives. The library parses an answer inside an event listener, where
 * a throw ends the whole process (a text column that contains "--batchresponse_" is enough), and it never settles when
 * an answer is cut off. Node announces every client response before its listeners run; from there both become an
 * ordinary failure of the one call.
 */
export interface ResponseGuard {
  /** Watches the call that carries this id in the request id header. */
  watch(requestId: string): WatchedCall;
}

/** One call under watch. */
export interface WatchedCall {
  /** Rejects with UnreadableAnswer when the answer was cut off or could not be parsed; never resolves. */
  readonly failed: Promise<never>;
  /** HTTP status, once the answer began. */
  status(): number | undefined;
  release(): void;
}

/** An answer that did not come in time, was cut off, or could not be parsed. */
export class UnreadableAnswer extends Error {
  constructor(cause: unknown) {
    super("no answer that could be used", { cause });
    this.name = "UnreadableAnswer";
  }
}

/** Largest answer that is read: the library keeps it all in memory, and parses it in one go. A page has some 400 KB. */
const MAX_ANSWER_CHARACTERS = 8 * 1024 * 1024;

/**
 * What an answer may hold. The library looks at every value while it parses, which takes long for a large list of small
 * things; a page of changes has some 8,000 values, the columns of a table some 20,000. In a text without a key it looks
 * at every character; the tables that lookups lead to are all that Dataverse answers so, a few thousand characters.
 */
const ANSWER_BOUNDS: JsonBounds = { depth: 32, values: 100_000, keys: 2_000, keylessText: 100_000 };

/** Header that names a call in Dataverse's own traces, and that the guard recognises it by. */
export const REQUEST_ID_HEADER = "x-ms-client-request-id";

interface Watch {
  status: number | undefined;
  readonly fail: (cause: unknown) => void;
}

/** Calls under watch, by request id, of all adapters: every answer of the process is announced to every listener. */
const watches = new Map<string, Watch>();
let listens = false;

function listenOnce(): void {
  if (listens) return;
  listens = true;
  subscribe("http.client.response.finish", (message) => {
    const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
    const watch = watches.get(String(request.getHeader(REQUEST_ID_HEADER)));
    if (watch !== undefined) guardResponse(response, watch);
  });
}

export function createResponseGuard(): ResponseGuard {
  listenOnce();
  return {
    watch(requestId) {
      let fail: (cause: unknown) => void = () => undefined;
      const failed = new Promise<never>((_resolve, reject) => {
        fail = (cause) => reject(new UnreadableAnswer(cause));
      });
      // Whoever stopped listening must not turn a late failure into an unhandled rejection.
      failed.catch(() => undefined);
      const watch: Watch = { status: undefined, fail: (cause) => fail(cause) };
      watches.set(requestId, watch);
      return { failed, status: () => watch.status, release: () => void watches.delete(requestId) };
    },
  };
}

function guardResponse(response: IncomingMessage, watch: Watch): void {
  watch.status = response.statusCode;
  response.on("error", watch.fail);
  const emit: (event: string | symbol, ...values: unknown[]) => boolean = response.emit.bind(response);
  const heard: string[] = [];
  let size = 0;
  response.emit = (event: string | symbol, ...values: unknown[]): boolean => {
    if (event === "data") {
      const piece = textOf(values[0]);
      heard.push(piece);
      size += piece.length;
    }
    if (size > MAX_ANSWER_CHARACTERS) return giveUp(response, watch);
    if (event === "end" && !isWithinBounds(heard.join(""), ANSWER_BOUNDS)) return giveUp(response, watch);
    try {
      return emit(event, ...values);
    } catch (thrown) {
      watch.fail(thrown);
      return true;
    }
  };
}

/** Nothing of the rest is heard, the end included, so that the library never parses what it has. */
function giveUp(response: IncomingMessage, watch: Watch): true {
  watch.fail(new Error("the answer is too large"));
  response.destroy();
  return true;
}

/** Bytes are taken as single characters: what counts here, quotes and brackets, is one byte in UTF-8. */
function textOf(chunk: unknown): string {
  if (typeof chunk === "string") return chunk;
  return chunk instanceof Uint8Array ? Buffer.from(chunk).toString("latin1") : "";
}
