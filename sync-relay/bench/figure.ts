/** One line of the benchmark's output. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit:
    | "ms"
    | "requests/s"
    | "histories/s"
    | "pairs/s"
    | "calls"
    | "events"
    | "answers"
    | "pairs"
    | "%"
    | "MB"
    | "KB"
    | "packages"
    | "t";
  /** Measurements behind the value. */
  readonly samples: number;
}

/** A group of figures that are measured together. */
export interface Suite {
  /** First part of the names of all its figures, with the dot. */
  readonly prefix: string;
  measure(options: SuiteOptions): Promise<readonly Figure[]>;
}

export interface SuiteOptions {
  /** Few samples: shows that the benchmark works, not how fast the relay is. */
  readonly quick: boolean;
  /** Where moments and victims are drawn from. */
  readonly seed: number;
  /** Tells how far it is, beside the figures. */
  readonly say: (line: string) => void;
}

/** The value below which that share of the values lies (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Median and 99th percentile of times, as `<name>.p50` and `<name>.p99`. */
export function times(name: string, valuesMs: readonly number[]): readonly Figure[] {
  return [
    timeFigure(`${name}.p50`, valuesMs, percentile(valuesMs, 0.5)),
    timeFigure(`${name}.p99`, valuesMs, percentile(valuesMs, 0.99)),
  ];
}

/** The median alone, for what is measured only a few times. */
export function typicalTime(name: string, valuesMs: readonly number[]): Figure {
  return timeFigure(name, valuesMs, percentile(valuesMs, 0.5));
}

function timeFigure(name: string, valuesMs: readonly number[], value: number): Figure {
  return { name, value: rounded(value), unit: "ms", samples: valuesMs.length };
}

/** Two decimals: more would only be noise. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Processor time for each of `count`, as `<name>.processor-time`; none where the system does not tell. */
export function processorTime(
  name: string,
  spent: { readonly beforeMs: number | null; readonly afterMs: number | null; readonly count: number },
): readonly Figure[] {
  const { beforeMs, afterMs, count } = spent;
  if (beforeMs === null || afterMs === null) return [];
  const value = Math.round(((afterMs - beforeMs) / count) * 10_000) / 10_000;
  return [{ name: `${name}.processor-time`, value, unit: "ms", samples: count }];
}
