// Simulated time: what is planned happens in order of its time, one thing after the other. Between two things everything
// runs that the first one made ready, so that promises of several processes interleave as they do on a real machine.

export interface Agenda {
  readonly now: () => number;
  /** Plans something; it must not wait for anything. */
  readonly at: (timeMs: number, act: () => void) => void;
  readonly after: (delayMs: number, act: () => void) => void;
  /** When the next planned thing happens; Infinity when nothing is planned. */
  readonly nextMs: () => number;
  /** Moves on to the next planned thing and lets it happen. */
  readonly step: () => void;
  /** Moves on without anything happening. */
  readonly moveTo: (timeMs: number) => void;
}

interface Planned {
  readonly timeMs: number;
  readonly order: number;
  readonly act: () => void;
}

const isBefore = (a: Planned, b: Planned): boolean =>
  a.timeMs < b.timeMs || (a.timeMs === b.timeMs && a.order < b.order);

export function createAgenda(startMs: number): Agenda {
  const heap: Planned[] = [];
  let nowMs = startMs;
  let order = 0;
  const at = (timeMs: number, act: () => void): void => {
    push(heap, { timeMs: Math.max(timeMs, nowMs), order: (order += 1), act });
  };
  return {
    now: () => nowMs,
    at,
    after: (delayMs, act) => at(nowMs + delayMs, act),
    nextMs: () => heap[0]?.timeMs ?? Infinity,
    step() {
      const next = pop(heap);
      if (next === undefined) return;
      nowMs = Math.max(nowMs, next.timeMs);
      next.act();
    },
    moveTo(timeMs) {
      nowMs = Math.max(nowMs, timeMs);
    },
  };
}

/** A binary heap, earliest on top. */
function push(heap: Planned[], planned: Planned): void {
  let at = heap.length;
  heap.push(planned);
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !isBefore(planned, parent)) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = planned;
}

function pop(heap: Planned[]): Planned | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (top === undefined || last === undefined || heap.length === 0) return top;
  let at = 0;
  for (;;) {
    const below = earlierChild(heap, at);
    const child = heap[below];
    if (child === undefined || !isBefore(child, last)) break;
    heap[at] = child;
    at = below;
  }
  heap[at] = last;
  return top;
}

function earlierChild(heap: readonly Planned[], at: number): number {
  const left = 2 * at + 1;
  const a = heap[left];
  const b = heap[left + 1];
  return a !== undefined && b !== undefined && isBefore(b, a) ? left + 1 : left;
}
