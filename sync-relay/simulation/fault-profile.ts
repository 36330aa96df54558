import type { ConflictRule } from "../src/core/mapping/field-map";
import type { SeededRandom } from "./seeded-random";

/** Everything that can go wrong, by the name under which it is counted. */
export const faultKinds = [
  "webhook-lost",
  "webhook-doubled",
  "webhook-late",
  "request-lost",
  "reply-lost",
  "late-effect",
  "throttled",
  "unavailable",
  "unauthorized",
  "refused",
  "crash",
  "stall",
  "sign-in-revoked",
  "index-lag",
  "clock-jump",
  "positions-expired",
  "store-emptied",
  "store-restored",
  "server-change",
  "interference",
  "new-version",
] as const;

/** Everything that can go wrong, by the name under which it is counted. */
export type FaultKind = (typeof faultKinds)[number];

/** What people do that makes a sync hard, counted beside the faults. */
export const deedKinds = ["edit", "switch", "delete", "close", "help"] as const;

/** How bad one history is. Each draws its own mix, so that some faults are rare together and some are frequent. */
export interface FaultProfile {
  /** Nothing fails and nothing is lost: then no sweep may be needed either. */
  readonly calm: boolean;
  readonly pairs: number;
  readonly edits: number;
  /** Chance of each webhook. */
  readonly lost: number;
  readonly twice: number;
  readonly late: number;
  /** Chance of each call. */
  readonly requestLost: number;
  readonly replyLost: number;
  readonly lateEffect: number;
  readonly throttled: number;
  readonly unavailable: number;
  readonly unauthorized: number;
  /** Chance of each side effect, before it and after it. */
  readonly crash: number;
  /** Chance of each call that its process stands still for longer than its lease lasts. */
  readonly stall: number;
  /** Chance of each write that a server gives the record a new version just before it, without changing anything. */
  readonly newVersion: number;
  /** Chance of each call that somebody changes something meanwhile. */
  readonly interference: number;
  readonly replicas: 1 | 2;
  readonly indexLagMs: number;
  /** What the relay's clock shows more than the servers'. */
  readonly skewMs: number;
  /** By how much it is set anew, once. */
  readonly clockJumpMs: number;
  /** How long the sign-in to Partner Center is refused; 0: never. */
  readonly revokedForMs: number;
  readonly positionsExpire: boolean;
  readonly storeLoss: "never" | "emptied" | "older";
  /** A store that is emptied is lost in the middle of whatever is under way. */
  readonly lostInFlight: boolean;
  /** Partner Center refuses every write to one of the pairs until peace. */
  readonly refusesOnePair: boolean;
  /** A business rule of the CRM sets the close date whenever the estimate is written. */
  readonly businessRule: boolean;
  /** Notes are kept in another form than they were written: by Partner Center, the CRM, both or none. */
  readonly canonicalising: { readonly crm: boolean; readonly partnerCenter: boolean };
  readonly rule: ConflictRule;
  /** Few values, so that the same one comes back, or every value once. */
  readonly fewValues: boolean;
  readonly switches: boolean;
  readonly deletes: boolean;
  readonly closes: boolean;
  readonly help: boolean;
  readonly oneSided: "crm" | "partnerCenter" | null;
  readonly marksOwnWrites: boolean;
  /** The inbox recognises an event that it had before. */
  readonly deduplicates: boolean;
  readonly maxAttempts: number;
  /** Every mapped field, or only those that the checks follow and what a deal cannot be without. */
  readonly everyField: boolean;
}

const MINUTE_MS = 60_000;

type Troubles = Omit<FaultProfile, "calm" | keyof ReturnType<typeof drawDeal>>;

/** No trouble at all. */
export const noTrouble: Troubles = {
  lost: 0,
  twice: 0,
  late: 0,
  requestLost: 0,
  replyLost: 0,
  lateEffect: 0,
  throttled: 0,
  unavailable: 0,
  unauthorized: 0,
  crash: 0,
  stall: 0,
  replicas: 1,
  skewMs: 0,
  clockJumpMs: 0,
  revokedForMs: 0,
  positionsExpire: false,
  storeLoss: "never",
  lostInFlight: false,
  newVersion: 0,
};

/** Draws the mix of one history. */
export function drawProfile(random: SeededRandom): FaultProfile {
  const calm = random.chance(0.1);
  const drawn = { calm, ...drawDeal(random), ...(calm ? noTrouble : drawTroubles(random)) };
  // What a lost store had under way is told from what began since by the time; see docs/simulation.md.
  return isLostInFlight(drawn) ? { ...drawn, skewMs: 0, clockJumpMs: 0 } : drawn;
}

/** Which values were under way when the store was lost, nobody knows; how many records, everybody does. */
export function isLostInFlight({ storeLoss, lostInFlight }: Pick<FaultProfile, "storeLoss" | "lostInFlight">): boolean {
  return storeLoss === "emptied" && lostInFlight;
}

function drawTroubles(random: SeededRandom): Troubles {
  return {
    lost: random.pick([0, 0.1, 0.4, 1]),
    twice: random.pick([0, 0.3]),
    late: random.pick([0, 0.2]),
    requestLost: random.pick([0, 0.05, 0.15]),
    replyLost: random.pick([0, 0.05, 0.15]),
    lateEffect: random.pick([0, 0, 0.05, 0.1]),
    throttled: random.pick([0, 0, 0.05, 0.2]),
    unavailable: random.pick([0, 0, 0.05, 0.2]),
    unauthorized: random.pick([0, 0, 0, 0.02]),
    crash: random.pick([0, 0, 0.02, 0.06]),
    stall: random.pick([0, 0, 0, 0.02]),
    replicas: random.pick([1, 1, 2] as const),
    skewMs: random.pick([0, 0, 0, 1]) * random.int(-10 * MINUTE_MS, 10 * MINUTE_MS),
    clockJumpMs: random.pick([0, 0, 0, 1]) * random.int(-10 * MINUTE_MS, 10 * MINUTE_MS),
    revokedForMs: random.pick([0, 0, 0, 0, 0, 1]) * random.int(MINUTE_MS, 15 * MINUTE_MS),
    positionsExpire: random.chance(0.1),
    storeLoss: random.pick(["never", "never", "never", "never", "emptied", "older"] as const),
    lostInFlight: random.chance(0.5),
    newVersion: random.pick([0, 0, 0.05, 0.2]),
  };
}

/** The servers, the people and the admin's choices: they differ also where nothing fails. */
function drawDeal(random: SeededRandom) {
  const canonical = random.pick(["none", "none", "none", "none", "crm", "partnerCenter", "both"] as const);
  return {
    pairs: random.pick([1, 1, 1, 2, 2, 3]),
    edits: random.int(2, 9),
    interference: random.pick([0, 0.02, 0.08]),
    indexLagMs: random.pick([0, 2_000, 30_000]),
    refusesOnePair: random.chance(0.06),
    businessRule: random.chance(0.15),
    canonicalising: {
      crm: canonical === "crm" || canonical === "both",
      partnerCenter: canonical === "partnerCenter" || canonical === "both",
    },
    rule: random.pick(["newest", "newest", "crm", "partnerCenter", "ask"] as const),
    fewValues: random.chance(0.3),
    switches: random.chance(0.2),
    deletes: random.chance(0.1),
    closes: random.chance(0.15),
    help: random.chance(0.25),
    oneSided: random.pick([null, null, "crm", "partnerCenter"] as const),
    marksOwnWrites: random.chance(0.8),
    deduplicates: random.chance(0.8),
    maxAttempts: random.pick([12, 1000]),
    everyField: random.chance(0.05),
  };
}
