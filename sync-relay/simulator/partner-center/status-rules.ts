import type { ReferralResource } from "./referral-resource";

/** Where a referral may go from each status. */
const NEXT_STATUSES: { readonly [status: string]: readonly string[] } = {
  None: ["None", "New", "Active", "Closed"],
  New: ["New", "Active", "Closed"],
  Active: ["Active", "Closed"],
  Closed: ["Closed"],
};

const SUBSTATUSES: { readonly [status: string]: readonly string[] } = {
  None: ["None"],
  New: ["Pending", "Received"],
  Active: ["Accepted"],
  Closed: ["Won", "Lost", "Declined", "Expired"],
};

export interface StatusPair {
  readonly status: string;
  readonly substatus: string;
}

/** Why a referral may not go from one status to another, or null when it may. */
export function statusObjection(from: StatusPair, to: StatusPair, acceptsError: boolean): string | null {
  const allowed = SUBSTATUSES[to.status];
  if (allowed === undefined) return `Status '${to.status}' is not known.`;
  const isError = acceptsError && to.status === "Closed" && to.substatus === "Error";
  if (!allowed.includes(to.substatus) && !isError) {
    return `Substatus '${to.substatus}' is not allowed with status '${to.status}'.`;
  }
  if (!(NEXT_STATUSES[from.status] ?? []).includes(to.status)) {
    return `Status cannot change from '${from.status}' to '${to.status}'.`;
  }
  return null;
}

/** The dates that go with a change of status. */
export function statusDates(before: ReferralResource, to: StatusPair, now: string): { [key: string]: string } {
  if (to.status === "Active" && before.status !== "Active") return { acceptedDateTime: now };
  if (to.status === "Closed" && before.status !== "Closed") return { closedDateTime: now };
  return {};
}
