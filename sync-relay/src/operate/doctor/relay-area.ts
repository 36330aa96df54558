import { directions, pausedSince, pauseFact } from "../../core/pause";
import { phrase } from "../phrase";
import { area, finding, type Area, type Finding } from "./area";
import type { DoctorParts, DoctorStore } from "./doctor-parts";

/** Name of the fact that tells which version of the relay started last. */
export const RELAY_VERSION_FACT = "relay-version";

/** An event that waits longer than this waits for something to be mended. */
const OLD_BACKLOG_MS = 15 * 60_000;
const MINUTE_MS = 60_000;

const summary = {
  en: "{version}, Node {node}, database ok, {waiting} waiting",
  fr: "{version}, Node {node}, base de données ok, {waiting} en attente",
};

/** The relay itself: whether it runs, and whether its work gets done. */
export async function relayArea({ store, versions }: Pick<DoctorParts, "store" | "versions">): Promise<Area> {
  const depth = await store.queue.depth();
  const findings = [
    ...(await running(store, versions.relay)),
    ...(await pauses(store)),
    ...backlog(depth.events, depth.oldestAgeMs),
    ...(await deadLetters(store)),
  ];
  return area(
    "relay",
    phrase(summary, { version: versions.relay, node: versions.node, waiting: depth.events }),
    findings,
  );
}

async function running({ operator, pairs }: DoctorStore, own: string): Promise<readonly Finding[]> {
  if ((await operator.runningRelays()) === 0) return [finding("no-relay")];
  const version = (await pairs.fact(RELAY_VERSION_FACT)) ?? own;
  return version === own ? [] : [finding("other-version", { running: version, own })];
}

async function pauses({ pairs }: DoctorStore): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const direction of directions) {
    const since = pausedSince(await pairs.fact(pauseFact(direction)));
    if (since !== null) found.push(finding("paused", { direction, since: new Date(since).toISOString() }));
  }
  return found;
}

function backlog(count: number, oldestAgeMs: number): readonly Finding[] {
  const minutes = Math.floor(oldestAgeMs / MINUTE_MS);
  return oldestAgeMs < OLD_BACKLOG_MS ? [] : [finding("backlog-old", { count, minutes })];
}

async function deadLetters({ operator }: DoctorStore): Promise<readonly Finding[]> {
  const dead = await operator.deadLetters();
  if (dead.length === 0) return [];
  const codes = [...new Set(dead.map(({ because }) => because))].sort();
  const reasons = codes.map((code) => `${code}: ${dead.filter(({ because }) => because === code).length}`).join(", ");
  return [finding("dead-letters", { count: dead.length, reasons })];
}
