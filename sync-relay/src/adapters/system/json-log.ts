import pino from "pino";
import type { Log, LogFields } from "../../ports/log";

// One JSON line per event, for operators. Customer data cannot get in by mistake: only fields known here are written,
// and only texts that look like an id, a code or a number. A field that is missing from a line is named in `withheld`.

/** Where lines go; process.stdout by default. */
export interface LogStream {
  write(line: string): void;
}

export interface JsonLogOptions {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly stream?: LogStream;
}

/** Fields without a telling end that may be written. */
const ALLOWED_FIELDS: ReadonlySet<string> = new Set(
  [
    "action adopted api attempt attempts because bytes check code count dead depth direction duplicates event events",
    "failures field fingerprint from host key keys kind leftAlone major ms name object ok op opportunities outcome pairs phase",
    "pid plan port reason referrals result setting side signal source state status step to upstream verdict verified",
    "version",
  ].flatMap((names) => names.split(" ")),
);
/** Ends of field names that say what the value is. */
const ALLOWED_ENDS = /(Id|Ids|Ms|Seconds|Bytes|Count|Code|Status|Kind|Version|At)$/;
/** Ids, codes, words, numbers and times. No blanks, @ or slashes: no names, mail addresses, texts and paths. */
const PLAIN_VALUE = /^[\w.:+-]{0,120}$/;
/** Fields about the relay's own machine, where paths are no secret. */
const MACHINE_FIELDS: ReadonlySet<string> = new Set(["folder", "place", "fileSystem"]);
const MACHINE_VALUE = /^[\w.:+~()/\\ -]{0,300}$/;
/** A place in the code; the message that comes before it may quote data. */
const STACK_FRAME = /^\s*at [^\n]{1,300}:\d+:\d+\)?$/;
const LONGEST_STACK = 12;
const LONGEST_MESSAGE = 500;

/** Log lines as JSON. Never throws. */
export function createJsonLog(options: JsonLogOptions): Log {
  const settings = { level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime } as const;
  const formatters = { level: (label: string) => ({ level: label }) };
  const log =
    options.stream === undefined
      ? pino({ ...settings, formatters })
      : pino({ ...settings, formatters }, options.stream);
  const write = (level: "debug" | "info" | "warn" | "error") => (message: string, fields?: LogFields) => {
    // Looking at the fields costs more than a line that is not written is worth.
    if (!log.isLevelEnabled(level)) return;
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
    const safe = typeof value === "string" ? safeText(name, value) : safeScalar(name, value);
    if (safe !== undefined) plain[name] = safe;
    else if (value !== undefined) withheld.push(isAllowed(name) ? name : safeName(name));
  }
  return withheld.length === 0 ? plain : { ...plain, withheld };
}

function safeScalar(name: string, value: number | boolean | null | undefined): number | boolean | null | undefined {
  return isAllowed(name) ? value : undefined;
}

/** The text as far as it may be written; undefined when it may not. */
function safeText(name: string, text: string): string | undefined {
  if (name === "stack") return stackFrames(text);
  if (name === "url") return URL.canParse(text) ? new URL(text).origin : undefined;
  if (MACHINE_FIELDS.has(name)) return MACHINE_VALUE.test(text) ? text : undefined;
  return isAllowed(name) && PLAIN_VALUE.test(text) ? text : undefined;
}

function stackFrames(text: string): string {
  const frames = text.split("\n").filter((line) => STACK_FRAME.test(line));
  return frames.slice(0, LONGEST_STACK).join("\n");
}

/** A name that is not a name of ours could be data too. */
function safeName(name: string): string {
  return /^[a-zA-Z]{1,40}$/.test(name) ? name : "?";
}

function isAllowed(name: string): boolean {
  return ALLOWED_FIELDS.has(name) || ALLOWED_ENDS.test(name);
}
