// How long a mistake is looked for, and in which circumstances.

import { noTrouble, type FaultProfile } from "../fault-profile";

/** Noticed at once by nearly every history, or after the usual few hundred. */
export const SOON = 300;
export const LATER = 3_000;
/** Takes a rare coincidence even where it is aimed at. */
export const RARE = 10_000;

// What came into the simulation step by step, latest first: a seed that failed before tells the same history only without it.

/** Before new versions came without a word. */
export const beforeSilentVersions: Partial<FaultProfile> = { silentVersions: false };

/** Before clocks jumped and stores went back in the middle of things. */
export const beforeJumpsInDoubt: Partial<FaultProfile> = {
  ...beforeSilentVersions,
  putBackInFlight: false,
  jumpsInDoubt: false,
};

/** Before owners changed, opportunities merged, referrals disappeared and unknown values came up. */
export const beforeOddRecords: Partial<FaultProfile> = {
  ...beforeJumpsInDoubt,
  ownersChange: false,
  merges: false,
  vanishes: false,
  unknownValues: false,
};

/** Before servers gave records new versions. */
export const beforeNewVersions: Partial<FaultProfile> = { ...beforeOddRecords, newVersion: 0 };

/** Before stores were lost in the middle of things. */
export const beforeLossInFlight: Partial<FaultProfile> = { ...beforeNewVersions, lostInFlight: false };

/** Nothing goes wrong but what is added. */
export const undisturbed: Partial<FaultProfile> = {
  ...noTrouble,
  calm: false,
  interference: 0,
  refusesOnePair: false,
  businessRule: false,
  canonicalising: { crm: false, partnerCenter: false },
  fewValues: false,
  switches: false,
  deletes: false,
  closes: false,
  help: false,
  ...beforeLossInFlight,
  oneSided: null,
};

/** Requests that arrive when the next decision is made already. */
export const lateEffects: Partial<FaultProfile> = { lateEffect: 0.3, interference: 0.3, edits: 9 };

/** Requests of a process that died, sent again because the record had got a new version meanwhile. */
export const lateAfterDeath: Partial<FaultProfile> = { ...lateEffects, crash: 0.1, newVersion: 0.3 };

/** A clock that jumps ahead while a create is in doubt, which may then be made twice. */
export const jumpInDoubt: Partial<FaultProfile> = {
  ...lateEffects,
  replyLost: 0.2,
  requestLost: 0.2,
  clockJumpMs: 10 * 60_000,
  jumpsInDoubt: true,
  pairs: 3,
};

/** A store that is put back into a time before a create was sent that still has to arrive. */
export const putBackInCreate: Partial<FaultProfile> = {
  ...lateEffects,
  lateEffect: 0.6,
  replyLost: 0.2,
  requestLost: 0.2,
  storeLoss: "older",
  putBackInFlight: true,
  pairs: 3,
};

/** Sellers who switch the sync off while Microsoft is being invited, before the store goes back to a time before that. */
export const whileSwitchedOff: Partial<FaultProfile> = {
  help: true,
  switches: true,
  crash: 0.06,
  late: 0.6,
  throttled: 0.2,
  storeLoss: "older",
  oneSided: "crm",
  edits: 9,
};
