/** Simulated time: what is planned happens when time passes over it, in order. */
export interface Agenda {
  readonly now: () => number;
  /** Plans something; it must not wait for anything. */
  readonly at: (timeMs: number, act: () => void) => void;
  /** Lets time pass, and what falls due happen. */
  readonly pass: (byMs: number) => void;
  /** When the next planned thing happens, or null. */
  readonly nextMs: () => number | null;
}

interface Planned {
  readonly timeMs: number;
  readonly order: number;
  readonly act: () => void;
}

export function createAgenda(startMs: number): Agenda {
  const planned: Planned[] = [];
  let nowMs = startMs;
  let order = 0;
  const earlier = (a: Planned, b: Planned): number => a.timeMs - b.timeMs || a.order - b.order;
  return {
    now: () => nowMs,
    at(timeMs, act) {
      planned.push({ timeMs: Math.max(timeMs, nowMs), order: (order += 1), act });
      planned.sort(earlier);
    },
    pass(byMs) {
      const untilMs = nowMs + byMs;
      for (let next = planned[0]; next !== undefined && next.timeMs <= untilMs; next = planned[0]) {
        planned.shift();
        nowMs = Math.max(nowMs, next.timeMs);
        next.act();
      }
      nowMs = Math.max(nowMs, untilMs);
    },
    nextMs: () => planned[0]?.timeMs ?? null,
  };
}
