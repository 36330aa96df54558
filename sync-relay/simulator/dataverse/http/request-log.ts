/** A request that the simulator received. */
export interface RecordedRequest {
  readonly method: string;
  /** Path and query below the service root. */
  readonly path: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Conditions, preferences and Dataverse's own headers; never credentials. */
  readonly headers: Readonly<Record<string, string>>;
  /** Null when the request was not signed in. */
  readonly userId: string | null;
  /** What a batch held. */
  readonly batched: readonly { readonly method: string; readonly path: string }[];
}

/** The requests so far. */
export interface RequestLog {
  readonly entries: readonly RecordedRequest[];
  reset(): void;
}

/** Most requests that are kept, so that a long demo does not fill the memory; the oldest go first. */
const MAX_ENTRIES = 100_000;

const KEPT = /^(if-match|if-none-match|prefer|content-type|mscrm\..+)$/;

/** An empty log with its writing end. */
export function createRequestLog(): { log: RequestLog; record: (request: RecordedRequest) => void } {
  const entries: RecordedRequest[] = [];
  return {
    log: {
      entries,
      reset: () => {
        entries.length = 0;
      },
    },
    record: (request) => {
      if (entries.length >= MAX_ENTRIES) entries.shift();
      entries.push(request);
    },
  };
}

/** The headers that are worth keeping. */
export function keptHeaders(headers: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  return Object.fromEntries([...headers].filter(([name]) => KEPT.test(name)));
}
