import { readiness } from "../../../sync-relay/src/adapters/http/health";
import { RelayError } from "../../../sync-relay/src/core/errors";
import { runServer, type RunningServer } from "./server-fixture";

let running: RunningServer | undefined;

afterEach(async () => {
  await running?.server.close(0);
  running = undefined;
});

async function answerOf(path: string, ...options: Parameters<typeof runServer>) {
  running = await runServer(...options);
  const answer = await fetch(running.url + path);
  return { status: answer.status, type: answer.headers.get("content-type"), text: await answer.text() };
}

test.each(["/readyz", "/healthz"])("[OB1] %s is 200 while every check is well, with each result", async (path) => {
  const health = { store: () => ({ ok: true }), dataverse: async () => ({ ok: true, expiresAtMs: 5 }) };
  const { status, text } = await answerOf(path, { health });
  expect(status).toBe(200);
  expect(JSON.parse(text)).toEqual({
    ready: true,
    checks: { store: { ok: true }, dataverse: { ok: true, expiresAtMs: 5 } },
  });
});

test("[OB1] one failed check makes it 503 and is named, whatever the others say", async () => {
  const health = { store: () => ({ ok: true }), "partner-center": () => ({ ok: false, problem: "CS-1202" }) };
  const { status, text } = await answerOf("/readyz", { health });
  expect(status).toBe(503);
  expect(JSON.parse(text)).toEqual({
    ready: false,
    checks: { store: { ok: true }, "partner-center": { ok: false, problem: "CS-1202" } },
  });
});

test("[OB1] a check that throws shows our own words only", async () => {
  const checks = {
    known: () => {
      throw new RelayError("CS-1301", { cause: new Error("postgres://u:pw@db") });
    },
    unknown: async () => {
      throw new Error("postgres://u:pw@db");
    },
  };
  const found = await readiness(checks, false);
  expect(found).toMatchObject({
    ready: false,
    checks: { known: { problem: expect.stringContaining("CS-1301") }, unknown: { problem: "The check failed." } },
  });
  expect(JSON.stringify(found)).not.toContain("pw@db");
});

test("[OB1] a check that hangs fails after two seconds and does not hide the others", async () => {
  jest.useFakeTimers();
  const found = readiness({ stuck: () => new Promise(() => undefined), store: () => ({ ok: true }) }, false);
  await jest.advanceTimersByTimeAsync(2_000);
  expect(await found).toEqual({
    ready: false,
    checks: { stuck: { ok: false, problem: "No answer within 2000 ms." }, store: { ok: true } },
  });
  jest.useRealTimers();
});

test("[OB2] a relay that is shutting down is alive but not ready", async () => {
  const { status, text } = await answerOf("/readyz", { draining: () => true });
  expect(status).toBe(503);
  expect(JSON.parse(text)).toMatchObject({ ready: false, checks: { draining: { ok: false } } });
  const alive = await fetch(`${running?.url ?? ""}/livez`);
  expect([alive.status, await alive.json()]).toEqual([200, { alive: true }]);
});

test("[OB3] /metrics is Prometheus text, and /version tells product, version and Node", async () => {
  const { type, text } = await answerOf("/metrics");
  expect(type).toContain("text/plain; version=0.0.4");
  expect(text).toBe("cosell_test 1\n");
  const version: unknown = await (await fetch(`${running?.url ?? ""}/version`)).json();
  expect(version).toEqual({ name: "cosell-sync", version: "1.2.3", node: process.version });
});
