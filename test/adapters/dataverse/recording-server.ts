import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as the recording server saw it. */
export interface RecordedRequest {
  readonly method: string;
  /** Path and query, decoded. */
  readonly address: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a text as it is. */
  readonly body?: unknown;
  /** The connection is closed in the middle of the body. */
  readonly cutOff?: boolean;
  /** Nothing is ever answered. */
  readonly silent?: boolean;
}

/** An HTTP server that answers as told and keeps every request: for the shape of requests, and for failures. */
export interface RecordingServer {
  readonly baseUrl: string;
  readonly requests: RecordedRequest[];
  /** Replies for the next requests, in order; then for all others. */
  reply(...replies: Reply[]): void;
  readonly mostInFlight: () => number;
  /** Holds every answer back until the returned function is called. */
  hold(): () => void;
  stop(): Promise<void>;
}

export async function startRecordingServer(): Promise<RecordingServer> {
  const requests: RecordedRequest[] = [];
  const replies: Reply[] = [];
  let inFlight = 0;
  let mostInFlight = 0;
  let held: Promise<void> = Promise.resolve();
  const server = createServer((request, response) => {
    inFlight += 1;
    mostInFlight = Math.max(mostInFlight, inFlight);
    void answer(request, response).finally(() => (inFlight -= 1));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = request.url ?? "";
    const { method = "", headers } = request;
    requests.push({ method, url, address: decodeURIComponent(url), headers, body: Buffer.concat(chunks).toString() });
    const reply = replies.length > 1 ? (replies.shift() ?? {}) : (replies[0] ?? {});
    await held;
    if (reply.silent !== true) send(response, reply);
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    reply: (...next) => void replies.splice(0, replies.length, ...next),
    mostInFlight: () => mostInFlight,
    hold() {
      let release: () => void = () => undefined;
      held = new Promise((resolve) => (release = resolve));
      return () => release();
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, reply: Reply): void {
  const text = typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body ?? {});
  const status = reply.status ?? (reply.body === undefined ? 204 : 200);
  response.writeHead(status, {
    "content-type": "application/json; odata.metadata=minimal",
    ...(reply.cutOff === true ? { "content-length": String(Buffer.byteLength(text) + 1) } : {}),
    ...reply.headers,
  });
  if (reply.cutOff === true) response.write(text, () => response.socket?.destroy());
  else response.end(status === 204 ? undefined : text);
}

/** A batch answer: the change set's parts were empty, and then comes what was read. */
export function batchReply(writes: number, read: unknown): Reply {
  const lines: string[] = [];
  if (writes > 0) {
    lines.push("--batchresponse_b1", "Content-Type: multipart/mixed; boundary=changesetresponse_c1", "");
    for (let n = 1; n <= writes; n += 1) {
      lines.push("--changesetresponse_c1", ...partHead(n), "HTTP/1.1 204 No Content", "OData-Version: 4.0", "", "");
    }
    lines.push("--changesetresponse_c1--");
  }
  lines.push("--batchresponse_b1", ...partHead(), ...jsonPart(200, read));
  return { headers: { "content-type": "multipart/mixed; boundary=batchresponse_b1" }, body: ending(lines) };
}

/** A batch answer whose change set was refused. */
export function batchRefusal(status: number, code: string, headers: readonly string[] = []): Reply {
  const error = { error: { code, message: "refused for Contoso" } };
  const lines = [
    "--batchresponse_b1",
    "Content-Type: multipart/mixed; boundary=changesetresponse_c1",
    "",
    "--changesetresponse_c1",
    ...partHead(1),
    ...jsonPart(status, error, headers),
    "--changesetresponse_c1--",
  ];
  return { status, headers: { "content-type": "multipart/mixed; boundary=batchresponse_b1" }, body: ending(lines) };
}

function partHead(contentId?: number): readonly string[] {
  const id = contentId === undefined ? [] : [`Content-ID: ${contentId}`];
  return ["Content-Type: application/http", "Content-Transfer-Encoding: binary", ...id, ""];
}

function jsonPart(status: number, body: unknown, headers: readonly string[] = []): readonly string[] {
  const contentType = "Content-Type: application/json; odata.metadata=minimal";
  return [`HTTP/1.1 ${status} Word`, contentType, ...headers, "", JSON.stringify(body)];
}

function ending(lines: readonly string[]): string {
  return [...lines, "--batchresponse_b1--", ""].join("\r\n");
}

/** Dataverse's error body. */
export function refusal(status: number, code: string, message = "refused for Contoso"): Reply {
  return { status, body: { error: { code, message } } };
}
