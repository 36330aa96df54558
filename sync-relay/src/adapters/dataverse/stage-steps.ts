import type { Json, JsonObject } from "../../core/json";
import type { Stage } from "../../core/opportunity";
import type { Action } from "./web-api";

// How an opportunity changes its stage in Dataverse: an open stage is a status reason, a closed one is reached by an
// action that also leaves a closing activity, and a closed row must be reopened before anything else is written to it.

/** Whether Dataverse keeps an opportunity of this stage closed. */
export function isClosedStage(stage: Stage): stage is "won" | "lost" {
  return stage === "won" || stage === "lost";
}

/** Columns that reopen a closed opportunity, with the status reason it shall have then. */
export function reopenColumns(statusReason: Json): JsonObject {
  return { statecode: STATE_OPEN, statuscode: statusReason };
}

const STATE_OPEN = 0;

/** Status reason "In Progress": every environment has it, it cannot be deleted. */
export const STATUS_IN_PROGRESS = 1;

/** Lets Dataverse pick the default status reason of the state. */
export const DEFAULT_STATUS = -1;

export interface Closing {
  readonly opportunityId: string;
  readonly stage: "won" | "lost";
  readonly status: Json;
  readonly nowMs: number;
  /** Deal value, if known; Dataverse would leave the actual revenue empty. */
  readonly revenue: Json | undefined;
}

/** The action that closes an opportunity as won or lost. */
export function closeAction(closing: Closing): Action {
  const won = closing.stage === "won";
  const revenue = won && typeof closing.revenue === "number" ? { actualrevenue: closing.revenue } : {};
  return {
    kind: "action",
    name: won ? "WinOpportunity" : "LoseOpportunity",
    body: {
      Status: closing.status,
      OpportunityClose: {
        "@odata.type": "Microsoft.Dynamics.CRM.opportunityclose",
        subject: won ? "Won in Partner Center" : "Lost in Partner Center",
        actualend: new Date(closing.nowMs).toISOString().slice(0, "2024-01-31".length),
        ...revenue,
        "opportunityid@odata.bind": `/opportunities(${closing.opportunityId})`,
      },
    },
  };
}

/** Stage of Dataverse's own status reasons; undefined for one that a customer added. */
export function stageOfStandardStatus(status: Json): Stage | undefined {
  return typeof status === "number" ? STANDARD_STATUSES.get(status) : undefined;
}

const STANDARD_STATUSES: ReadonlyMap<number, Stage> = new Map([
  [STATUS_IN_PROGRESS, "in-progress"],
  [2, "on-hold"],
  [3, "won"],
  [4, "lost"],
  [5, "lost"],
]);
