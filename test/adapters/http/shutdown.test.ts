import { EventEmitter } from "node:events";
import { createShutdown, type ShutdownSteps } from "../../../sync-relay/src/adapters/http/shutdown";
import type { AbortSignalLike } from "../../../sync-relay/src/ports/clock";

const never = () => new Promise<void>(() => undefined);

function arrange(steps: Partial<ShutdownSteps> = {}, drainMs = 0) {
  const story: string[] = [];
  const add = (message: string, fields?: object) => {
    story.push(fields === undefined ? message : `${message} ${JSON.stringify(fields)}`);
  };
  const sleeps: number[] = [];
  const shutdown = createShutdown({
    log: { debug: add, info: add, warn: add, error: add },
    drainMs,
    exit: (code) => story.push(`exit ${code}`),
    clock: {
      now: () => 0,
      // Time passes only when a step hangs.
      sleep: (ms: number, signal?: AbortSignalLike) =>
        new Promise((resolve) => {
          sleeps.push(ms);
          signal?.addEventListener("abort", () => resolve(), { once: true });
          if (Object.values(steps).includes(never)) setTimeout(resolve, 5);
        }),
    },
  });
  shutdown.use({
    stopAccepting: async (withinMs) => {
      story.push(`stop accepting, ready: ${!shutdown.draining()}, within ${withinMs}`);
    },
    finishWork: async () => {
      story.push("finish work");
    },
    release: async () => {
      story.push("release");
    },
    ...steps,
  });
  return { shutdown, story, sleeps };
}

test("[OB2] the relay stops in order: not ready, no new requests, running work, then exit 0", async () => {
  const { shutdown, story } = arrange();
  expect(shutdown.draining()).toBe(false);
  await shutdown.begin();
  expect(story).toEqual([
    "Stopping.",
    "stop accepting, ready: false, within 1000",
    "finish work",
    "release",
    "Stopped.",
    "exit 0",
  ]);
});

test("[OB2] steps that hang or fail are given up: requests after 1 s, work after 6 s, all within 10 s", async () => {
  const failing = () => Promise.reject(new Error("no"));
  const { shutdown, story, sleeps } = arrange({ stopAccepting: never, finishWork: never, release: failing });
  await shutdown.begin();
  expect(sleeps.slice(0, 2)).toEqual([1_000, 6_000]);
  expect(sleeps.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(10_000);
  expect(story.filter((line) => line.startsWith("A step"))).toEqual([
    expect.stringContaining('{"step":"stop-accepting","outcome":"late"}'),
    expect.stringContaining('{"step":"finish-work","outcome":"late"}'),
    expect.stringContaining('{"step":"release","outcome":"failed"}'),
  ]);
  expect(story.at(-1)).toBe("exit 0");
});

test("[OB2] requests are taken for as long as is set, and a second more at most", async () => {
  const { shutdown, story, sleeps } = arrange({}, 5_000);
  await shutdown.begin();
  expect(story).toContain("stop accepting, ready: false, within 6000");
  expect(sleeps).toEqual([6_000, 6_000, 3_000]);
});

test("[OB2] SIGTERM and SIGINT begin the shutdown, once", async () => {
  const { shutdown, story } = arrange();
  const process = new EventEmitter();
  const stopListening = shutdown.onSignals(process);
  process.emit("SIGTERM");
  process.emit("SIGINT");
  await shutdown.begin();
  expect(story.filter((line) => line === "Stopping." || line.startsWith("exit"))).toEqual(["Stopping.", "exit 0"]);
  stopListening();
  expect(process.listenerCount("SIGTERM") + process.listenerCount("SIGINT")).toBe(0);
});

test("[OB2] a signal before anything was started still ends the process", async () => {
  const codes: number[] = [];
  const quiet = () => undefined;
  const shutdown = createShutdown({
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    drainMs: 0,
    exit: (code) => codes.push(code),
    clock: { now: () => 0, sleep: never },
  });
  await shutdown.begin();
  expect(codes).toEqual([0]);
});
