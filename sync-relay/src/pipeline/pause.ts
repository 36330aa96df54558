// What a run does while an admin has paused a direction: it decides as always, writes nothing that way, and remembers
// with the pair that something was held back. Once the direction is resumed such pairs are looked at again.

import type { Direction } from "../core/audit-entry";
import { directions, pausedSince, pauseFact, resumedAt } from "../core/pause";
import type { RelayEvent } from "../core/event";
import type { Clock, Random } from "../ports/clock";
import type { Inbox } from "../ports/inbox";
import type { PairStore, PausedPair } from "../ports/pair-store";
import type { Run, RunOutcome } from "./run";

/** Asked right before a write. A run that was told yes ends as one that held something back. */
export async function isPaused(run: Run, direction: Direction): Promise<boolean> {
  const since = pausedSince(await run.parts.pairs.fact(pauseFact(direction)));
  if (since !== null) run.heldBack.add(direction);
  return since !== null;
}

/** With both directions paused nothing could be written, so nothing needs to be read. */
export async function isStandingStill(pairs: Pick<PairStore, "fact">): Promise<boolean> {
  // Asked before each look into the queue, and the first answer is nearly always enough.
  for (const direction of directions) {
    if (pausedSince(await pairs.fact(pauseFact(direction))) === null) return false;
  }
  return true;
}

/** The end of a run, and whether the pair is done or waits for a resume. Never throws. */
export async function withHeldBack(run: Run, outcome: RunOutcome): Promise<RunOutcome> {
  if (run.heldBack.size === 0) return outcome;
  run.pair = { ...run.pair, paused: [...run.heldBack], unfinished: true };
  const isOver = outcome.next.kind === "none" && !(await isAnyPaused(run, run.heldBack));
  // Whoever releases held pairs may have looked for them before this run ended.
  const next = isOver ? ({ kind: "later", atMs: run.parts.clock.now(), keepEvents: false } as const) : outcome.next;
  return { outcome: "paused", next };
}

async function isAnyPaused({ parts }: Run, held: ReadonlySet<Direction>): Promise<boolean> {
  try {
    const facts = await Promise.all([...held].map((direction) => parts.pairs.fact(pauseFact(direction))));
    return facts.some((fact) => pausedSince(fact) !== null);
  } catch {
    // The store is away, and so will be the end of this run: its events come again.
    return true;
  }
}

export interface ReleaseParts {
  readonly pairs: PairStore;
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly random: Random;
}

/** Which resumes are dealt with, so that the pairs are not searched for ever. */
const RELEASED_FACT = "paused-pairs-released";
/** A run that began before a resume has ended by then. */
const LAST_RUNS_MS = 10 * 60_000;

/** Brings pairs back to work that were held back in a direction which goes on now. Returns how many. */
export async function releasePaused(parts: ReleaseParts): Promise<number> {
  const { pairs, clock } = parts;
  const facts = await Promise.all(directions.map((direction) => pairs.fact(pauseFact(direction))));
  const resumes = facts.map((fact) => resumedAt(fact) ?? "").join("|");
  const going = directions.filter((_, n) => pausedSince(facts[n] ?? null) === null);
  if (facts.every((fact) => resumedAt(fact) === null) || (await pairs.fact(RELEASED_FACT)) === resumes) return 0;
  const held = (await pairs.pausedPairs()).filter((pair) => pair.directions.some((one) => going.includes(one)));
  const correlationId = parts.random.uuid();
  const events = held.map((pair) => ({ event: releaseEvent(pair, resumes, correlationId) }));
  if (events.length > 0) await parts.inbox.put(events);
  const latest = Math.max(...facts.map((fact) => resumedAt(fact) ?? 0));
  if (held.length === 0 && clock.now() - latest > LAST_RUNS_MS) await pairs.setFact(RELEASED_FACT, resumes);
  return held.length;
}

/** The same pair in the same state is released once a resume, however often it is looked for. */
function releaseEvent({ opportunityId, revision }: PausedPair, resumes: string, correlationId: string): RelayEvent {
  return {
    source: "redrive",
    kind: "opportunity-updated",
    recordId: opportunityId,
    changedAt: null,
    ownWrite: false,
    dedupeId: `resume:${opportunityId}:${revision}:${resumes}`,
    correlationId,
  };
}
