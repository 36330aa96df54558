// How long a mistake is looked for, and in which circumstances.

import { noTrouble, type FaultProfile } from "../fault-profile";

/** Noticed at once by nearly every history, or after the usual few hundred. */
export const SOON = 300;
export const LATER = 3_000;
/** Takes a rare coincidence even where it is aimed at. */
export const RARE = 10_000;

/** Without the faults that came into the simulation last: a seed that failed before them tells the same history only so. */
export const withoutLaterFaults: Partial<FaultProfile> = {
  newVersion: 0,
  ownersChange: false,
  merges: false,
  vanishes: false,
  unknownValues: false,
  putBackInFlight: false,
  jumpsInDoubt: false,
};

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
  ...withoutLaterFaults,
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
