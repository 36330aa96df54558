import dns, { type LookupAddress, type LookupOptions } from "node:dns";
import { once } from "node:events";
import { Agent, request, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { httpLimits } from "../../../sync-relay/src/adapters/http/http-limits";
import { createSystemClock } from "../../../sync-relay/src/adapters/system/system-clock";
import { RelayError } from "../../../sync-relay/src/core/errors";
import { PAGE_ORIGIN, rawExchange, runServer, type RunningServer } from "./server-fixture";

type Found = (failure: Error | null, addresses: string | LookupAddress[]) => void;

const TOKEN = "t".repeat(64);
let running: RunningServer | undefined;

afterEach(async () => {
  await running?.server.close(0);
  running = undefined;
});

async function started(...options: Parameters<typeof runServer>): Promise<RunningServer> {
  running = await runServer(...options);
  return running;
}

function post(url: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { method: "POST", body, headers, ...(body instanceof ReadableStream ? { duplex: "half" } : {}) });
}

test("[HT1] a webhook is handed on as the untouched bytes, with path and lower-case headers", async () => {
  const { url, received } = await started();
  const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0xff, 0x00, 0x0d, 0x0a, 0x7d]);
  const answer = await post(`${url}/webhooks/dataverse?code=x`, bytes, {
    "X-CoSell-Key": "secret",
    "content-type": "application/json; charset=utf-8",
  });
  expect(answer.status).toBe(202);
  expect(received).toMatchObject([{ source: "dataverse", path: "/webhooks/dataverse" }]);
  expect(Buffer.from(received[0]?.rawBody ?? []).equals(bytes)).toBe(true);
  expect(received[0]?.headers).toMatchObject({ "x-cosell-key": "secret" });
});

test("[HT1] a Partner Center webhook carries its token in the path", async () => {
  const { url, received } = await started();
  await post(`${url}/webhooks/partner-center/${TOKEN}`, "{}");
  expect(received).toMatchObject([{ source: "partner-center", path: `/webhooks/partner-center/${TOKEN}` }]);
});

test.each(["application/json", "text/plain", "application/x-www-form-urlencoded", "nonsense", ""])(
  "[HT1] the content type %p changes nothing",
  async (type) => {
    const { url, received } = await started();
    const answer = await post(`${url}/webhooks/dataverse`, Buffer.from("not { json"), { "content-type": type });
    expect(answer.status).toBe(202);
    expect(Buffer.from(received[0]?.rawBody ?? []).toString()).toBe("not { json");
  },
);

test("[HT1] repeated headers are joined, and a header named __proto__ is just a header", async () => {
  const { port, received } = await started();
  await rawExchange(port, (socket) => {
    socket.write(
      "POST /webhooks/dataverse HTTP/1.1\r\nhost: x\r\nx-a: 1\r\nX-A: 2\r\nAuthorization: 1\r\nauthorization: 2\r\n__proto__: y\r\n",
    );
    socket.write("connection: close\r\ncontent-length: 2\r\n\r\n{}");
  });
  expect(received[0]?.headers).toMatchObject({ "x-a": "1, 2", authorization: "1, 2" });
  expect(Object.keys(received[0]?.headers ?? {})).toContain("__proto__");
});

test("[HT1] an empty body is handed on as no bytes", async () => {
  const { url, received } = await started();
  await fetch(`${url}/webhooks/dataverse`, { method: "POST" });
  expect(received[0]?.rawBody).toHaveLength(0);
});

test.each([202, 400, 401, 404, 413, 503] as const)(
  "[HT2] the receiver's answer %i goes back with a tiny JSON body",
  async (status) => {
    const { url } = await started({}, async () => ({ status }));
    const answer = await post(`${url}/webhooks/dataverse`, "{}");
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toContain("application/json");
    const body = await answer.text();
    expect(Object.keys(JSON.parse(body) as object)).toHaveLength(1);
    expect(body.length).toBeLessThan(100);
  },
);

test("[HT2] a receiver that fails is answered 503, without its words", async () => {
  const { url, lines } = await started({}, async () => {
    throw new RelayError("CS-1301", { cause: new Error("password=hunter2") });
  });
  const answer = await post(`${url}/webhooks/dataverse`, "{}");
  expect(answer.status).toBe(503);
  expect((await answer.text()) + lines.join("")).not.toContain("hunter2");
  expect(lines.join("")).toContain("CS-1301");
});

test.each([
  ["dataverse", "/webhooks/dataverse", httpLimits.dataverseBodyBytes],
  ["partner-center", `/webhooks/partner-center/${TOKEN}`, httpLimits.partnerCenterBodyBytes],
])("[HT3] a %s body up to the cap is taken, one byte more is answered 413", async (_source, path, cap) => {
  const { url, received } = await started();
  expect((await post(url + path, Buffer.alloc(cap))).status).toBe(202);
  expect(received[0]?.rawBody).toHaveLength(cap);
  expect((await post(url + path, Buffer.alloc(cap + 1))).status).toBe(413);
  expect(received).toHaveLength(1);
});

test("[HT3] a body that is announced too large is refused before it is sent", async () => {
  const { port, received } = await started();
  const answer = await rawExchange(port, (socket) => {
    socket.write("POST /webhooks/dataverse HTTP/1.1\r\nhost: x\r\ncontent-length: 20000000\r\n\r\n{");
  });
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(received).toEqual([]);
});

test("[HT3] a body of unknown length is cut off at the cap, and the connection with it", async () => {
  const { port, received } = await started();
  const chunk = `1000\r\n${"x".repeat(4096)}\r\n`;
  let sent = 0;
  const answer = await rawExchange(port, (socket) => {
    socket.write(`POST /webhooks/partner-center/${TOKEN} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n`);
    const more = () => {
      if (socket.destroyed || sent > 64 * httpLimits.partnerCenterBodyBytes) return;
      sent += chunk.length;
      socket.write(chunk, () => setImmediate(more));
    };
    more();
  });
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(sent).toBeLessThan(64 * httpLimits.partnerCenterBodyBytes);
  expect(received).toEqual([]);
});

test.each([
  ["GET", "/nothing", 404],
  ["POST", "/nothing", 404],
  ["POST", "/webhooks/partner-center", 404],
  ["POST", `/webhooks/partner-center/${TOKEN}/more`, 404],
  ["GET", "/webhooks/dataverse", 405],
  ["DELETE", `/webhooks/partner-center/${TOKEN}`, 405],
  ["PUT", "/metrics", 405],
])("[HT4] %s %s is answered %i in JSON", async (method, path, status) => {
  const { url, received } = await started();
  const answer = await fetch(url + path, { method, ...(method === "GET" ? {} : { body: "a body" }) });
  expect(answer.status).toBe(status);
  expect(await answer.json()).toEqual({ error: status === 404 ? "not found" : "method not allowed" });
  expect(answer.headers.has("allow")).toBe(status === 405);
  expect(received).toEqual([]);
});

test("[HT4] a path that cannot be decoded is answered 400 in JSON", async () => {
  const { port } = await started();
  const answer = await rawExchange(port, (socket) => {
    socket.write(
      "POST /webhooks/partner-center/%zz HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
    );
  });
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain('{"error":');
});

/** What an answer says to browsers of pages of other origins. */
async function leave(url: string, origin: string, method = "GET"): Promise<readonly [string, string][]> {
  const { headers } = await fetch(url, { method, headers: { origin } });
  return [...headers].filter(([name]) => name.startsWith("access-control-"));
}

test("[HT11] a page of the configured CRM may read that the relay is alive, without credentials", async () => {
  const { url } = await started();
  expect(await leave(`${url}/livez`, PAGE_ORIGIN)).toEqual([["access-control-allow-origin", PAGE_ORIGIN]]);
  const { headers } = await fetch(`${url}/livez`);
  expect(headers.get("vary")).toBe("origin");
});

test.each([
  "https://attacker.example",
  "null",
  PAGE_ORIGIN.replace("https:", "http:"),
  `${PAGE_ORIGIN}:8443`,
  `${PAGE_ORIGIN}.attacker.example`,
  `${PAGE_ORIGIN}/`,
  PAGE_ORIGIN.replace("contoso", "x.contoso"),
  `${PAGE_ORIGIN}, https://attacker.example`,
])("[HT11] a page of %s may not", async (origin) => {
  const { url } = await started();
  expect(await leave(`${url}/livez`, origin)).toEqual([]);
});

test.each([
  ["POST", "/webhooks/dataverse"],
  ["GET", "/readyz"],
  ["GET", "/healthz"],
  ["GET", "/metrics"],
  ["GET", "/version"],
  ["GET", "/nowhere"],
  ["OPTIONS", "/livez"],
  ["POST", "/livez"],
])("[HT11] a page of the CRM may not read the answer to %s %s", async (method, path) => {
  const { url } = await started();
  expect(await leave(url + path, PAGE_ORIGIN, method)).toEqual([]);
});

test.each([
  ["POST", "/webhooks/dataverse"],
  ["GET", "/livez"],
  ["GET", "/readyz"],
  ["GET", "/metrics"],
  ["GET", "/version"],
  ["GET", "/nowhere"],
  ["DELETE", "/readyz"],
])("[HT10] the answer to %s %s is no page, is not kept, and is for nobody else's script", async (method, path) => {
  const { url } = await started();
  const { headers } = await fetch(url + path, { method, headers: { origin: "https://attacker.example" } });
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("content-type")).toMatch(/^(application\/json|text\/plain)/);
  expect(["access-control-allow-origin", "set-cookie", "location"].filter((name) => headers.has(name))).toEqual([]);
});

test("[HT10] so is the answer to what is not even HTTP", async () => {
  const { port } = await started();
  const answer = await rawExchange(port, (socket) => socket.write("no HTTP at all\r\n\r\n"));
  expect(answer).toContain("x-content-type-options: nosniff\r\ncache-control: no-store\r\n");
});

test("[HT5] a request whose headers or body trickle in is answered 408 and hung up on", async () => {
  const limits = { ...httpLimits, headersWithinMs: 50, requestWithinMs: 100, lateCheckEveryMs: 20 };
  const { port, received } = await started({ limits });
  const slowHeaders = rawExchange(port, (socket) => socket.write("POST /webhooks/dataverse HTTP/1.1\r\nhost: x\r\n"));
  const slowBody = rawExchange(port, (socket) =>
    socket.write("POST /webhooks/dataverse HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{"),
  );
  expect(await slowHeaders).toMatch(/^HTTP\/1\.1 408 /);
  expect(await slowBody).toMatch(/^HTTP\/1\.1 408 /);
  expect(received).toEqual([]);
});

test("[HT5] headers beyond 16 KiB are answered 431, and what is not HTTP is answered 400", async () => {
  const { port } = await started();
  const long = await rawExchange(port, (socket) =>
    socket.write(`GET /livez HTTP/1.1\r\nhost: x\r\nx-long: ${"x".repeat(17 * 1024)}\r\n\r\n`),
  );
  expect(long).toMatch(/^HTTP\/1\.1 431 /);
  const garbage = await rawExchange(port, (socket) => socket.write("\x16\x03\x01 hello\r\n\r\n"));
  expect(garbage).toMatch(/^HTTP\/1\.1 400 /);
});

test("[HT5] more connections than allowed are closed at once", async () => {
  const { port } = await started({ limits: { ...httpLimits, connections: 2 } });
  const kept = [connect(port, "127.0.0.1"), connect(port, "127.0.0.1")];
  await Promise.all(kept.map((socket) => new Promise((resolve) => socket.once("connect", resolve))));
  const third = connect(port, "127.0.0.1");
  await new Promise((resolve) => third.once("close", resolve).on("error", () => undefined));
  for (const socket of kept) socket.destroy();
});

test("[HT17] of a host name with two addresses one is listened on, so that limits and stops hold for all", async () => {
  const both = [
    { address: "127.0.0.1", family: 4 },
    { address: "::1", family: 6 },
  ];
  const real = dns.lookup;
  jest
    .spyOn(dns, "lookup")
    .mockImplementation(((name: string, how: LookupOptions, done: Found) =>
      name === "localhost" && how.all ? done(null, both) : real(name, how, done)) as typeof dns.lookup);
  const { url, port } = await started({ host: "localhost" });
  jest.restoreAllMocks();
  expect(new URL(url).hostname).toBe("127.0.0.1");
  expect((await fetch(`${url}/livez`)).status).toBe(200);
  await expect(fetch(`http://[::1]:${port}/livez`)).rejects.toThrow("fetch failed");
});

test("[HT6] two requests glued together by contradicting lengths are refused", async () => {
  const { port, received } = await started();
  const answer = await rawExchange(port, (socket) =>
    socket.write(
      "POST /webhooks/dataverse HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
    ),
  );
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(received).toEqual([]);
});

test("[HT7] neither headers, bodies nor tokens of a request are logged", async () => {
  const { url, lines } = await started();
  await post(`${url}/webhooks/partner-center/${TOKEN}`, "customer@example.com", { authorization: "Signature abc" });
  await post(`${url}/webhooks/partner-center/${TOKEN}`, Buffer.alloc(20_000));
  await fetch(`${url}/webhooks/partner-center/${TOKEN}`);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join("\n")).not.toMatch(/tttt|customer|Signature/);
});

test("[HT8] a closing server lets a running request end and takes no new one", async () => {
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { server, url, received } = await started({}, async () => {
    await gate;
    return { status: 202 };
  });
  const first = post(`${url}/webhooks/dataverse`, "{}");
  while (received.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const closed = server.close(10_000);
  while (await takesConnections(url)) await new Promise((resolve) => setImmediate(resolve));
  await expect(post(`${url}/webhooks/dataverse`, "{}")).rejects.toThrow();
  release();
  expect((await first).status).toBe(202);
  await closed;
  running = undefined;
});

test("[HT9] a server that drains answers as before, tells its clients to hang up, and waits for them", async () => {
  const { server, url } = await started({ clock: createSystemClock() });
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = async (): Promise<IncomingMessage> => {
    const sent = request({ agent, hostname, port, path: "/webhooks/dataverse", method: "POST" }).end("{}");
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    answer.resume();
    await once(answer, "end");
    return answer;
  };
  expect((await send()).headers.connection).toBe("keep-alive");
  const story: string[] = [];
  const draining = server.drain({ atLeastMs: 0, withinMs: 60_000 }).then(() => story.push("drained"));
  const told = await send();
  story.push(`answered ${String(told.statusCode)}, connection: ${String(told.headers.connection)}`);
  await draining;
  expect(story).toEqual(["answered 202, connection: close", "drained"]);
  expect((await send()).statusCode).toBe(202);
  agent.destroy();
});

test("[HT9] a client that stays silent holds up a server that drains only for the given time", async () => {
  const { server, url } = await started({ clock: createSystemClock() });
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  await once(socket, "connect");
  await server.drain({ atLeastMs: 0, withinMs: 30 });
  socket.destroy();
});

test("[HT9] a server that drains takes new connections for as long as it is told to, although nobody is connected", async () => {
  let passedMs = 0;
  const clock = { now: () => passedMs, sleep: async (ms: number) => void (passedMs += ms) };
  const { server, url } = await started({ clock });
  await server.drain({ atLeastMs: 5_000, withinMs: 6_000 });
  expect(passedMs).toBe(5_000);
  expect((await post(`${url}/webhooks/dataverse`, "{}")).status).toBe(202);
  passedMs = 0;
  await server.drain({ atLeastMs: 0, withinMs: 6_000 });
  expect(passedMs).toBeLessThan(1_000);
});

test("[HT16] requests that arrive at the moment of closing are answered, on new connections and kept ones", async () => {
  const { server, port } = await started();
  const statusLines = Array.from({ length: 20 }, () => {
    return rawExchange(port, (socket) => {
      socket.write("POST /webhooks/dataverse HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}");
    }).then((text) => text.split("\r\n", 1)[0]);
  });
  await server.close(10_000);
  expect(await Promise.all(statusLines)).toEqual(Array.from({ length: 20 }, () => "HTTP/1.1 202 Accepted"));
  running = undefined;
});

test("[HT8] a request that does not end in time is cut off", async () => {
  const { server, url, received } = await started({}, () => new Promise(() => undefined));
  const first = post(`${url}/webhooks/dataverse`, "{}");
  const failed = expect(first).rejects.toThrow();
  while (received.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await server.close(0);
  await failed;
  running = undefined;
});

test("[HT8] a port in use is a failure to start", async () => {
  const { port } = await started();
  await expect(runServer({ port })).rejects.toThrow("EADDRINUSE");
});

/** Whether a listener takes a connection, without asking it anything. */
async function takesConnections(url: string): Promise<boolean> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
