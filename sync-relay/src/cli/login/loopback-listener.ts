// Where the browser comes back to after a sign-in: a listener on this machine, for one answer, for a few minutes. Only
// an answer with the state of this sign-in counts; whatever else comes by is turned away and changes nothing.

import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type BrowserAnswer =
  | { readonly kind: "code"; readonly code: string }
  /** `words` are the authority's own. */
  | { readonly kind: "refused"; readonly words: string };

export interface LoopbackListener {
  /** Redirect address of this listener. */
  readonly url: string;
  /** Resolves with the first answer that carries the state; rejects when the signal is aborted. */
  answerTo(state: string, signal: AbortSignal): Promise<BrowserAnswer>;
  close(): void;
}

/** What the person reads in the browser afterwards. */
export interface ClosingPages {
  readonly done: string;
  readonly refused: string;
  readonly stranger: string;
}

/** Both loopback addresses, because a browser may take `localhost` for either. */
const HOSTS = ["127.0.0.1", "::1"] as const;

export async function startLoopbackListener(port: number, pages: ClosingPages): Promise<LoopbackListener> {
  let expected: { readonly state: string; readonly take: (answer: BrowserAnswer) => void } | null = null;
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const query = new URL(request.url ?? "/", "http://localhost").searchParams;
    const found = expected !== null && sameText(query.get("state") ?? "", expected.state) ? answerIn(query) : null;
    if (found === null) return reply(response, 400, pages.stranger);
    reply(response, 200, found.kind === "code" ? pages.done : pages.refused);
    expected?.take(found);
  };
  const first = await listen(createServer(answer), HOSTS[0], port);
  const taken = (first.address() as AddressInfo).port;
  // A machine without IPv6 does without the second one.
  const second = await listen(createServer(answer), HOSTS[1], taken).catch(() => null);
  return {
    url: `http://localhost:${taken}`,
    answerTo: (state, signal) =>
      new Promise((resolve, reject) => {
        expected = { state, take: resolve };
        const stop = (): void => reject(new Error("the sign-in was given up"));
        if (signal.aborted) stop();
        else signal.addEventListener("abort", stop, { once: true });
      }),
    close() {
      for (const server of [first, second]) {
        server?.close();
        server?.closeAllConnections();
      }
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}

function answerIn(query: URLSearchParams): BrowserAnswer | null {
  const code = query.get("code");
  if (code !== null && code !== "") return { kind: "code", code };
  const error = query.get("error");
  return error === null ? null : { kind: "refused", words: query.get("error_description") ?? error };
}

function reply(response: ServerResponse, status: number, words: string): void {
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    // The address of this page holds the code of the sign-in.
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    connection: "close",
  };
  response.writeHead(status, headers).end(`<!DOCTYPE html><title>cosell</title><p>${words}</p>`);
}

function sameText(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
