import { createBoundedLog } from "../../../sync-relay/src/adapters/system/bounded-log";
import { createJsonLog } from "../../../sync-relay/src/adapters/system/json-log";

/** A log of two lines of one message a minute, what it wrote, and a clock that is moved by hand. */
function arrange() {
  const lines: string[] = [];
  const clock = { ms: 1_000_000, now: () => clock.ms };
  const inner = createJsonLog({ level: "debug", stream: { write: (line) => void lines.push(line) } });
  const log = createBoundedLog(inner, clock, { lines: 2, withinMs: 60_000 });
  const written = () => {
    const read = lines.splice(0).map((line) => JSON.parse(line) as Record<string, unknown>);
    return read.map(({ time: _, ...rest }) => rest);
  };
  return { log, clock, written };
}

const often = (level: string) => ({
  level,
  msg: "the line before comes often; more like it are left out for a while",
});

test("[OB13] of one message some lines are written, then one that says so, and the next that is written counts the rest", () => {
  const { log, clock, written } = arrange();
  for (let at = 0; at < 100; at += 1) log.warn("refused", { bytes: at });
  const first = [0, 1].map((bytes) => ({ level: "warn", msg: "refused", bytes }));
  expect(written()).toEqual([...first, often("warn")]);
  clock.ms += 59_999;
  log.warn("refused");
  expect(written()).toEqual([]);
  clock.ms += 1;
  log.warn("refused", { bytes: 7 });
  expect(written()).toEqual([{ level: "warn", msg: "refused", bytes: 7, leftOutCount: 99 }]);
  clock.ms += 60_000;
  log.warn("refused", { bytes: 8 });
  expect(written()).toEqual([{ level: "warn", msg: "refused", bytes: 8 }]);
});

test("[OB13] a flood from one source does not hide what the other sends", () => {
  const { log, written } = arrange();
  for (let at = 0; at < 5; at += 1) log.warn("refused", { source: "dataverse" });
  log.warn("refused", { source: "partner-center" });
  const sources = written().flatMap(({ source }) => source ?? []);
  expect(sources).toEqual(["dataverse", "dataverse", "partner-center"]);
});

test("[OB13] one message does not hide another, and lines for debugging are all written", () => {
  const { log, written } = arrange();
  for (let at = 0; at < 5; at += 1) log.error("not stored");
  log.info("something else");
  for (let at = 0; at < 5; at += 1) log.debug("answered");
  const messages = written().map(({ msg }) => msg);
  expect(messages.filter((msg) => msg === "not stored")).toHaveLength(2);
  expect(messages.filter((msg) => msg === "something else")).toHaveLength(1);
  expect(messages.filter((msg) => msg === "answered")).toHaveLength(5);
});

test("[OB13] a clock that is set back does not keep the log silent", () => {
  const { log, clock, written } = arrange();
  for (let at = 0; at < 5; at += 1) log.warn("refused");
  written();
  clock.ms -= 3_600_000;
  log.warn("refused");
  expect(written()).toEqual([{ level: "warn", msg: "refused", leftOutCount: 3 }]);
});
