import type { CounterName, GaugeName, HistogramName } from "../../ports/metrics";

/** What a metric says, and by what it is told apart. */
export interface MetricEntry {
  readonly help: string;
  readonly labels: readonly string[];
}

export const counterTable: { readonly [N in CounterName]: MetricEntry } = {
  cosell_webhooks_received_total: { help: "Webhooks received.", labels: ["source", "result"] },
  cosell_reconcile_total: { help: "Runs of a pair, by what came of them.", labels: ["outcome"] },
  cosell_conflicts_total: { help: "Fields changed on both sides, by the side that won.", labels: ["field", "winner"] },
  cosell_upstream_requests_total: { help: "Requests to a cloud, by answer.", labels: ["api", "op", "code"] },
  cosell_upstream_throttled_seconds_total: { help: "Time that a cloud asked the relay to wait.", labels: ["api"] },
  cosell_duplicates_detected_total: { help: "Referrals or opportunities found twice.", labels: [] },
  cosell_drift_repaired_total: { help: "Differences found without an event and mended.", labels: ["cause"] },
};

export const histogramTable: { readonly [N in HistogramName]: MetricEntry } = {
  cosell_webhook_ack_duration_seconds: { help: "Time from a webhook to its answer.", labels: [] },
  cosell_reconcile_duration_seconds: { help: "Time of one run of a pair.", labels: [] },
  cosell_sync_lag_seconds: { help: "Time from a change to its arrival on the other side.", labels: [] },
  cosell_upstream_request_duration_seconds: { help: "Time of one request to a cloud.", labels: ["api", "op"] },
};

export const gaugeTable: { readonly [N in GaugeName]: MetricEntry } = {
  cosell_inbox_depth: { help: "Events that wait.", labels: [] },
  cosell_inbox_oldest_age_seconds: { help: "Age of the event that waits longest.", labels: [] },
  cosell_pairs: { help: "Known pairs, by sync status.", labels: ["state"] },
  cosell_dlq_depth: { help: "Dead letters.", labels: [] },
  cosell_create_unknown: { help: "Creates whose answer was lost and is being looked for.", labels: [] },
  cosell_sweep_last_success_timestamp_seconds: { help: "End of the last complete sweep.", labels: [] },
  cosell_credential_expiry_timestamp_seconds: {
    help: "When a credential ends unless it is renewed.",
    labels: ["name"],
  },
  cosell_cert_expiry_timestamp_seconds: {
    help: "When the signing certificate of Partner Center ends.",
    labels: [],
  },
  cosell_build_info: { help: "Always 1; tells the running version.", labels: ["version", "node"] },
};

/** Bounds in seconds: answers within milliseconds, requests within seconds, lag up to an hour. */
export const histogramBuckets: { readonly [N in HistogramName]: readonly number[] } = {
  cosell_webhook_ack_duration_seconds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  cosell_reconcile_duration_seconds: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  cosell_sync_lag_seconds: [0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600],
  cosell_upstream_request_duration_seconds: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
};
