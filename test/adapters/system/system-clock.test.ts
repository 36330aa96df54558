import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { productVersion } from "../../../sync-relay/src/adapters/system/product-version";
import { createSystemClock } from "../../../sync-relay/src/adapters/system/system-clock";

afterEach(() => jest.useRealTimers());

test("[OB9] sleeping ends after its time, or at once when it is called off, and never fails", async () => {
  jest.useFakeTimers();
  const clock = createSystemClock();
  const story: string[] = [];
  const calledOff = new AbortController();
  const sleeps = [
    clock.sleep(1_000).then(() => story.push(`slept until ${clock.now()}`)),
    clock.sleep(1_000_000, calledOff.signal).then(() => story.push("called off")),
    clock.sleep(5, AbortSignal.abort()).then(() => story.push("not begun")),
  ];
  jest.setSystemTime(0);
  await jest.advanceTimersByTimeAsync(999);
  expect(story).toEqual(["not begun"]);
  await jest.advanceTimersByTimeAsync(1);
  calledOff.abort();
  await Promise.all(sleeps);
  expect(story).toEqual(["not begun", "slept until 1000", "called off"]);
  expect(jest.getTimerCount()).toBe(0);
});

test("[OB9] a sleep beyond what a timer takes does not end at once", async () => {
  jest.useFakeTimers();
  const ended = jest.fn();
  void createSystemClock().sleep(Number.MAX_SAFE_INTEGER).then(ended);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(ended).not.toHaveBeenCalled();
});

test("[OB3] the version is that of the package", () => {
  const text = readFileSync(join(__dirname, "../../../package.json"), "utf8");
  expect(text).toContain(`"version": "${productVersion()}"`);
  const folder = mkdtempSync(join(tmpdir(), "cosell-version-"));
  writeFileSync(join(folder, "package.json"), '{"version":"9.8.7"}');
  expect(productVersion(join(folder, "deep", "down"))).toBe("9.8.7");
  rmSync(folder, { recursive: true });
});
