import { opportunityColumns } from "./opportunity-columns";

/** Header that carries the shared secret of the Dataverse webhook (authentication type HttpHeader). */
export const DATAVERSE_SECRET_HEADER = "x-cosell-key";

/** Value of the `tag` query option on every write of the relay; it comes back in the webhook's shared variables. */
export const RELAY_WRITE_TAG = "cosell-relay";

/** A message of the Opportunity table that calls the relay. */
export interface WebhookStep {
  readonly message: "Create" | "Update" | "Delete";
  readonly table: "opportunity";
  /** Columns that make an Update call the relay: the seller's own of this section; mapped columns are added at set-up. */
  readonly filteringColumns: readonly string[];
}

/** The asynchronous, post-operation steps that the relay registers. */
export const webhookSteps: readonly WebhookStep[] = [
  { message: "Create", table: "opportunity", filteringColumns: [] },
  {
    message: "Update",
    table: "opportunity",
    filteringColumns: [
      ...Object.values(opportunityColumns)
        .filter((column) => column.writer === "seller")
        .map((column) => column.logicalName),
      "statecode",
      "statuscode",
    ],
  },
  { message: "Delete", table: "opportunity", filteringColumns: [] },
];
