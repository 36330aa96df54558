// The body of a webhook: the remote execution context of one asynchronous step, in the shape of public captures.

import type { Json, JsonObject } from "../../../src/core/json";
import { environmentIds } from "../environment";
import type { QueryScope } from "../query/row-filter";
import type { Row, RowValues } from "../rows/row";
import type { RowChange } from "../rows/row-writer";
import type { SimulatorSettings } from "../simulator-settings";
import { contextEntity, contextGuid, contextReference, untypedReference } from "./context-values";
import type { RegisteredStep, StepImage } from "./registered-steps";

/** One call of one step. */
export interface StepCall {
  readonly scope: QueryScope;
  readonly settings: SimulatorSettings;
  readonly change: RowChange;
  readonly step: RegisteredStep;
  readonly operationId: string;
}

/** The image that every asynchronous step gets: primary id and primary name. */
const PRIMARY_NAME_IMAGE = "AsynchronousStepPrimaryName";

const stage = { mainOperation: 30, postOperation: 40 } as const;
const NO_USER = "00000000-0000-0000-0000-000000000000";
const MINUTE_MS = 60_000;

/** The execution context of a step call. */
export function executionContext(call: StepCall): JsonObject {
  const { change, settings } = call;
  const outputs: Json[] =
    change.message === "Create" ? [{ key: "id", value: contextGuid(settings.scalars, change.id) }] : [];
  return frame(call, {
    stage: stage.postOperation,
    inputs: [
      { key: "Target", value: target(call, change.message === "Create" ? presentIn(change.after) : change.written) },
    ],
    outputs,
    parent: frame(call, {
      stage: stage.mainOperation,
      inputs: [
        { key: "Target", value: target(call, change.sent) },
        { key: "SuppressDuplicateDetection", value: false },
      ],
      outputs: [],
      parent: null,
      pre: [],
      post: [],
    }),
    pre: images(call, "pre"),
    post: images(call, "post"),
  });
}

interface FrameParts {
  readonly stage: number;
  readonly inputs: readonly Json[];
  readonly outputs: readonly Json[];
  readonly parent: JsonObject | null;
  readonly pre: readonly Json[];
  readonly post: readonly Json[];
}

function frame(call: StepCall, parts: FrameParts): JsonObject {
  const { change, settings } = call;
  const { userId, correlationId, requestId } = change.context;
  return {
    BusinessUnitId: environmentIds.businessUnit,
    CorrelationId: correlationId,
    Depth: 1,
    InitiatingUserAzureActiveDirectoryObjectId: NO_USER,
    InitiatingUserId: userId,
    InputParameters: parts.inputs,
    IsExecutingOffline: false,
    IsInTransaction: false,
    IsOfflinePlayback: false,
    IsolationMode: 1,
    MessageName: change.message,
    Mode: 1,
    OperationCreatedOn: shiftedDate(change.at, settings.organizationOffsetMinutes),
    OperationId: call.operationId,
    OrganizationId: environmentIds.organization,
    OrganizationName: environmentIds.organization.replaceAll("-", ""),
    OutputParameters: parts.outputs,
    OwningExtension: untypedReference({ table: "sdkmessageprocessingstep", id: call.step.id }),
    ParentContext: parts.parent,
    PostEntityImages: parts.post,
    PreEntityImages: parts.pre,
    PrimaryEntityId: change.id,
    PrimaryEntityName: change.table.name,
    RequestId: requestId,
    SecondaryEntityName: "none",
    SharedVariables: sharedVariables(call),
    Stage: parts.stage,
    UserAzureActiveDirectoryObjectId: NO_USER,
    UserId: userId,
  };
}

/** The creation time as captures show it: moved back by the offset that it carries. */
function shiftedDate(time: number, offsetMinutes: number): string {
  const wholeSeconds = Math.floor(time / 1000) * 1000;
  const distance = Math.abs(offsetMinutes);
  const offset = [Math.floor(distance / 60), distance % 60].map((part) => String(part).padStart(2, "0")).join("");
  return `/Date(${wholeSeconds - offsetMinutes * MINUTE_MS}${offsetMinutes < 0 ? "-" : "+"}${offset})/`;
}

function sharedVariables({ change, settings }: StepCall): readonly Json[] {
  const own = [{ key: "IsAutoTransact", value: true }];
  const { tag } = change.context;
  return tag !== null && settings.tagInSharedVariables ? [...own, { key: "tag", value: tag }] : own;
}

function target(call: StepCall, values: RowValues): Json {
  const { change, scope, settings } = call;
  if (change.message === "Delete") return contextReference({ table: change.table.name, id: change.id }, null);
  return contextEntity({
    scope,
    scalars: settings.scalars,
    table: change.table,
    id: change.id,
    values,
    formattedFor: change.message === "Create" ? change.after : null,
    image: false,
  });
}

function presentIn(row: Row | null): RowValues {
  return Object.fromEntries(Object.entries(row?.values ?? {}).filter(([, value]) => value !== null));
}

/** The images of one moment. A created row has no pre image, a deleted one no post image. */
function images(call: StepCall, moment: "pre" | "post"): readonly Json[] {
  const { change, step } = call;
  const row = moment === "pre" ? change.before : change.after;
  if (!row) return [];
  const primary: readonly StepImage[] =
    (moment === "post") === (change.after !== null)
      ? [
          {
            alias: PRIMARY_NAME_IMAGE,
            pre: false,
            post: true,
            columns: [change.table.nameColumn, change.table.idColumn],
          },
        ]
      : [];
  const wanted = step.images.filter((image) => image[moment]);
  return [...primary, ...wanted].map((image) => ({ key: image.alias, value: imageOf(call, row, image) }));
}

function imageOf({ change, scope, settings }: StepCall, row: Row, image: StepImage): Json {
  const present = presentIn(row);
  const names = image.columns ?? Object.keys(present);
  const values = Object.fromEntries(
    names.flatMap((name) => (Object.hasOwn(present, name) ? [[name, present[name] ?? null]] : [])),
  );
  return contextEntity({
    scope,
    scalars: settings.scalars,
    table: change.table,
    id: row.id,
    values,
    formattedFor: image.alias === PRIMARY_NAME_IMAGE ? null : row,
    image: true,
  });
}
