import { atPath, type JsonObject } from "../../src/core/json";
import { helpOptions } from "../../../solution/schema/help-options";
import { opportunityColumns as columns } from "../../../solution/schema/opportunity-columns";
import { expectEqual, firstMissing, microsoftReferral, ownReferral, statusValue, text } from "./looks";
import type { LoopbackClouds } from "./loopback-clouds";
import type { Step } from "./play-steps";
import { newOpportunity } from "./sample-records";

/** R2: an opportunity becomes a co-sell referral and stays in step until it is won. */
export function crmToPartnerCenter(clouds: LoopbackClouds): readonly Step[] {
  const deal = dealOf(clouds);
  return [...sharingSteps(deal), ...stayingInStep(deal)];
}

type Deal = ReturnType<typeof dealOf>;

/** The deal as both sides show it. */
function dealOf(clouds: LoopbackClouds) {
  const { records } = clouds.dataverse;
  const opportunity = { id: "" };
  const row = (): JsonObject => records.read("opportunities", opportunity.id) ?? {};
  const referral = (): JsonObject => ownReferral(clouds.partnerCenter, opportunity.id) ?? {};
  return {
    clouds,
    opportunity,
    row,
    referral,
    edit: (body: JsonObject): void => records.update("opportunities", { id: opportunity.id, body }),
    isShared: (): boolean => ownReferral(clouds.partnerCenter, opportunity.id) !== undefined,
    isMicrosoftInvited: (): boolean => microsoftReferral(clouds.partnerCenter, referral()) !== undefined,
    isSynced: (): string | null =>
      expectEqual("sync status", row()[columns.syncStatus.logicalName], statusValue("synced")),
  };
}

function sharingSteps(deal: Deal): readonly Step[] {
  return [
    {
      title: "A seller creates an opportunity; it is not shared",
      act: () => {
        deal.opportunity.id = deal.clouds.dataverse.records.create(
          "opportunities",
          newOpportunity(deal.clouds.dataverse.records),
        );
      },
      holds: () => (deal.isShared() ? "it was shared" : null),
    },
    {
      title:
        "The seller sets Sync = Yes, chooses help and names the products: a referral, and an invitation to Microsoft",
      act: () =>
        deal.edit({
          [columns.sync.logicalName]: true,
          [columns.help.logicalName]: helpOptions[2]?.value ?? null,
          [columns.products.logicalName]: "SOL-15974-MQF",
        }),
      holds: () =>
        firstMissing(
          deal.isShared() ? null : "no referral",
          deal.isMicrosoftInvited() ? null : "Microsoft is not invited",
          expectEqual("referral identifier", deal.row()[columns.referralId.logicalName], deal.referral()["id"]),
          deal.isSynced(),
        ),
    },
    {
      title: "The seller raises the value: the referral follows",
      act: () => deal.edit({ estimatedvalue: 75_000 }),
      holds: () =>
        firstMissing(expectEqual("deal value", atPath(deal.referral(), "details.dealValue"), 75_000), deal.isSynced()),
    },
  ];
}

function stayingInStep(deal: Deal): readonly Step[] {
  return [
    {
      title: "Both sides change the notes at once: one wins, on both sides, and the other is in the audit trail",
      act: () => {
        deal.edit({ description: "What the seller wrote" });
        deal.clouds.partnerCenter.referrals.edit(text(deal.referral()["id"]), {
          details: { notes: "What the portal user wrote" },
        });
      },
      holds: () => {
        const notes = atPath(deal.referral(), "details.notes");
        return firstMissing(
          expectEqual("notes on both sides", deal.row()["description"], notes ?? null),
          text(deal.row()[columns.audit.logicalName]).includes("set aside")
            ? null
            : "the loser is not in the audit trail",
        );
      },
    },
    {
      title: "Microsoft accepts: its CRM identifier appears on the opportunity",
      act: () => {
        deal.clouds.partnerCenter.referrals.microsoftAccepts(text(deal.referral()["id"]), {
          microsoftCrmId: "7-DEMO000001",
        });
      },
      holds: () =>
        expectEqual("Microsoft CRM identifier", deal.row()[columns.microsoftCrmId.logicalName], "7-DEMO000001"),
    },
    {
      title: "The seller wins the opportunity: the referral is closed as won",
      act: () => deal.clouds.dataverse.records.close(deal.opportunity.id, "won"),
      holds: () => expectEqual("substatus", deal.referral()["substatus"], "Won"),
    },
  ];
}
