import { randomUUID } from "node:crypto";
import { badRequest, DataverseError } from "../dataverse-error";
import type { Environment } from "../environment";
import { isGuid } from "../rows/row";
import type { WriteContext } from "../rows/row-writer";
import type { ApiRequest } from "./api-message";
import type { ResourceAddress } from "./resource-path";

const STEP_IDS = "mscrm.bypassbusinesslogicexecutionstepids";
const KINDS = "mscrm.bypassbusinesslogicexecution";

/** Most step ids that one request may bypass, as an organisation is set by default. */
const MAX_BYPASSED_STEPS = 3;

/** Who writes, under which tag, and which steps stay out. */
export function writeContext(environment: Environment, request: ApiRequest, address: ResourceAddress): WriteContext {
  return {
    userId: request.userId,
    tag: address.query.get("tag") ?? null,
    bypassedSteps: bypassedSteps(environment, request),
    correlationId: randomUUID(),
    requestId: randomUUID(),
    announce: true,
  };
}

function bypassedSteps(environment: Environment, request: ApiRequest): readonly string[] | "all" {
  const ids = request.headers.get(STEP_IDS);
  const kinds = request.headers.get(KINDS);
  if (ids === undefined && kinds === undefined) return [];
  if (!environment.settings.canBypassSteps) {
    throw new DataverseError({
      status: 403,
      code: "missingPrivilege",
      message: "The user lacks the privilege prvBypassCustomBusinessLogic.",
    });
  }
  if (kinds?.toLowerCase().includes("customasync")) return "all";
  const list = (ids ?? "")
    .split(",")
    .map((id) => id.trim().toLowerCase())
    .filter((id) => id !== "");
  if (list.length > MAX_BYPASSED_STEPS || !list.every(isGuid)) {
    throw badRequest(`At most ${MAX_BYPASSED_STEPS} step ids can be bypassed.`);
  }
  return list;
}
