// Webhooks on their way: each may be lost, doubled or late, so that later ones overtake it. A sender that finds nobody
// tries again as often as it really does: Dataverse once, Partner Center nine times.

import type { RelayEvent } from "../../src/core/event";
import type { Agenda } from "../agenda";
import type { FaultProfile } from "../fault-profile";
import type { Faults } from "../faults";
import type { SeededRandom } from "../seeded-random";

const SOON_MS = 3_000;
const LATE_MS = 300_000;
const TRY_AGAIN_MS = 60_000;
const FURTHER_TRIES = { dataverse: 1, "partner-center": 9, sweep: 0, redrive: 0 } as const;

export interface WebhookOptions {
  readonly agenda: Agenda;
  readonly random: SeededRandom;
  readonly profile: FaultProfile;
  readonly faults: Faults;
  /** Hands a webhook to a process; false when none is there to take it. */
  readonly deliver: (event: RelayEvent) => boolean;
}

export type Tell = (event: Omit<RelayEvent, "dedupeId" | "correlationId">) => void;

export function createWebhooks({ agenda, random, profile, faults, deliver }: WebhookOptions): Tell {
  let deliveries = 0;

  function send(event: RelayEvent, furtherTries: number): void {
    if (deliver(event)) return;
    if (furtherTries > 0) agenda.after(TRY_AGAIN_MS, () => send(event, furtherTries - 1));
    else faults.count("webhook-lost");
  }

  return (event) => {
    const dedupeId = `delivery-${(deliveries += 1)}`;
    const soonMs = random.int(50, SOON_MS);
    const lateMs = random.int(SOON_MS, LATE_MS);
    if (faults.strikes("webhook-lost", profile.lost)) return;
    const tries = FURTHER_TRIES[event.source];
    const whole = { ...event, dedupeId, correlationId: dedupeId };
    const delayMs = faults.strikes("webhook-late", profile.late) ? lateMs : soonMs;
    agenda.after(delayMs, () => send(whole, tries));
    if (faults.strikes("webhook-doubled", profile.twice)) agenda.after(delayMs + soonMs, () => send(whole, tries));
  };
}
