import { connect } from "node:net";
import { rawExchange, runServer, type RunningServer } from "./server-fixture";

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

const ANSWERS = [
  ["POST", "/webhooks/dataverse"],
  ["POST", `/webhooks/partner-center/${TOKEN}`],
  ["GET", "/livez"],
  ["GET", "/readyz"],
  ["GET", "/metrics"],
  ["GET", "/version"],
  ["GET", "/nowhere"],
  ["DELETE", "/readyz"],
] as const;

/** The directives of a policy, by their names. */
function directivesOf(policy: string): ReadonlyMap<string, string> {
  return new Map(
    policy.split(";").map((part) => [part.trim().split(" ")[0] ?? "", part.trim().split(" ").slice(1).join(" ")]),
  );
}

test.each(ANSWERS)(
  "[HT12] the answer to %s %s is for TLS only, for no frame, and loads nothing",
  async (method, path) => {
    const { url } = await started();
    const { headers } = await fetch(url + path, { method });
    const [, maxAge = "0"] =
      /^max-age=(\d+); includeSubDomains$/.exec(headers.get("strict-transport-security") ?? "") ?? [];
    expect(Number(maxAge)).toBeGreaterThanOrEqual(365 * 24 * 60 * 60);
    const policy = directivesOf(headers.get("content-security-policy") ?? "");
    expect([policy.get("default-src"), policy.get("frame-ancestors")]).toEqual(["'none'", "'none'"]);
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  },
);

test("[HT12] so is the answer to what is not even HTTP, and to what is too large", async () => {
  const { port } = await started();
  const garbage = await rawExchange(port, (socket) => socket.write("no HTTP at all\r\n\r\n"));
  const large = await rawExchange(port, (socket) =>
    socket.write("POST /webhooks/dataverse HTTP/1.1\r\nhost: x\r\ncontent-length: 20000000\r\n\r\n{"),
  );
  for (const answer of [garbage, large]) {
    expect(answer).toMatch(/\r\nstrict-transport-security: max-age=/);
    expect(answer).toMatch(/\r\ncontent-security-policy: default-src 'none'/);
  }
});

test.each([
  "/.git/HEAD",
  "/.git/config",
  "/.env",
  "/package.json",
  "/cosell.yaml",
  "/../../../../etc/passwd",
  "/livez/../../../../etc/passwd",
  "/webhooks/../../../../etc/passwd",
  "/webhooks/partner-center/..%2f..%2f..%2fetc%2fpasswd/x",
  "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
  "/..%5c..%5cwindows%5cwin.ini",
  "/file:///etc/passwd",
  "/",
  "/webhooks/",
  "/webhooks",
])("[HT13] %s is no path of the relay", async (path) => {
  const { port, received } = await started();
  const answer = await rawExchange(port, (socket) =>
    socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`),
  );
  expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  expect(answer.split("\r\n\r\n")[1]).toBe('{"error":"not found"}');
  expect(received).toEqual([]);
});

/** What somebody might say of himself or of the way that a request took. */
const SAID = {
  forwarded: "for=10.0.0.1;host=admin.example;proto=https",
  "x-forwarded-for": "127.0.0.1",
  "x-forwarded-host": "admin.example",
  "x-forwarded-proto": "https",
  "x-forwarded-prefix": "/admin",
  "x-real-ip": "127.0.0.1",
  "x-original-url": "/metrics",
  "x-rewrite-url": "/metrics",
  "x-http-method-override": "DELETE",
  "client-ip": "127.0.0.1",
};

test.each([...ANSWERS, ["GET", "/webhooks/dataverse"]] as const)(
  "[HT14] the answer to %s %s is the same whatever a caller says of himself",
  async (method, path) => {
    const { url, lines, received } = await started();
    const ask = async (headers: Readonly<Record<string, string>>) => {
      const answer = await fetch(url + path, { method, headers });
      const shown = [...answer.headers].filter(([name]) => name !== "date");
      return { status: answer.status, shown, text: await answer.text() };
    };
    const plain = await ask({});
    const taken = received.length;
    expect(await ask(SAID)).toEqual(plain);
    expect(received.length).toBe(2 * taken);
    expect(received.map((request) => request.path)).toEqual(Array.from({ length: 2 * taken }, () => path));
    expect(lines.join("\n")).not.toMatch(/10\.0\.0\.1|127\.0\.0\.1|admin/);
  },
);

test("[HT15] requests that are broken off at any point leave no connection behind and reach nobody", async () => {
  const { server, port, received, url } = await started();
  const whole = "POST /webhooks/dataverse HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{}";
  const cuts = Array.from({ length: whole.length }, (_, n) => whole.slice(0, n + 1));
  for (const cut of cuts) {
    await new Promise<void>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => socket.write(cut, () => socket.resetAndDestroy()));
      socket.on("error", () => undefined).on("close", () => resolve());
    });
  }
  expect(received).toEqual([]);
  expect((await fetch(`${url}/livez`, { headers: { connection: "close" } })).status).toBe(200);
  // Ends before its own limit, and that of the test, only when no connection is left to be waited for.
  await server.close(60_000);
  running = undefined;
  await expect(fetch(`${url}/livez`)).rejects.toThrow();
});
