import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { CounterName, GaugeName, HistogramName, MetricLabels, Metrics } from "../../ports/metrics";
import { counterTable, gaugeTable, histogramBuckets, histogramTable, type MetricEntry } from "./metric-table";

export interface MetricsOptions {
  /** Whether memory, processor time and the like of the process are shown too; default true. */
  readonly processMetrics?: boolean;
}

export interface PrometheusMetrics extends Metrics {
  /** Everything measured, as /metrics shows it. */
  text(): Promise<string>;
}

/**
 * Measurements for Prometheus. Labels that a metric does not have are dropped, so that a measurement never
 * fails the work it measures.
 */
export function createPrometheusMetrics(options: MetricsOptions = {}): PrometheusMetrics {
  const registry = new Registry();
  if (options.processMetrics ?? true) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const counters = eachOf(counterTable, (name, { help, labels }) => {
    return new Counter({ name, help, labelNames: [...labels], registers });
  });
  const gauges = eachOf(gaugeTable, (name, { help, labels }) => {
    return new Gauge({ name, help, labelNames: [...labels], registers });
  });
  const histograms = eachOf(histogramTable, (name, { help, labels }) => {
    return new Histogram({ name, help, labelNames: [...labels], buckets: [...histogramBuckets[name]], registers });
  });
  return {
    count(name: CounterName, labels, by = 1) {
      if (by >= 0) counters.get(name)?.inc(fitting(counterTable[name], labels), by);
    },
    observe(name: HistogramName, seconds, labels) {
      if (Number.isFinite(seconds)) histograms.get(name)?.observe(fitting(histogramTable[name], labels), seconds);
    },
    set(name: GaugeName, value, labels) {
      if (Number.isFinite(value)) gauges.get(name)?.set(fitting(gaugeTable[name], labels), value);
    },
    text: () => registry.metrics(),
  };
}

function eachOf<N extends string, M>(
  table: { readonly [K in N]: MetricEntry },
  create: (name: N, entry: MetricEntry) => M,
): ReadonlyMap<N, M> {
  // The keys of a table are exactly its names.
  return new Map((Object.keys(table) as N[]).map((name) => [name, create(name, table[name])]));
}

function fitting(entry: MetricEntry, labels: MetricLabels = {}): Readonly<Record<string, string>> {
  // Nearly always they fit as they are.
  if (Object.keys(labels).every((label) => entry.labels.includes(label))) return labels;
  return Object.fromEntries(Object.entries(labels).filter(([label]) => entry.labels.includes(label)));
}
