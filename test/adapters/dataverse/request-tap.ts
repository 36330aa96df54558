import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { SentRequest } from "./role-needs";

/** Passes requests on to a server and keeps them, bodies and parts of batches included. */
export interface RequestTap {
  readonly url: string;
  readonly sent: readonly SentRequest[];
  close(): Promise<void>;
}

const SERVICE_ROOT = /^.*?\/api\/data\/v[\d.]+\//;

export async function startRequestTap(target: string): Promise<RequestTap> {
  const sent: SentRequest[] = [];
  const server = createServer((request, response) => void passOn(request, response));

  async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method = "GET", url = "/" } = request;
    const headers = Object.entries(request.headers).flatMap(([name, value]) =>
      typeof value === "string" && name !== "host" && name !== "connection" ? [[name, value] as [string, string]] : [],
    );
    const lines = headers.map(([name, value]) => `${name}: ${value}`).join("\n");
    sent.push(...requestsIn({ method, path: url, headers: lines, body: body.toString() }));
    const answer = await fetch(`${target}${url}`, { method, headers, ...(body.length === 0 ? {} : { body }) });
    const type = answer.headers.get("content-type");
    response.writeHead(answer.status, type === null ? {} : { "content-type": type });
    response.end(Buffer.from(await answer.arrayBuffer()));
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The request itself, or those that a batch holds. */
function requestsIn(request: SentRequest): readonly SentRequest[] {
  const path = decodeURIComponent(request.path.replace(SERVICE_ROOT, ""));
  if (!path.startsWith("$batch")) return [{ ...request, path }];
  return request.body
    .split(/^--(?:batch|changeset)_.*$/m)
    .map((part) => /^(GET|POST|PATCH|DELETE) (\S+) HTTP\/1\.1\r?\n([\s\S]*)$/m.exec(part))
    .flatMap((match) => {
      const [, method = "", url = "", rest = ""] = match ?? [];
      const [headers = "", body = ""] = rest.split(/\r?\n\r?\n/, 2);
      return match === null ? [] : [{ method, path: decodeURIComponent(url.replace(SERVICE_ROOT, "")), headers, body }];
    });
}
