import type { IncomingHttpHeaders } from "node:http";

/** A request as it arrived, faulty ones included. */
export interface RecordedRequest {
  readonly host: "referrals" | "events";
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  /** The answer's status; 0 when the connection was dropped. */
  readonly status: number;
}

export interface RequestLog {
  all(): readonly RecordedRequest[];
  reset(): void;
}

/** Requests kept; older ones are forgotten, so that a long load run stays small. */
export const RECORDED_REQUESTS = 10_000;

export function createRequestLog(): RequestLog & { readonly add: (request: RecordedRequest) => void } {
  let requests: RecordedRequest[] = [];
  return {
    all: () => requests,
    reset() {
      requests = [];
    },
    add(request) {
      requests.push(request);
      if (requests.length >= 2 * RECORDED_REQUESTS) requests = requests.slice(-RECORDED_REQUESTS);
    },
  };
}
