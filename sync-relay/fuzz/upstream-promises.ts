import { RelayError } from "../src/core/errors";
import { promised, type Attempt } from "./fuzz-target";

/** A call to an upstream that answers nonsense gives a value or a documented failure; never a bug of ours. */
export function checkedCall(call: () => Promise<unknown>): Attempt {
  return async () => {
    try {
      await call();
      return "understood";
    } catch (thrown) {
      if (!(thrown instanceof RelayError)) throw thrown;
      promised(thrown.kind !== "bug", `a strange answer is no bug of ours (${causeOf(thrown)})`);
      const { retryAfterMs = 0 } = thrown.details;
      promised(retryAfterMs >= 0 && retryAfterMs <= LONGEST_PAUSE_MS, "a pause is bounded");
      return thrown.code;
    }
  };
}

function causeOf({ code, details: { cause } }: RelayError): string {
  return cause instanceof Error ? `${code} because ${cause.stack ?? cause.message}` : code;
}

/** No answer may stop the relay for longer. */
const LONGEST_PAUSE_MS = 3_600_000;

/** Statuses that upstreams and what stands before them answer. */
export const STATUSES: readonly number[] = [
  ...[200, 200, 200, 200, 200, 201, 202, 206, 301, 302, 400, 401, 403, 404, 409, 410, 412, 418, 429, 500, 502, 503],
  599,
];
