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
  /** How many may still take effect, also after whoever sent them has gone. */
  underWay(): number;
  reset(): void;
}

/** Most requests that are kept, so that a long demo does not fill the memory; the oldest go first. */
const MAX_ENTRIES = 100_000;

const KEPT = /^(if-match|if-none-match|prefer|content-type|mscrm\..+)$/;

/** The end of the log that whoever serves requests writes to. */
export interface RequestRecord {
  readonly record: (request: RecordedRequest) => void;
  /** Counts a request as under way until the work on it has ended. */
  readonly during: <T>(work: Promise<T>) => Promise<T>;
}

/** An empty log with its writing end. */
export function createRequestLog(): { readonly log: RequestLog } & RequestRecord {
  const entries: RecordedRequest[] = [];
  let underWay = 0;
  return {
    log: {
      entries,
      underWay: () => underWay,
      reset: () => {
        entries.length = 0;
      },
    },
    record: (request) => {
      if (entries.length >= MAX_ENTRIES) entries.shift();
      entries.push(request);
    },
    during: (work) => {
      underWay += 1;
      return work.finally(() => (underWay -= 1));
    },
  };
}

/** The headers that are worth keeping. */
export function keptHeaders(headers: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  return Object.fromEntries([...headers].filter(([name]) => KEPT.test(name)));
}
