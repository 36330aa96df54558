/** A cloud whose limits all replicas share. */
export type Upstream = "dataverse" | "partner-center";

/** What may be spent on an upstream, shared by all replicas that use the same credential. */
export interface UpstreamBudget {
  /** Waits until one request may be sent, then resolves with a function to call when it ended. */
  enter(upstream: Upstream): Promise<RequestEnded>;
  /** The upstream asked for a pause: nobody sends anything until it is over. */
  pause(upstream: Upstream, pauseMs: number): Promise<void>;
}

/** Reports how long the request took, so that execution time is accounted for. */
export type RequestEnded = (executionMs: number) => void;
