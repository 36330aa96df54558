/** Time as the relay sees it. The simulation has its own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after that many milliseconds, or at once when the signal is aborted; never rejects. */
  sleep(delayMs: number, signal?: AbortSignalLike): Promise<void>;
}

/** The part of an AbortSignal that sleeping needs. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** Randomness and ids, injected so that a run can be repeated. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** A new random GUID, lower case. */
  uuid(): string;
  /** A GUID that depends on nothing but the name (RFC 9562 version 5, in the product's own namespace). */
  uuidFor(name: string): string;
}
