// Serves the built configuration page as Dynamics would, with a Web API behind it, and a relay at another address.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { answerTo, collectionOf, type FakeEnvironment } from "./fake-web-api";

/** How the relay answers: readable for pages of other addresses, hidden from them, as something else, or not at all. */
export type FakeRelay = "readable" | "hidden" | "other";

export interface PageHost {
  readonly origin: string;
  readonly relayAddress: string;
  /** Address of the relay that nobody listens at. */
  readonly silentAddress: string;
  /** What the next pages are shown. */
  show(environment: FakeEnvironment, relay?: FakeRelay): void;
  /** Requests to the Web API so far: method and address. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript; charset=utf-8",
  ".resx": "application/xml",
};

const SERVICE_ROOT = "/api/data/v9.2/";
/** A version in front, as the platform puts it there for its cache. */
export const PAGE_PATH = "/%7B638123456789%7D/WebResources/cosell_/pages/configuration.html";

export async function startPageHost(webResources: string): Promise<PageHost> {
  let environment: FakeEnvironment = { rows: {}, refusals: {} };
  let relay: FakeRelay = "readable";
  const asked: string[] = [];

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const url = request.url ?? "/";
    if (url.startsWith(SERVICE_ROOT)) {
      asked.push(`${request.method ?? ""} ${decodeURIComponent(url.slice(SERVICE_ROOT.length))}`);
      return answerFromApi(environment, url.slice(SERVICE_ROOT.length), response);
    }
    const path = /\/WebResources\/([^?]*)/.exec(decodeURIComponent(url))?.[1];
    if (path === undefined) return void response.writeHead(404).end();
    readFile(join(webResources, normalize(path))).then(
      (body) => response.writeHead(200, { "content-type": types[extname(path)] ?? "text/plain" }).end(body),
      () => response.writeHead(404).end(),
    );
  }

  function answerAsRelay(request: IncomingMessage, response: ServerResponse): void {
    const headers = {
      "content-type": "application/json",
      ...(relay === "hidden" ? {} : { "access-control-allow-origin": "*" }),
    };
    const isAlive = request.url === "/livez" && relay !== "other";
    response.writeHead(isAlive ? 200 : 404, headers).end(isAlive ? '{"alive":true}' : '{"error":"not found"}');
  }

  const page = await listening(answer);
  const relayServer = await listening(answerAsRelay);
  const silent = await listening(() => undefined);
  const silentAddress = originOf(silent);
  await closed(silent);
  return {
    origin: originOf(page),
    relayAddress: originOf(relayServer),
    silentAddress,
    show: (next, answers = "readable") => {
      environment = next;
      relay = answers;
      asked.splice(0);
    },
    asked,
    close: async () => void (await Promise.all([closed(page), closed(relayServer)])),
  };
}

function answerFromApi(environment: FakeEnvironment, address: string, response: ServerResponse): void {
  const refusal = environment.refusals[collectionOf(address)];
  if (refusal === "silence") return;
  if (refusal === "cut") return void response.destroy();
  const type = { "content-type": "application/json" };
  if (refusal === "nonsense") return void response.writeHead(200, type).end("<html>Sign in</html>");
  const { status, body } = answerTo(environment, address);
  response.writeHead(status, type).end(JSON.stringify(body));
}

async function listening(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
