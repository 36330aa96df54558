// The values that people give: a seller in the CRM, a colleague or Microsoft in the portal.

import type { Json } from "../src/core/json";
import type { FaultProfile } from "./fault-profile";
import type { SeededRandom } from "./seeded-random";

export type Changes = Readonly<Record<string, Json>>;

/** Numbers that values are made of. */
export interface Numbers {
  readonly record: () => number;
  readonly next: () => number;
}

interface EditOptions {
  readonly random: SeededRandom;
  readonly profile: FaultProfile;
}

const FIRST_DAY_MS = Date.UTC(2027, 0, 1);
const DAY_MS = 86_400_000;

export function sellersEdit({ random, profile }: EditOptions, numbers: Numbers): Changes {
  const number = numbers.next();
  const written = profile.fewValues ? "" : "s ";
  switch (random.int(0, 3)) {
    case 0:
      return { estimatedvalue: 1_000 + number };
    case 1:
      return { description: `Seller ${written}${number}` };
    case 2:
      return { estimatedclosedate: dayOf(number) };
    default:
      return { estimatedvalue: 1_000 + number, description: `Seller both ${number}` };
  }
}

export function portalEdit({ random, profile }: EditOptions, numbers: Numbers): Changes {
  const number = numbers.next();
  const written = profile.fewValues ? "" : "p ";
  switch (random.int(0, 4)) {
    case 0:
      return { "details.dealValue": 1_000 + number };
    case 1:
      return { "details.notes": `Portal ${written}${number}` };
    case 2:
      return { "details.closingDateTime": `${dayOf(number)}T00:00:00Z` };
    case 3:
      return { name: `Deal ${number}` };
    default:
      return { name: `Deal again ${number}`, "details.dealValue": 1_000 + number };
  }
}

function dayOf(number: number): string {
  return new Date(FIRST_DAY_MS + number * DAY_MS).toISOString().slice(0, 10);
}
