import { fc } from "../../support/properties";
import { createJsonLog } from "../../../sync-relay/src/adapters/system/json-log";

function arrange(level: "debug" | "info" | "warn" | "error" = "info") {
  const lines: string[] = [];
  const log = createJsonLog({ level, stream: { write: (line) => void lines.push(line) } });
  return { log, lines, parsed: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

test("[OB4] a log line is one line of JSON with level, time, message and fields", () => {
  const { log, lines, parsed } = arrange();
  log.warn("Two\nlines", { code: "CS-1001", correlationId: "a-b", attempt: 3, ok: false, reason: null });
  expect(lines.join("").trim().split("\n")).toHaveLength(1);
  expect(parsed()).toEqual([
    {
      level: "warn",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      msg: "Two\nlines",
      code: "CS-1001",
      correlationId: "a-b",
      attempt: 3,
      ok: false,
      reason: null,
    },
  ]);
});

test("[OB4] lines below the level are left out", () => {
  const { log, parsed } = arrange("warn");
  for (const level of ["debug", "info", "warn", "error"] as const) log[level](level);
  expect(parsed().map((line) => line["msg"])).toEqual(["warn", "error"]);
});

test("[OB5] fields that are not known, and texts that are more than an id or a code, are withheld and named", () => {
  const { log, parsed } = arrange();
  log.info("x", { customerName: "Contoso", code: "Contoso Ltd", opportunityId: "jane@contoso.com", status: 401 });
  expect(parsed()[0]).toMatchObject({ status: 401, withheld: ["customerName", "code", "opportunityId"] });
  expect(JSON.stringify(parsed())).not.toMatch(/contoso/i);
});

test("[OB5] of a stack only the places in the code are written, of an address only its origin", () => {
  const { log, parsed } = arrange();
  const stack =
    "Error: Contoso has no\n    contact Jane Doe\n    at run (/app/dist/run.js:1:2)\n    at /app/dist/main.js:3:4";
  log.error("x", { stack, url: "https://relay.example.com/webhooks/partner-center/token?x" });
  expect(parsed()[0]).toMatchObject({
    stack: "    at run (/app/dist/run.js:1:2)\n    at /app/dist/main.js:3:4",
    url: "https://relay.example.com",
  });
});

test("[OB5] the relay's own folders may be written, other fields with paths may not", () => {
  const { log, parsed } = arrange();
  log.warn("x", { folder: "/var/lib/cosell/postgres", reason: "/webhooks/partner-center/token" });
  expect(parsed()[0]).toMatchObject({ folder: "/var/lib/cosell/postgres", withheld: ["reason"] });
});

test("[OB5] no personal text gets through, whatever the field", () => {
  const canaries = [
    "Jane Doe",
    "jane.doe@example.com",
    "/webhooks/partner-center/token",
    "Rue de l’Église 1",
    "+1 555 0100",
  ];
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(...canaries), (name, canary) => {
      fc.pre(name !== "folder" && name !== "place" && name !== "fileSystem");
      const { log, lines } = arrange();
      log.error("x", { [name]: canary, [canary]: 1 });
      expect(lines.join("")).not.toContain(canary);
    }),
  );
});

test("[OB4] a stream that fails does not stop the relay", () => {
  const log = createJsonLog({
    level: "info",
    stream: {
      write: () => {
        throw new Error("EPIPE");
      },
    },
  });
  expect(() => log.info("x")).not.toThrow();
});

test("[OB10] a message and a value are written as they are, whatever places for values they seem to have", () => {
  const { log, parsed } = arrange();
  log.info("100 %s %d %j %o {name} ${name}", { code: "%s", reason: "x" });
  expect(parsed()[0]).toMatchObject({ msg: "100 %s %d %j %o {name} ${name}", withheld: ["code"], reason: "x" });
});
