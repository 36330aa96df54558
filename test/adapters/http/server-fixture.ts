import { connect, type Socket } from "node:net";
import {
  createHttpServer,
  type HttpServer,
  type HttpServerOptions,
  type WebhookReply,
} from "../../../sync-relay/src/adapters/http/http-server";
import type { WebhookRequest } from "../../../sync-relay/src/ports/webhook-source";

/** A running server and what it received. */
export interface RunningServer {
  readonly server: HttpServer;
  readonly url: string;
  readonly port: number;
  readonly received: (WebhookRequest & { readonly source: string })[];
  readonly lines: string[];
}

/** Where the pages of the CRM come from. */
export const PAGE_ORIGIN = "https://contoso.crm4.dynamics.com";

export async function runServer(
  changes: Partial<HttpServerOptions> = {},
  reply: () => Promise<WebhookReply> = async () => ({ status: 202 }),
): Promise<RunningServer> {
  const received: RunningServer["received"] = [];
  const lines: string[] = [];
  const add = (message: string, fields?: object) => {
    lines.push(`${message} ${JSON.stringify(fields ?? {})}`);
  };
  const server = createHttpServer({
    host: "127.0.0.1",
    port: 0,
    receive: (source, request) => {
      received.push({ source, ...request });
      return reply();
    },
    health: {},
    metricsText: async () => "cosell_test 1\n",
    log: { debug: add, info: add, warn: add, error: add },
    draining: () => false,
    clock: { now: () => 0, sleep: async () => undefined },
    pageOrigin: PAGE_ORIGIN,
    version: "1.2.3",
    ...changes,
  });
  const { url, port } = await server.listen();
  return { server, url, port, received, lines };
}

/** Sends raw bytes and resolves with everything that came back once the server hangs up. */
export function rawExchange(port: number, send: (socket: Socket) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => send(socket));
    let text = "";
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => {
      text += chunk;
    });
    socket.on("close", () => resolve(text));
    // A reset after the answer is how a server hangs up on unread input.
    socket.on("error", () => (text === "" ? reject(new Error("reset without an answer")) : resolve(text)));
  });
}
