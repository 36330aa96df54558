import { counterTable, gaugeTable, histogramTable } from "../../../sync-relay/src/adapters/system/metric-table";
import { createPrometheusMetrics } from "../../../sync-relay/src/adapters/system/prometheus-metrics";

const metrics = () => createPrometheusMetrics({ processMetrics: false });
const tables = { counter: counterTable, gauge: gaugeTable, histogram: histogramTable };

test("[OB6] every metric of the contract is shown with type and help before anything was measured", async () => {
  const text = await metrics().text();
  for (const [type, table] of Object.entries(tables)) {
    for (const [name, { help }] of Object.entries(table)) {
      expect(text).toContain(`# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`);
    }
  }
});

test("[OB6] names follow Prometheus: prefix, base unit, _total for counters", () => {
  expect(Object.keys(counterTable).every((name) => /^cosell_[a-z_]+_total$/.test(name))).toBe(true);
  expect(Object.keys(histogramTable).every((name) => /^cosell_[a-z_]+_seconds$/.test(name))).toBe(true);
  expect(Object.keys(gaugeTable).every((name) => /^cosell_[a-z_]+$/.test(name) && !name.endsWith("_total"))).toBe(true);
});

test("[OB6] counters add up, gauges keep the last value, histograms count into buckets, each per label", async () => {
  const measured = metrics();
  measured.count("cosell_webhooks_received_total", { source: "dataverse", result: "accepted" });
  measured.count("cosell_webhooks_received_total", { source: "dataverse", result: "accepted" }, 2);
  measured.count("cosell_webhooks_received_total", { source: "partner-center", result: "refused" });
  measured.set("cosell_inbox_depth", 5);
  measured.set("cosell_inbox_depth", 4);
  measured.observe("cosell_webhook_ack_duration_seconds", 0.02);
  const text = await measured.text();
  expect(text).toContain('cosell_webhooks_received_total{source="dataverse",result="accepted"} 3');
  expect(text).toContain('cosell_webhooks_received_total{source="partner-center",result="refused"} 1');
  expect(text).toMatch(/^cosell_inbox_depth 4$/m);
  expect(text).toContain('cosell_webhook_ack_duration_seconds_bucket{le="0.01"} 0');
  expect(text).toContain('cosell_webhook_ack_duration_seconds_bucket{le="0.025"} 1');
});

test("[OB7] a measurement with wrong labels or values never throws", async () => {
  const measured = metrics();
  measured.count("cosell_reconcile_total", { outcome: "update", customer: "x" });
  measured.count("cosell_conflicts_total");
  measured.count("cosell_reconcile_total", { outcome: "update" }, -1);
  measured.observe("cosell_sync_lag_seconds", NaN);
  measured.set("cosell_pairs", Infinity, { state: "synced" });
  const text = await measured.text();
  expect(text).toContain('cosell_reconcile_total{outcome="update"} 1');
  expect(text).toMatch(/^cosell_conflicts_total 1$/m);
  expect(text).not.toMatch(/customer|NaN|Inf\n/);
});

test("[OB6] the figures of the process are shown too", async () => {
  const text = await createPrometheusMetrics().text();
  expect(text).toContain("process_resident_memory_bytes");
});
