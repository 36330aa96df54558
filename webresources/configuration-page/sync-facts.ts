import { REFERRAL_ID_PLACE } from "../../solution/schema/environment-variables";
import type { Findings } from "./findings";

/** Whether the relay writes links of another form than the environment variable says. */
export function linkProblem({ variables, lastSynced }: Findings): boolean {
  if (variables === undefined || variables.kind !== "seen") return false;
  if (lastSynced === undefined || lastSynced.kind !== "seen" || lastSynced.value === null) return false;
  const { referralLink } = variables.value;
  const { link, referralId } = lastSynced.value;
  if (referralLink === undefined || referralLink.value === null || link === "" || referralId === "") return false;
  // The place may be there more than once; the relay fills each.
  return link !== referralLink.value.split(REFERRAL_ID_PLACE).join(encodeURIComponent(referralId));
}
