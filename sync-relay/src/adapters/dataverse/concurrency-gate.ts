/**
 * Lets at most so many callers in at once, first come first served. `dynamics-web-api` opens one keep-alive socket for
 * every request in flight and has no limit of its own, so the number of callers is the number of sockets.
 */
export interface ConcurrencyGate {
  /** Resolves when there is room, with the function that makes room again. */
  enter(): Promise<() => void>;
}

export function createConcurrencyGate(limit: number): ConcurrencyGate {
  const waiting: (() => void)[] = [];
  let inside = 0;

  function leave(): void {
    const next = waiting.shift();
    // The place is handed over, so that a newcomer cannot overtake.
    if (next === undefined) inside -= 1;
    else next();
  }

  return {
    async enter() {
      if (inside < limit) inside += 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return leave;
    },
  };
}
