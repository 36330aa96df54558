import type { ConflictRule } from "../src/core/mapping/field-map";

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
  "owner-changed",
  "merged",
  "referral-vanished",
  "unknown-value",
] as const;

/** Everything that can go wrong, by the name under which it is counted. */
export type FaultKind = (typeof faultKinds)[number];

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
  /**
   * In the CRM the time of the last change stays by that, and no event tells of it. Whether Dataverse does so for what it
   * sums up by itself is not documented.
   */
  readonly silentVersions: boolean;
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
  /** A store is put back to an older state in the middle of whatever is under way. */
  readonly putBackInFlight: boolean;
  /** The clock is set anew while a create is in doubt. */
  readonly jumpsInDoubt: boolean;
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
  /** Opportunities are given to other sellers. */
  readonly ownersChange: boolean;
  /** Of two opportunities one is dissolved into the other. */
  readonly merges: boolean;
  /** Referrals disappear from Partner Center without a word. */
  readonly vanishes: boolean;
  /** Referrals take values of enumerations that the relay does not know. */
  readonly unknownValues: boolean;
  readonly oneSided: "crm" | "partnerCenter" | null;
  readonly marksOwnWrites: boolean;
  /** The inbox recognises an event that it had before. */
  readonly deduplicates: boolean;
  readonly maxAttempts: number;
  /** Every mapped field, or only those that the checks follow and what a deal cannot be without. */
  readonly everyField: boolean;
}

/** No trouble at all. */
export const noTrouble = {
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
} as const satisfies Partial<FaultProfile>;

/** What fails; the rest of a profile differs also where nothing does. */
export type Troubles = Pick<FaultProfile, keyof typeof noTrouble>;

type StoreLoss = Pick<FaultProfile, "storeLoss" | "lostInFlight" | "putBackInFlight">;

/** What a lost store had under way is told from what began since by the time; see docs/simulation.md. */
export function withAgreeingClocks(profile: FaultProfile): FaultProfile {
  return isLossInFlight(profile) ? { ...profile, skewMs: 0, clockJumpMs: 0 } : profile;
}

/** Whether the store is to be lost, or put back, in the middle of whatever is under way. */
export function isLossInFlight({ storeLoss, lostInFlight, putBackInFlight }: StoreLoss): boolean {
  return (storeLoss === "emptied" && lostInFlight) || (storeLoss === "older" && putBackInFlight);
}
