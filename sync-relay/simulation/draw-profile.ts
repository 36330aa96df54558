// What goes wrong in one history, drawn from its seed.

import { noTrouble, type FaultProfile, type Troubles } from "./fault-profile";
import type { SeededRandom } from "./seeded-random";

const MINUTE_MS = 60_000;

/** Draws the mix of one history. */
export function drawProfile(random: SeededRandom): FaultProfile {
  const calm = random.chance(0.1);
  return { calm, ...drawDeal(random), ...(calm ? noTrouble : drawTroubles(random)), ...drawOddities(random) };
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

/** What happens to records now and then. Drawn last: it came last, and a seed's other draws stay as they were. */
function drawOddities(random: SeededRandom) {
  return {
    ownersChange: random.chance(0.1),
    merges: random.chance(0.1),
    vanishes: random.chance(0.1),
    unknownValues: random.chance(0.1),
    putBackInFlight: random.chance(0.5),
    jumpsInDoubt: random.chance(0.5),
    silentVersions: random.chance(0.5),
  };
}
