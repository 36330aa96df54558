// Everything in a history that has a time of its own: what people do, the sweeps, and the faults that happen once.

import { CRM_POSITION } from "../src/pipeline/sweep-positions";
import type { Agenda } from "./agenda";
import type { Cluster } from "./relay/cluster";
import type { SeededRandom } from "./seeded-random";
import { START_MS, type Stage } from "./stage";

const MINUTE_MS = 60_000;
export const SWEEP_EVERY_MS = 5 * MINUTE_MS;
/** People act, and things fail, until then. */
export const TROUBLE_MS = 30 * MINUTE_MS;
/** All deals of a history begin within it. */
const BEGINNING_MS = 2 * MINUTE_MS;
/** A store is not lost before something is in it. */
const SOMETHING_STORED_MS = 5 * MINUTE_MS;

const POSITION_EXPIRED = "the CRM's change list had expired; everything was looked at again";

export function plan(stage: Stage, random: SeededRandom): void {
  const { agenda, people, profile } = stage.setting;
  // Without faults the webhooks alone must do.
  if (!profile.calm) sweepEvery(agenda, stage.cluster, random.int(0, SWEEP_EVERY_MS));
  for (let n = 0; n < profile.pairs; n += 1) {
    agenda.at(START_MS + random.int(0, BEGINNING_MS), random.chance(0.6) ? people.share : people.makeDeal);
  }
  for (let n = 0; n < profile.edits; n += 1) agenda.at(someTime(random), people.change);
  planClockJump(stage, random);
  planExpiredPositions(stage, random);
  planRevokedSignIn(stage, random);
  planStoreLoss(stage, random);
}

function someTime(random: SeededRandom): number {
  return START_MS + random.int(0, TROUBLE_MS);
}

function sweepEvery(agenda: Agenda, cluster: Cluster, inMs: number): void {
  agenda.after(inMs, () => {
    cluster.sweep();
    sweepEvery(agenda, cluster, SWEEP_EVERY_MS);
  });
}

function planClockJump({ setting, cluster, now }: Stage, random: SeededRandom): void {
  const { agenda, profile, faults } = setting;
  if (profile.clockJumpMs === 0) return;
  agenda.at(someTime(random), () => {
    // A pause that guards a create in doubt is measured by this clock; see docs/simulation.md.
    const isInDoubt = [...cluster.data().pairs.values()].some(({ intent }) => intent !== null);
    if (profile.jumpsInDoubt) now.clockJumpDue = true;
    else if (!isInDoubt && faults.happens("clock-jump")) now.clockOffsetMs = profile.skewMs + profile.clockJumpMs;
  });
}

function planExpiredPositions({ setting, cluster }: Stage, random: SeededRandom): void {
  const { agenda, profile, faults, clouds, ledger } = setting;
  if (!profile.positionsExpire) return;
  agenda.at(someTime(random), () => {
    if (!faults.happens("positions-expired")) return;
    clouds.crm.expirePositions();
    const hasPosition = cluster.data().facts.has(CRM_POSITION) && profile.storeLoss === "never";
    if (hasPosition) ledger.expectedAlarms.add(POSITION_EXPIRED);
  });
}

function planRevokedSignIn({ setting, now }: Stage, random: SeededRandom): void {
  const { agenda, profile, faults } = setting;
  if (profile.revokedForMs === 0) return;
  const fromMs = someTime(random);
  agenda.at(fromMs, () => (now.signInRevoked = faults.happens("sign-in-revoked")));
  agenda.at(fromMs + profile.revokedForMs, () => (now.signInRevoked = false));
}

function planStoreLoss({ setting, cluster, now }: Stage, random: SeededRandom): void {
  const { agenda, profile } = setting;
  if (profile.storeLoss === "never") return;
  const lostAtMs = START_MS + random.int(SOMETHING_STORED_MS, TROUBLE_MS);
  agenda.at(lostAtMs, () => (now.storeLossDue = true));
  agenda.at(START_MS + random.int(0, lostAtMs - START_MS), cluster.keepBackup);
}
