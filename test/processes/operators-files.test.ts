// What an operator loads into Prometheus and Grafana, compared with what the relay really shows.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import {
  counterTable,
  gaugeTable,
  histogramTable,
  type MetricEntry,
} from "../../sync-relay/src/adapters/system/metric-table";

const docs = join(__dirname, "..", "..", "docs");

interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly description: string; readonly runbook: string };
}

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
}

const rules = (
  parse(readFileSync(join(docs, "operations", "alerts.yaml"), "utf8")) as { groups: { rules: AlertRule[] }[] }
).groups.flatMap((group) => group.rules);
const { panels } = JSON.parse(readFileSync(join(docs, "operations", "dashboard.json"), "utf8")) as { panels: Panel[] };
const manual = readFileSync(join(docs, "operations.md"), "utf8");

/** Names as Prometheus stores them, with the labels that samples have. */
const shown = new Map<string, readonly string[]>([
  ...entriesOf(counterTable),
  ...entriesOf(gaugeTable),
  ...entriesOf(histogramTable).flatMap(([name, labels]): [string, readonly string[]][] => [
    [`${name}_bucket`, [...labels, "le"]],
    [`${name}_sum`, labels],
    [`${name}_count`, labels],
  ]),
]);

function entriesOf(table: Readonly<Record<string, MetricEntry>>): [string, readonly string[]][] {
  return Object.entries(table).map(([name, { labels }]) => [name, labels]);
}

/** What an expression asks for and the relay does not show, and what is odd about its form. */
function problemsOf(expr: string): readonly string[] {
  const names = expr.match(/\b[a-z][a-z_]*_[a-z_]+(?=[{[)\s]|$)/g)?.filter((word) => !FUNCTIONS.has(word)) ?? [];
  const labels = names.flatMap((name) => shown.get(name) ?? []);
  const asked = [
    ...[...expr.matchAll(/\{([^}]*)\}/g)].flatMap(([, inner]) => [
      ...(inner ?? "").matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g),
    ]),
    ...[...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, inner]) => [...(inner ?? "").matchAll(/(\w+)/g)]),
  ].map(([, label]) => label ?? "");
  return [
    ...(names.length === 0 ? ["names no metric"] : []),
    ...names.filter((name) => !shown.has(name)).map((name) => `no metric ${name}`),
    ...asked.filter((label) => !labels.includes(label)).map((label) => `no label ${label}`),
    ...(balanced(expr) ? [] : ["brackets do not match"]),
  ];
}

const FUNCTIONS: ReadonlySet<string> = new Set(["histogram_quantile", "__rate_interval"]);

function balanced(expr: string): boolean {
  const open: string[] = [];
  const pairs: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };
  for (const sign of expr.replace(/"[^"]*"/g, "")) {
    if (Object.values(pairs).includes(sign)) open.push(sign);
    else if (sign in pairs && open.pop() !== pairs[sign]) return false;
  }
  return open.length === 0;
}

function anchorsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(
    ([, heading]) =>
      `docs/operations.md#${(heading ?? "")
        .toLowerCase()
        .replace(/[^\w -]/g, "")
        .replaceAll(" ", "-")}`,
  );
}

test("[PR9] every alert asks for metrics that the relay shows, and says what it means and what to do", () => {
  expect(rules.length).toBeGreaterThanOrEqual(10);
  expect(rules.flatMap(({ alert, expr }) => problemsOf(expr).map((problem) => `${alert}: ${problem}`))).toEqual([]);
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  for (const { labels, annotations } of rules) {
    expect(["page", "ticket"]).toContain(labels.severity);
    expect(annotations.summary.length * annotations.description.length).toBeGreaterThan(0);
    expect(anchorsOf(manual)).toContain(annotations.runbook);
  }
});

test("[PR9] every panel of the dashboard asks for metrics that the relay shows", () => {
  const asked = panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr })));
  expect(asked.flatMap(({ title, expr }) => problemsOf(expr).map((problem) => `${title}: ${problem}`))).toEqual([]);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  // Legends name labels that the expression keeps.
  for (const { expr, legendFormat } of panels.flatMap(({ targets }) => targets)) {
    for (const [, label] of legendFormat.matchAll(/\{\{(\w+)\}\}/g))
      expect(expr).toMatch(new RegExp(`by \\([^)]*\\b${label ?? ""}\\b`));
  }
});

test("[PR9] every metric of the relay is on the dashboard or in an alert", () => {
  const all = [
    ...rules.map(({ expr }) => expr),
    ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ].join("\n");
  const names = [counterTable, gaugeTable, histogramTable].flatMap((table) => Object.keys(table));
  expect(names.filter((name) => !all.includes(name))).toEqual([]);
});

test("[PR9] an expression with a wrong name, label or bracket is found", () => {
  expect(problemsOf("max(cosell_inbox_deep) > 0")).toEqual(["no metric cosell_inbox_deep"]);
  expect(problemsOf('sum by (source) (rate(cosell_webhooks_received_total{results="x"}[5m]))')).toEqual([
    "no label results",
  ]);
  expect(problemsOf("sum by (code) (cosell_pairs)")).toEqual(["no label code"]);
  expect(problemsOf("max(cosell_dlq_depth")).toEqual(["brackets do not match"]);
  expect(problemsOf("1 > 0")).toEqual(["names no metric"]);
});
