import type { Json, JsonObject } from "../../core/json";
import type { StageChange } from "../../core/opportunity";
import { closeAction, DEFAULT_STATUS, isClosedStage, reopenColumns, STATUS_IN_PROGRESS } from "./stage-steps";
import type { Condition, Patch, WriteStep } from "./web-api";

/** The row that an update writes, and the version it must still have. */
export interface Target {
  readonly id: string;
  readonly version: string;
}

export interface UpdateParts {
  readonly target: Target;
  /** Columns to write, without those of the stage. */
  readonly body: JsonObject;
  readonly stage: StageChange | undefined;
  /** CRM path that the stage is mapped to. */
  readonly statusPath: string | null;
  readonly nowMs: number;
}

/** The steps of an update, to be taken together: reopen, change, close, as far as each is needed. */
export function updateSteps({ target, body, stage, statusPath, nowMs }: UpdateParts): readonly WriteStep[] {
  if (stage === undefined || statusPath === null) return [patchOf(target, body)];
  if (statusPath !== "statuscode" && statusPath !== "statecode") {
    return [patchOf(target, { ...body, [statusPath]: stage.value })];
  }
  const status = statusPath === "statuscode" ? stage.value : undefined;
  const opened = openSteps(target, body, { stage, status });
  if (!isClosedStage(stage.stage)) return opened;
  const closing = { opportunityId: target.id, stage: stage.stage, status: status ?? DEFAULT_STATUS };
  return [...opened, closeAction({ ...closing, nowMs, revenue: body["estimatedvalue"] })];
}

/** Steps after which the row is open and has its values: a closed row is reopened by a step of its own. */
function openSteps(
  target: Target,
  body: JsonObject,
  change: { readonly stage: StageChange; readonly status: Json | undefined },
): readonly WriteStep[] {
  const closes = isClosedStage(change.stage.stage);
  const status = closes ? undefined : change.status;
  if (!isClosedStage(change.stage.from)) {
    return [patchOf(target, status === undefined ? body : { ...body, statuscode: status })];
  }
  const reopened = patchOf(target, reopenColumns(status ?? STATUS_IN_PROGRESS));
  return Object.keys(body).length === 0 ? [reopened] : [reopened, patchOf(target, body, { kind: "exists" })];
}

function patchOf(target: Target, body: JsonObject, condition?: Condition): Patch {
  const { id, version } = target;
  return { kind: "patch", collection: "opportunities", id, body, condition: condition ?? { kind: "version", version } };
}
