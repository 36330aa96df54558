import { opportunityColumns } from "./opportunity-columns";

/** Header that carries the shared secret of the Dataverse webhook (authentication type HttpHeader). */
export const DATAVERSE_SECRET_HEADER = "x-cosell-key";

/** Value of the `tag` query option on every write of the relay; it comes back in the webhook's shared variables. */
export const RELAY_WRITE_TAG = "cosell-relay";

/** Name of the security role that the relay's application user gets; it comes with the solution. */
export const relayRoleName = "CoSell Sync relay";

/** The endpoint that the steps call. Its id is the product's own, so that registering twice makes no second one. */
export const webhookEndpoint = {
  id: "c05e1100-6a3d-4f0e-8b1c-5d2a7c9e4b00",
  name: "Co-sell relay",
} as const;

/** A copy of a few columns that travels with a step's webhook. */
export interface WebhookImage {
  readonly id: string;
  readonly alias: string;
  readonly when: "before" | "after";
  readonly columns: readonly string[];
}

/** A message of the Opportunity table that calls the relay. */
export interface WebhookStep {
  readonly id: string;
  readonly message: "Create" | "Update" | "Delete";
  readonly table: "opportunity";
  /** Columns that make an Update call the relay: the seller's own of this section; mapped columns are added at set-up. */
  readonly filteringColumns: readonly string[];
  /**
   * Which referral a change was about, for whoever reads a failed system job; the row itself may be gone by then. The
   * relay takes only ids from a webhook.
   */
  readonly image: WebhookImage | null;
}

/** The asynchronous, post-operation steps that the relay registers. */
export const webhookSteps: readonly WebhookStep[] = [
  {
    id: "c05e1100-6a3d-4f0e-8b1c-5d2a7c9e4b01",
    message: "Create",
    table: "opportunity",
    filteringColumns: [],
    image: null,
  },
  {
    id: "c05e1100-6a3d-4f0e-8b1c-5d2a7c9e4b02",
    message: "Update",
    table: "opportunity",
    filteringColumns: [
      ...Object.values(opportunityColumns)
        .filter((column) => column.writer === "seller")
        .map((column) => column.logicalName),
      "statecode",
      "statuscode",
    ],
    image: {
      id: "c05e1100-6a3d-4f0e-8b1c-5d2a7c9e4b12",
      alias: "cosell",
      when: "after",
      columns: [opportunityColumns.referralId.logicalName, "statecode"],
    },
  },
  {
    id: "c05e1100-6a3d-4f0e-8b1c-5d2a7c9e4b03",
    message: "Delete",
    table: "opportunity",
    filteringColumns: [],
    image: {
      id: "c05e1100-6a3d-4f0e-8b1c-5d2a7c9e4b13",
      alias: "cosell",
      when: "before",
      columns: [opportunityColumns.referralId.logicalName],
    },
  },
];
