import type { ConflictRule } from "../../sync-relay/src/core/mapping/field-map";
import type { SeededRandom } from "./seeded-random";

/** How bad one history is. Each draws its own mix, so that some faults are rare together and some are frequent. */
export interface FaultProfile {
  /** Nothing fails and nothing is lost: then no sweep may be needed either. */
  readonly calm: boolean;
  readonly pairs: number;
  readonly edits: number;
  /** Chance of each that a webhook is lost, sent twice, or late by minutes. */
  readonly lost: number;
  readonly twice: number;
  readonly late: number;
  /** Chance a call that it fails before it had an effect, after it, or that its effect comes while nobody waits. */
  readonly before: number;
  readonly after: number;
  readonly zombie: number;
  readonly throttled: number;
  readonly unauthorized: number;
  /** Chance a call that the process dies there. */
  readonly crash: number;
  /** Chance a call that a second worker starts what is due meanwhile. */
  readonly overlap: number;
  /** Chance a call that somebody edits right then. */
  readonly nudge: number;
  readonly indexLagMs: number;
  /** Notes are kept in another form than they were written: by Partner Center, the CRM, both or none. */
  readonly canonicalising: { readonly crm: boolean; readonly partnerCenter: boolean };
  readonly rule: ConflictRule;
  /** Few values, so that the same one comes back, or every value once. */
  readonly fewValues: boolean;
  readonly storeLoss: "never" | "emptied" | "older";
  readonly switches: boolean;
  readonly deletes: boolean;
  readonly closes: boolean;
  readonly help: boolean;
  readonly oneSided: "crm" | "partnerCenter" | null;
  readonly marksOwnWrites: boolean;
  readonly maxAttempts: number;
}

const calm = { lost: 0, twice: 0, late: 0, before: 0, after: 0, zombie: 0, throttled: 0, unauthorized: 0, crash: 0 };

export function drawProfile(random: SeededRandom): FaultProfile {
  const isCalm = random.chance(0.1);
  const faults = isCalm
    ? calm
    : {
        lost: random.pick([0, 0.1, 0.4, 1]),
        twice: random.pick([0, 0.3]),
        late: random.pick([0, 0.2]),
        before: random.pick([0, 0.05, 0.15]),
        after: random.pick([0, 0.05, 0.15]),
        zombie: random.pick([0, 0, 0.05, 0.1]),
        throttled: random.pick([0, 0, 0.05, 0.2]),
        unauthorized: random.pick([0, 0, 0.05]),
        crash: random.pick([0, 0, 0.02, 0.06]),
      };
  const canonical = random.pick(["none", "none", "none", "crm", "partnerCenter", "both"] as const);
  return {
    ...faults,
    calm: isCalm,
    pairs: random.int(1, 3),
    edits: random.int(2, 12),
    overlap: isCalm ? 0 : random.pick([0, 0, 0.1]),
    nudge: random.pick([0, 0.02, 0.08]),
    indexLagMs: random.pick([0, 2_000, 30_000]),
    canonicalising: {
      crm: canonical === "crm" || canonical === "both",
      partnerCenter: canonical === "partnerCenter" || canonical === "both",
    },
    rule: random.pick(["newest", "newest", "crm", "partnerCenter", "ask"] as const),
    fewValues: random.chance(0.3),
    storeLoss: isCalm ? "never" : random.pick(["never", "never", "never", "emptied", "older"] as const),
    switches: random.chance(0.2),
    deletes: random.chance(0.1),
    closes: random.chance(0.15),
    help: random.chance(0.25),
    oneSided: random.pick([null, null, "crm", "partnerCenter"] as const),
    marksOwnWrites: random.chance(0.8),
    maxAttempts: random.pick([12, 1000]),
  };
}
