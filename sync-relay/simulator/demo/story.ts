// The two main stories, played by a seller, a portal user and Microsoft, with the relay in between. Each step says what
// somebody does and what must follow; it holds when what must follow is there within the time limit.

import { setTimeout as pause } from "node:timers/promises";
import { atPath, type Json, type JsonObject } from "../../src/core/json";
import { helpOptions } from "../../../solution/schema/help-options";
import { opportunityColumns as columns } from "../../../solution/schema/opportunity-columns";
import { syncStatuses } from "../../../solution/schema/sync-status";
import type { LoopbackClouds } from "./loopback-clouds";

/** One step: an action, and what must be true afterwards. */
export interface Step {
  readonly title: string;
  readonly act: () => void;
  /** Null when it holds, else what is still missing. */
  readonly holds: () => string | null;
}

export interface StepResult {
  readonly title: string;
  readonly ms: number;
  /** Null when the step held. */
  readonly missing: string | null;
}

const HOLDS_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 20;

/** Plays steps in order, telling each as it ends; stops at the first that does not hold. */
export async function play(steps: readonly Step[], tell: (result: StepResult) => void): Promise<boolean> {
  for (const step of steps) {
    const result = await playStep(step);
    tell(result);
    if (result.missing !== null) return false;
  }
  return true;
}

async function playStep({ title, act, holds }: Step): Promise<StepResult> {
  const startedMs = Date.now();
  act();
  let missing = holds();
  while (missing !== null && Date.now() - startedMs < HOLDS_WITHIN_MS) {
    await pause(LOOK_EVERY_MS);
    missing = holds();
  }
  return { title, ms: Date.now() - startedMs, missing };
}

const status = (name: string): number | undefined => syncStatuses.find((option) => option.name === name)?.value;

/** R2: an opportunity becomes a co-sell referral and stays in step until it is won. */
export function crmToPartnerCenter({ dataverse, partnerCenter }: LoopbackClouds): readonly Step[] {
  const { records } = dataverse;
  const opportunity = { id: "" };
  const row = (): JsonObject => records.read("opportunities", opportunity.id) ?? {};
  const edit = (body: JsonObject): void => records.update("opportunities", { id: opportunity.id, body });
  const referral = (): JsonObject => own(partnerCenter, opportunity.id) ?? {};
  const isSynced = (): string | null =>
    expectEqual("sync status", row()[columns.syncStatus.logicalName], status("synced"));
  return [
    {
      title: "A seller creates an opportunity; it is not shared",
      act: () => {
        opportunity.id = records.create("opportunities", newOpportunity(records));
      },
      holds: () => (own(partnerCenter, opportunity.id) === undefined ? null : "it was shared"),
    },
    {
      title:
        "The seller sets Sync = Yes, chooses help and names the products: a referral, and an invitation to Microsoft",
      act: () =>
        edit({
          [columns.sync.logicalName]: true,
          [columns.help.logicalName]: helpOptions[2]?.value ?? null,
          [columns.products.logicalName]: "SOL-15974-MQF",
        }),
      holds: () =>
        firstMissing(
          own(partnerCenter, opportunity.id) === undefined ? "no referral" : null,
          microsofts(partnerCenter, referral()) === undefined ? "Microsoft is not invited" : null,
          expectEqual("referral identifier", row()[columns.referralId.logicalName], referral()["id"]),
          isSynced(),
        ),
    },
    {
      title: "The seller raises the value: the referral follows",
      act: () => edit({ estimatedvalue: 75_000 }),
      holds: () => firstMissing(expectEqual("deal value", atPath(referral(), "details.dealValue"), 75_000), isSynced()),
    },
    {
      title: "Both sides change the notes at once: one wins, on both sides, and the other is in the audit trail",
      act: () => {
        edit({ description: "What the seller wrote" });
        partnerCenter.referrals.edit(text(referral()["id"]), { details: { notes: "What the portal user wrote" } });
      },
      holds: () => {
        const notes = atPath(referral(), "details.notes");
        return firstMissing(
          expectEqual("notes on both sides", row()["description"], notes ?? null),
          text(row()[columns.audit.logicalName]).includes("set aside") ? null : "the loser is not in the audit trail",
        );
      },
    },
    {
      title: "Microsoft accepts: its CRM identifier appears on the opportunity",
      act: () => {
        partnerCenter.referrals.microsoftAccepts(text(referral()["id"]), { microsoftCrmId: "7-DEMO000001" });
      },
      holds: () => expectEqual("Microsoft CRM identifier", row()[columns.microsoftCrmId.logicalName], "7-DEMO000001"),
    },
    {
      title: "The seller wins the opportunity: the referral is closed as won",
      act: () => records.close(opportunity.id, "won"),
      holds: () => expectEqual("substatus", referral()["substatus"], "Won"),
    },
  ];
}

/** R3: a deal from Partner Center becomes an opportunity and stays in step until it is won there. */
export function partnerCenterToCrm({ dataverse, partnerCenter }: LoopbackClouds): readonly Step[] {
  const { records } = dataverse;
  const deal = { id: "" };
  const referral = (): JsonObject => partnerCenter.referrals.get(deal.id) ?? {};
  const row = (): JsonObject =>
    records.list("opportunities").find((one) => one[columns.referralId.logicalName] === deal.id) ?? {};
  const rows = (): number =>
    records.list("opportunities").filter((one) => one[columns.referralId.logicalName] === deal.id).length;
  return [
    {
      title: "A new deal in the portal: one opportunity appears, with account, contact and the co-sell section",
      act: () => {
        deal.id = text(partnerCenter.referrals.newDeal(newDeal())["id"]);
      },
      holds: () =>
        firstMissing(
          expectEqual("number of opportunities", rows(), 1),
          expectEqual("name", row()["name"], "Fabrikam migration"),
          expectEqual("sync", row()[columns.sync.logicalName], true),
          expectEqual("products", row()[columns.products.logicalName], "SOL-15974-MQF"),
          expectEqual("CRM id on the referral", referral()["externalReferenceId"], row()["opportunityid"]),
          expectEqual("sync status", row()[columns.syncStatus.logicalName], status("synced")),
        ),
    },
    {
      title: "The portal user changes value and close date: the opportunity follows",
      act: () => {
        const details = { dealValue: 2_500, closingDateTime: "2027-09-30T00:00:00Z" };
        partnerCenter.referrals.edit(deal.id, { details });
      },
      holds: () =>
        firstMissing(
          expectEqual("estimated value", row()["estimatedvalue"], 2_500),
          expectEqual("close date", row()["estimatedclosedate"], "2027-09-30"),
        ),
    },
    {
      title: "The seller changes the notes: the referral follows",
      act: () =>
        records.update("opportunities", { id: text(row()["opportunityid"]), body: { description: "From the CRM" } }),
      holds: () => expectEqual("notes", atPath(referral(), "details.notes"), "From the CRM"),
    },
    {
      title: "Both sides change the value at once: both end with the same one",
      act: () => {
        records.update("opportunities", { id: text(row()["opportunityid"]), body: { estimatedvalue: 3_000 } });
        partnerCenter.referrals.edit(deal.id, { details: { dealValue: 4_000 } });
      },
      holds: () =>
        firstMissing(
          expectEqual("value on both sides", row()["estimatedvalue"], atPath(referral(), "details.dealValue") ?? null),
          text(row()[columns.audit.logicalName]).includes("set aside") ? null : "the loser is not in the audit trail",
        ),
    },
    {
      title: "The deal is won in Partner Center: the opportunity is won",
      act: () => {
        partnerCenter.referrals.close(deal.id, "Won");
      },
      holds: () =>
        firstMissing(
          expectEqual("state", row()["statecode"], 1),
          expectEqual("sync status", row()[columns.syncStatus.logicalName], status("closed")),
        ),
    },
  ];
}

type Records = LoopbackClouds["dataverse"]["records"];

function newOpportunity(records: Records): JsonObject {
  const account = records.seed("accounts", {
    name: "Contoso Customer Inc",
    address1_line1: "1 Main Street",
    address1_city: "Redmond",
    address1_stateorprovince: "WA",
    address1_postalcode: "98052",
    address1_country: "United States",
  });
  const contact = records.seed("contacts", {
    firstname: "Sue",
    lastname: "Smith",
    emailaddress1: "sue.smith@contoso.example",
    telephone1: "+1 425 555 0100",
  });
  return {
    name: "Contoso ERP renewal",
    estimatedvalue: 50_000,
    estimatedclosedate: "2027-03-31",
    description: "Renewal with more seats",
    "parentaccountid@odata.bind": `/accounts(${account})`,
    "parentcontactid@odata.bind": `/contacts(${contact})`,
  };
}

function newDeal(): JsonObject {
  return {
    name: "Fabrikam migration",
    type: "Shared",
    qualification: "SalesQualified",
    customerProfile: {
      name: "Fabrikam",
      address: { addressLine1: "2 rue de Rivoli", city: "Paris", state: "", postalCode: "75001", country: "FR" },
      team: [
        { firstName: "Luc", lastName: "Petit", email: "luc.petit@fabrikam.example", phoneNumber: "+33 1 55 55 01 00" },
      ],
    },
    details: {
      notes: "Moves to the cloud",
      dealValue: 1_200,
      currency: "EUR",
      closingDateTime: "2027-06-30T00:00:00Z",
      requirements: { solutions: [{ id: "SOL-15974-MQF", name: "Contoso App", type: "Name" }] },
    },
  };
}

type PartnerCenter = LoopbackClouds["partnerCenter"];

function own(partnerCenter: PartnerCenter, opportunityId: string): JsonObject | undefined {
  const referrals: readonly JsonObject[] = partnerCenter.referrals.all();
  return referrals.find((one) => one["externalReferenceId"] === opportunityId && one["organizationId"] !== "msft");
}

function microsofts(partnerCenter: PartnerCenter, referral: JsonObject): JsonObject | undefined {
  const members: readonly JsonObject[] = partnerCenter.referrals.ofEngagement(text(referral["engagementId"]));
  return members.find((one) => one["organizationId"] === "msft");
}

function expectEqual(what: string, actual: Json | undefined, wanted: Json | undefined): string | null {
  return actual === wanted
    ? null
    : `${what} is ${JSON.stringify(actual ?? null)}, not ${JSON.stringify(wanted ?? null)}`;
}

function firstMissing(...checks: readonly (string | null)[]): string | null {
  return checks.find((check) => check !== null) ?? null;
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
