/** Fields of a log line: ids, codes, counts. Never customer data. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Structured log for operators. Implementations must not throw. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
