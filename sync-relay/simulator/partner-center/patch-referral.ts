// Applies a PATCH body: an array of replace and add operations on a fixed list of paths, all or nothing.

import { atPath, isJsonObject, withPath, type Json, type JsonObject } from "../../src/core/json";
import { errorOfStatus, invalidRequest, type ApiError } from "./api-error";
import { canonicalised } from "./canonical-values";
import { textOf } from "./json-text";
import type { PartnerCenterSettings } from "./partner-center-settings";
import { storedValue } from "./patch-values";
import type { ReferralResource } from "./referral-resource";
import { statusDates, statusObjection } from "./status-rules";

/** The paths that Microsoft's own connector offers. */
export const PATCH_PATHS: readonly string[] = [
  "/campaignId",
  "/consent/consentToShareReferralWithMicrosoftSellers",
  "/customerProfile/team",
  "/customerProfile/team/-",
  "/details/closingDateTime",
  "/details/currency",
  "/details/dealValue",
  "/details/notes",
  "/details/requirements/solutions",
  "/details/requirements/solutions/-",
  "/externalReferenceId",
  "/referralProgram",
  "/salesStage",
  "/status",
  "/substatus",
  "/statusReason",
  "/team",
  "/team/-",
];

export type Patched = { readonly kind: "patched"; readonly content: JsonObject } | ApiError;

interface Operation {
  readonly op: "replace" | "add";
  readonly path: string;
  readonly value: Json;
}

export interface PatchContext {
  readonly settings: PartnerCenterSettings;
  readonly now: string;
}

export function patchReferral(before: ReferralResource, body: unknown, context: PatchContext): Patched {
  const { settings } = context;
  if (!Array.isArray(body) || body.length === 0) return invalidRequest("The body is not a list of operations.");
  if (before.status === "Closed") return errorOfStatus(settings.closedReferralStatus, "The referral is closed.");
  let content: JsonObject = before;
  for (const entry of body as readonly Json[]) {
    const operation = parseOperation(entry, settings);
    if (operation.kind === "error") return operation;
    const applied = applyOperation(content, operation.operation);
    if (applied.kind === "error") return applied;
    content = applied.content;
  }
  return checked(before, content, context);
}

type Parsed = { readonly kind: "operation"; readonly operation: Operation } | ApiError;

function parseOperation(entry: Json, settings: PartnerCenterSettings): Parsed {
  if (!isJsonObject(entry)) return invalidRequest("An operation is not an object.");
  const { op, value } = entry;
  const path = textOf(entry["path"]);
  if (op !== "replace" && op !== "add") return invalidRequest("Only 'replace' and 'add' are supported.", "op");
  if (!isPatchable(path, settings)) return invalidRequest(`The path '${path}' cannot be updated.`, path);
  if (value === undefined) return invalidRequest("An operation has no value.", path);
  if (op === "replace" && path.endsWith("/-")) return invalidRequest("Only 'add' can append.", path);
  return { kind: "operation", operation: { op, path, value } };
}

function isPatchable(path: string, settings: PartnerCenterSettings): boolean {
  return PATCH_PATHS.includes(path) || (settings.acceptsNamePatch && path === "/name");
}

function applyOperation(content: JsonObject, { path, value }: Operation): Patched {
  const stored = storedValue(path, value);
  if (stored === undefined) return invalidRequest(`The value of '${path}' is not valid.`, path);
  const dotted = path.slice(1).replaceAll("/", ".");
  if (!dotted.endsWith(".-")) return { kind: "patched", content: withPath(content, dotted, stored) };
  const listPath = dotted.slice(0, -2);
  const list = atPath(content, listPath);
  const items = Array.isArray(list) ? (list as readonly Json[]) : [];
  return { kind: "patched", content: withPath(content, listPath, [...items, stored]) };
}

function checked(before: ReferralResource, content: JsonObject, { settings, now }: PatchContext): Patched {
  const to = { status: textOf(content["status"]), substatus: textOf(content["substatus"]) };
  // What stands there already may be a status of a later version; only what is sent must fit.
  const isMoved = to.status !== before.status || to.substatus !== before.substatus;
  const objection = isMoved ? statusObjection(before, to, settings.acceptsErrorSubstatus) : null;
  if (objection !== null) return invalidRequest(objection, "status");
  const frozen = frozenObjection(before, content, settings);
  if (frozen !== null) return frozen;
  const dated = { ...content, ...statusDates(before, to, now) };
  return { kind: "patched", content: canonicalised(dated, settings.canonicalises) };
}

const SHARED = "consent.consentToShareReferralWithMicrosoftSellers";

function frozenObjection(before: JsonObject, after: JsonObject, settings: PartnerCenterSettings): ApiError | null {
  const wasShared = atPath(before, SHARED) === true;
  if (!wasShared) return null;
  if (!settings.sharingRevocable && atPath(after, SHARED) !== true) {
    return invalidRequest("Sharing with Microsoft cannot be taken back.", SHARED);
  }
  const contacts = (referral: JsonObject) => JSON.stringify(atPath(referral, "customerProfile.team"));
  if (settings.freezesSharedContact && contacts(before) !== contacts(after)) {
    return invalidRequest("The customer contact of a shared referral cannot change.", "customerProfile.team");
  }
  return null;
}
