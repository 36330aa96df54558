import { atPath, type JsonObject } from "../../src/core/json";
import { opportunityColumns as columns } from "../../../solution/schema/opportunity-columns";
import { expectEqual, firstMissing, statusValue, text } from "./looks";
import type { LoopbackClouds } from "./loopback-clouds";
import type { Step } from "./play-steps";
import { newDeal } from "./sample-records";

/** R3: a deal from Partner Center becomes an opportunity and stays in step until it is won there. */
export function partnerCenterToCrm(clouds: LoopbackClouds): readonly Step[] {
  const deal = dealOf(clouds);
  return [...arrivingSteps(deal), ...stayingInStep(deal)];
}

type Deal = ReturnType<typeof dealOf>;

/** The deal as both sides show it. */
function dealOf(clouds: LoopbackClouds) {
  const referralId = { value: "" };
  const rows = (): readonly JsonObject[] =>
    clouds.dataverse.records
      .list("opportunities")
      .filter((row) => row[columns.referralId.logicalName] === referralId.value);
  return {
    clouds,
    referralId,
    referral: (): JsonObject => clouds.partnerCenter.referrals.get(referralId.value) ?? {},
    row: (): JsonObject => rows()[0] ?? {},
    rows: (): number => rows().length,
  };
}

function arrivingSteps(deal: Deal): readonly Step[] {
  return [
    {
      title: "A new deal in the portal: one opportunity appears, with account, contact and the co-sell section",
      act: () => {
        deal.referralId.value = text(deal.clouds.partnerCenter.referrals.newDeal(newDeal())["id"]);
      },
      holds: () =>
        firstMissing(
          expectEqual("number of opportunities", deal.rows(), 1),
          expectEqual("name", deal.row()["name"], "Fabrikam migration"),
          expectEqual("sync", deal.row()[columns.sync.logicalName], true),
          expectEqual("products", deal.row()[columns.products.logicalName], "SOL-15974-MQF"),
          expectEqual("CRM id on the referral", deal.referral()["externalReferenceId"], deal.row()["opportunityid"]),
          expectEqual("sync status", deal.row()[columns.syncStatus.logicalName], statusValue("synced")),
        ),
    },
    {
      title: "The portal user changes value and close date: the opportunity follows",
      act: () => {
        const details = { dealValue: 2_500, closingDateTime: "2027-09-30T00:00:00Z" };
        deal.clouds.partnerCenter.referrals.edit(deal.referralId.value, { details });
      },
      holds: () =>
        firstMissing(
          expectEqual("estimated value", deal.row()["estimatedvalue"], 2_500),
          expectEqual("close date", deal.row()["estimatedclosedate"], "2027-09-30"),
        ),
    },
  ];
}

function stayingInStep(deal: Deal): readonly Step[] {
  return [
    {
      title: "The seller changes the notes: the referral follows",
      act: () =>
        deal.clouds.dataverse.records.update("opportunities", {
          id: text(deal.row()["opportunityid"]),
          body: { description: "From the CRM" },
        }),
      holds: () => expectEqual("notes", atPath(deal.referral(), "details.notes"), "From the CRM"),
    },
    {
      title: "Both sides change the value at once: both end with the same one",
      act: () => {
        deal.clouds.dataverse.records.update("opportunities", {
          id: text(deal.row()["opportunityid"]),
          body: { estimatedvalue: 3_000 },
        });
        deal.clouds.partnerCenter.referrals.edit(deal.referralId.value, { details: { dealValue: 4_000 } });
      },
      holds: () =>
        firstMissing(
          expectEqual(
            "value on both sides",
            deal.row()["estimatedvalue"],
            atPath(deal.referral(), "details.dealValue") ?? null,
          ),
          text(deal.row()[columns.audit.logicalName]).includes("set aside")
            ? null
            : "the loser is not in the audit trail",
        ),
    },
    {
      title: "The deal is won in Partner Center: the opportunity is won",
      act: () => {
        deal.clouds.partnerCenter.referrals.close(deal.referralId.value, "Won");
      },
      holds: () =>
        firstMissing(
          expectEqual("state", deal.row()["statecode"], 1),
          expectEqual("sync status", deal.row()[columns.syncStatus.logicalName], statusValue("closed")),
        ),
    },
  ];
}
