// The bodies of new referrals. A co-sell in two posts is the partner's own referral (aimed at its solution), then
// Microsoft's in the same engagement (aimed at Microsoft, with the help code); in one post the first carries the code.

import { dealKind, fieldKeys, helpIn } from "./deal-kind";
import { withPath, type Json, type JsonObject } from "./json";
import type { FieldMap } from "./mapping/field-map";
import { referralPayload } from "./mapping/referral-payload";
import type { FieldValues } from "./pair";
import { MICROSOFT_ORGANIZATION, type Referral } from "./referral";
import { NO_HELP_CODE } from "../../../solution/schema/help-options";

/** How a co-sell is created. Which one Partner Center wants today is not documented, so it is a setting. */
export type CoSellPosts = "two" | "one";

/** Body of the partner's own referral. */
export function ownReferral(
  map: FieldMap,
  values: FieldValues,
  options: { readonly opportunityId: string; readonly posts: CoSellPosts },
): JsonObject {
  const kind = dealKind(values);
  const coSell = kind === "co-sell";
  const mapped = referralPayload(map, values);
  let body: JsonObject = {
    ...mapped,
    externalReferenceId: options.opportunityId,
    type: coSell ? "Shared" : "Independent",
    target: coSell ? solutionTarget(values) : [],
  };
  body = withPath(body, fieldKeys.visible, kind !== "private");
  const carriesHelp = coSell && options.posts === "one";
  return withPath(body, fieldKeys.help, carriesHelp ? helpIn(values) : NO_HELP_CODE);
}

/** Body of the referral that invites Microsoft into the engagement of the partner's own. */
export function microsoftReferral(map: FieldMap, values: FieldValues, own: Referral): JsonObject {
  let body: JsonObject = {
    ...referralPayload(map, values),
    engagementId: own.engagementId,
    type: "Shared",
    target: [{ type: "BusinessProfileLocation", id: MICROSOFT_ORGANIZATION }],
  };
  body = withPath(body, fieldKeys.visible, true);
  return withPath(body, fieldKeys.help, helpIn(values));
}

function solutionTarget(values: FieldValues): Json {
  const solutions = values[fieldKeys.solutions];
  const first = Array.isArray(solutions) ? (solutions as readonly Json[])[0] : undefined;
  return typeof first === "string" ? [{ type: "SolutionProfile", id: first }] : [];
}
