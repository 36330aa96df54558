/** One line of the benchmark's output. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: "ms" | "requests/s" | "histories/s" | "calls" | "MB" | "packages";
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
