import pino from "pino";
import type { Log, LogFields } from "../../ports/log";

// One JSON line per event, for operators. Customer data cannot get in by mistake: only fields known here are written,
// and only texts that look like an id, a code or a number. A field that is missing from a line is named in `withheld`.

/** Where lines go; process.stdout by default. */
export interface LogStream {
  write(line: string): void;
}

export interface LogOptions {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly stream?: LogStream;
}

/** Fields without a telling end that may be written. */
const ALLOWED_FIELDS: ReadonlySet<string> = new Set([
  "action",
  "api",
  "attempt",
  "attempts",
  "because",
  "bytes",
  "cause",
  "check",
  "code",
  "count",
  "dead",
  "depth",
  "direction",
  "event",
  "events",
  "field",
  "from",
  "host",
  "key",
  "kid",
  "kind",
  "lane",
  "name",
  "ok",
  "op",
  "outcome",
  "pairs",
  "phase",
  "pid",
  "plan",
  "port",
  "reason",
  "result",
  "setting",
  "side",
  "signal",
  "source",
  "state",
  "status",
  "step",
  "to",
  "upstream",
  "version",
]);
/** Ends of field names that say what the value is. */
const ALLOWED_ENDS = /(Id|Ids|Ms|Seconds|Bytes|Count|Code|Status|Kind|Version|At)$/;
/** Ids, codes, words, numbers and times. No blanks, @ or slashes: no names, mail addresses, texts and paths. */
const PLAIN_VALUE = /^[\w.:+-]{0,120}$/;
const LONGEST_MESSAGE = 500;

/** Log lines as JSON. Never throws. */
export function createLog(options: LogOptions): Log {
  const settings = { level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime } as const;
  const formatters = { level: (label: string) => ({ level: label }) };
  const log =
    options.stream === undefined
      ? pino({ ...settings, formatters })
      : pino({ ...settings, formatters }, options.stream);
  const write = (level: "debug" | "info" | "warn" | "error") => (message: string, fields?: LogFields) => {
    try {
      log[level](plainFields(fields ?? {}), message.slice(0, LONGEST_MESSAGE));
    } catch {
      // A full disk or a closed pipe must not stop the relay.
    }
  };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}

function plainFields(fields: LogFields): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  const withheld: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (isAllowed(name) && (typeof value !== "string" || PLAIN_VALUE.test(value))) plain[name] = value;
    else withheld.push(name);
  }
  return withheld.length === 0 ? plain : { ...plain, withheld };
}

function isAllowed(name: string): boolean {
  return ALLOWED_FIELDS.has(name) || ALLOWED_ENDS.test(name);
}
