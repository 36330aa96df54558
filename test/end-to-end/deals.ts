// What sellers and portal users make in these tests, and where it is found again.

import { helpOptions } from "../../solution/schema/help-options";
import { opportunityColumns as columns } from "../../solution/schema/opportunity-columns";
import { syncStatuses, type SyncStatus } from "../../solution/schema/sync-status";
import type { LoopbackClouds } from "../../sync-relay/simulator/demo/loopback-clouds";
import type { Json, JsonObject } from "../../sync-relay/src/core/json";
import { must } from "../../sync-relay/src/core/must";

export const SOLUTION = "SOL-15974-MQF";
export const HELP = must(helpOptions[2], "six help options").value;

/** Columns under the names that these tests use. */
export const COLUMN = {
  sync: columns.sync.logicalName,
  help: columns.help.logicalName,
  products: columns.products.logicalName,
  status: columns.syncStatus.logicalName,
  message: columns.syncMessage.logicalName,
  audit: columns.audit.logicalName,
  referralId: columns.referralId.logicalName,
  microsoftCrmId: columns.microsoftCrmId.logicalName,
  shownStatus: columns.referralStatus.logicalName,
} as const;

export function statusValue(name: SyncStatus): number {
  return must(
    syncStatuses.find((option) => option.name === name),
    "a sync status",
  ).value;
}

/** Ids of an account and a contact. */
export interface Customer {
  readonly account: string;
  readonly contact: string;
}

export type Deals = ReturnType<typeof dealsOf>;

/** Deals in both clouds. */
export function dealsOf({ dataverse, partnerCenter }: LoopbackClouds) {
  const { records } = dataverse;
  const referrals = (): readonly JsonObject[] => partnerCenter.referrals.all();
  let made = 0;

  const deals = {
    /** A customer and a contact that are there before the deal. */
    customer(changes: { readonly account?: JsonObject; readonly contact?: JsonObject } = {}): Customer {
      made += 1;
      const account = records.seed("accounts", {
        name: `Customer ${made}`,
        address1_line1: "1 Main Street",
        address1_city: "Redmond",
        address1_postalcode: "98052",
        address1_country: "United States",
        ...changes.account,
      });
      const contact = records.seed("contacts", {
        firstname: "Sue",
        lastname: "Smith",
        emailaddress1: `sue.smith.${made}@customer.example`,
        telephone1: "+1 425 555 0100",
        "parentcustomerid_account@odata.bind": `/accounts(${account})`,
        ...changes.contact,
      });
      return { account, contact };
    },
    /** A seller shares an opportunity in one save; gives its id. */
    share(changes: JsonObject = {}, customer: Customer = deals.customer()): string {
      return records.create("opportunities", {
        name: `Deal ${made}`,
        estimatedvalue: 50_000,
        estimatedclosedate: "2027-03-31",
        description: "First notes",
        "parentaccountid@odata.bind": `/accounts(${customer.account})`,
        "parentcontactid@odata.bind": `/contacts(${customer.contact})`,
        [COLUMN.sync]: true,
        [COLUMN.products]: SOLUTION,
        ...changes,
      });
    },
    edit: (id: string, body: JsonObject) => records.update("opportunities", { id, body }),
    row: (id: string): JsonObject => must(records.read("opportunities", id) ?? null, `no opportunity ${id}`),
    /** A portal user makes a deal; gives its id. */
    newDeal(changes: JsonObject = {}): string {
      made += 1;
      return String(partnerCenter.referrals.newDeal({ ...dealContent(made), ...changes })["id"]);
    },
    portal: (id: string, content: JsonObject) => void partnerCenter.referrals.edit(id, content),
    referral: (id: string): JsonObject => must(partnerCenter.referrals.get(id) ?? null, `no referral ${id}`),
    /** The partner's own referrals that name an opportunity. */
    ownOf: (opportunityId: string): readonly JsonObject[] =>
      referrals().filter((one) => one["externalReferenceId"] === opportunityId && one["organizationId"] !== "msft"),
    theOwnOf: (opportunityId: string): JsonObject =>
      must(deals.ownOf(opportunityId)[0] ?? null, `no referral of ${opportunityId}`),
    microsoftsOf: (opportunityId: string): readonly JsonObject[] =>
      partnerCenter.referrals
        .ofEngagement(text(deals.theOwnOf(opportunityId)["engagementId"]))
        .filter((one) => one.organizationId === "msft"),
    /** Opportunities that carry a referral's id. */
    rowsOf: (referralId: string): readonly JsonObject[] =>
      records.list("opportunities").filter((row) => row[COLUMN.referralId] === referralId),
    /** The opportunity that a referral names. Tests wait for this one, so it must not search. */
    theRowOf: (referralId: string): JsonObject => deals.row(text(deals.referral(referralId)["externalReferenceId"])),
  };
  return deals;
}

/** Content of a portal deal; its customer is new unless the number was used before. */
export function dealContent(n: number): JsonObject {
  return {
    name: `Portal deal ${n}`,
    type: "Shared",
    qualification: "SalesQualified",
    customerProfile: {
      name: `Portal customer ${n}`,
      address: { addressLine1: "2 rue de Rivoli", city: "Paris", state: "", postalCode: "75001", country: "FR" },
      team: [
        {
          firstName: "Luc",
          lastName: "Petit",
          email: `luc.petit.${n}@portal.example`,
          phoneNumber: "+33 1 55 55 01 00",
        },
      ],
    },
    details: {
      notes: "Portal notes",
      dealValue: 1_200,
      currency: "EUR",
      closingDateTime: "2027-06-30T00:00:00Z",
      requirements: { solutions: [{ id: SOLUTION, name: "Contoso App", type: "Name" }] },
    },
  };
}

export function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
