import { atPath, type Json } from "../../sync-relay/src/core/json";
import { readCrm } from "../../sync-relay/src/core/mapping/read-crm";
import { microsoftReferral, ownReferral } from "../../sync-relay/src/core/new-referral";
import { helpOptions } from "../../solution/schema/help-options";
import { must } from "../../sync-relay/src/core/must";
import { shippedMap } from "../pipeline/world";
import { aReferral, ENGAGEMENT_ID, OPPORTUNITY_ID, readyValues } from "../support/builders";

const help = must(helpOptions[3], "six help options");
const valuesOf = (changes: Record<string, Json> = {}) => readCrm(shippedMap, readyValues(changes)).values;
const HELP = "inviteContext.assistanceRequestCode";
const SHARED = "consent.consentToShareReferralWithMicrosoftSellers";

test("[NR1] a co-sell in two posts: one's own referral without the code, Microsoft's with it", () => {
  const values = valuesOf({ cosell_helprequired: help.value });
  const own = ownReferral(shippedMap, values, { opportunityId: OPPORTUNITY_ID, posts: "two" });
  expect(own).toMatchObject({
    type: "Shared",
    externalReferenceId: OPPORTUNITY_ID,
    target: [{ type: "SolutionProfile", id: "SOL-15974-MQF" }],
  });
  expect([atPath(own, HELP), atPath(own, SHARED)]).toEqual(["Unknown", true]);
  const theirs = microsoftReferral(shippedMap, values, aReferral());
  expect(theirs).toMatchObject({
    type: "Shared",
    engagementId: ENGAGEMENT_ID,
    target: [{ type: "BusinessProfileLocation", id: "msft" }],
  });
  expect([atPath(theirs, HELP), atPath(theirs, SHARED)]).toEqual([help.code, true]);
});

test("[NR1] a co-sell in one post carries the code itself", () => {
  const values = valuesOf({ cosell_helprequired: help.value });
  const own = ownReferral(shippedMap, values, { opportunityId: OPPORTUNITY_ID, posts: "one" });
  expect(atPath(own, HELP)).toBe(help.code);
});

test.each([
  ["private", false],
  ["partner-led", true],
])("[NR2] a %s deal is Independent, and shared with Microsoft's sellers: %j", (_, visible) => {
  const values = valuesOf({ cosell_visibletomicrosoft: visible });
  const own = ownReferral(shippedMap, values, { opportunityId: OPPORTUNITY_ID, posts: "two" });
  expect(own).toMatchObject({ type: "Independent", target: [] });
  expect([atPath(own, HELP), atPath(own, SHARED)]).toEqual(["Unknown", visible]);
});
