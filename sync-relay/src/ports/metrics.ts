/** Labels of a sample. */
export type MetricLabels = Readonly<Record<string, string>>;

/** Counters of the relay; names are Prometheus names and part of the product's contract with its operators. */
export type CounterName =
  | "cosell_webhooks_received_total"
  | "cosell_reconcile_total"
  | "cosell_conflicts_total"
  | "cosell_upstream_requests_total"
  | "cosell_upstream_throttled_seconds_total"
  | "cosell_duplicates_detected_total"
  | "cosell_drift_repaired_total";

/** Histograms, in seconds. */
export type HistogramName =
  | "cosell_webhook_ack_duration_seconds"
  | "cosell_reconcile_duration_seconds"
  | "cosell_sync_lag_seconds"
  | "cosell_upstream_request_duration_seconds";

/** Gauges. */
export type GaugeName =
  | "cosell_inbox_depth"
  | "cosell_inbox_oldest_age_seconds"
  | "cosell_pairs"
  | "cosell_dlq_depth"
  | "cosell_create_unknown"
  | "cosell_sweep_last_success_timestamp_seconds"
  | "cosell_credential_expiry_timestamp_seconds"
  | "cosell_cert_expiry_timestamp_seconds"
  | "cosell_build_info";

/** Where measurements go. Label sets: see docs/operations or the adapter. */
export interface Metrics {
  count(name: CounterName, labels?: MetricLabels, by?: number): void;
  observe(name: HistogramName, seconds: number, labels?: MetricLabels): void;
  set(name: GaugeName, value: number, labels?: MetricLabels): void;
}
