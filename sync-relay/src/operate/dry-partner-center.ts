import { atPath, withPath, type Json, type JsonObject } from "../core/json";
import type { PatchOperation, Referral } from "../core/referral";
import type { SyncParts } from "../pipeline/sync-parts";
import type { PartnerCenter } from "../ports/partner-center";
import type { DryWrite } from "./dry-run";

/** Partner Center as it is, with the writes of this run laid over it instead of made. */
export function dryPartnerCenter(
  { partnerCenter, random, clock }: Pick<SyncParts, "partnerCenter" | "random" | "clock">,
  note: (write: DryWrite) => void,
): PartnerCenter {
  const written = new Map<string, Referral>();
  const read: PartnerCenter["read"] = async (id, correlationId) => {
    const known = written.get(id);
    return known === undefined ? partnerCenter.read(id, correlationId) : { kind: "found", referral: known };
  };
  return {
    read,
    listChangedSince: (sinceMs, correlationId) => partnerCenter.listChangedSince(sinceMs, correlationId),
    listEngagement: (id, correlationId) => partnerCenter.listEngagement(id, correlationId),
    create(payload) {
      note({ kind: "create-referral", payload });
      const referral = createdFrom(payload, { random, nowMs: clock.now() });
      written.set(referral.id, referral);
      return Promise.resolve(referral);
    },
    async patch(id, operations, { eTag, correlationId }) {
      const before = await read(id, correlationId);
      if (before.kind !== "found") return before;
      if (before.referral.eTag !== eTag) return { kind: "stale" };
      note({ kind: "patch-referral", id, before: before.referral.json, operations });
      const referral = patched(before.referral, operations);
      written.set(id, referral);
      return { kind: "written", referral };
    },
  };
}

function patched(referral: Referral, operations: readonly PatchOperation[]): Referral {
  const json = operations.reduce((all, { path, value }) => withPath(all, dotted(path), value), referral.json);
  const now = (path: string, before: string | null): string | null => textAt(json, path) ?? before;
  return {
    ...referral,
    json,
    eTag: `${referral.eTag} dry`,
    status: now("status", referral.status) ?? referral.status,
    substatus: now("substatus", referral.substatus) ?? referral.substatus,
    statusReason: now("statusReason", referral.statusReason),
    externalReferenceId: now("externalReferenceId", referral.externalReferenceId),
  };
}

/** `/details/dealValue` as the core writes it. */
function dotted(path: string): string {
  return path.slice(1).replaceAll("/", ".");
}

/** The referral that Partner Center would most likely answer with. */
function createdFrom(
  payload: JsonObject,
  given: { readonly random: SyncParts["random"]; readonly nowMs: number },
): Referral {
  const id = given.random.uuid();
  const at = new Date(given.nowMs).toISOString();
  const toMicrosoft = textAt(payload, "target.0.id") === "msft";
  return {
    id,
    engagementId: textAt(payload, "engagementId") ?? given.random.uuid(),
    organizationId: toMicrosoft ? "msft" : null,
    eTag: '"dry"',
    createdAt: at,
    updatedAt: at,
    expiresAt: null,
    status: toMicrosoft ? "New" : "Active",
    substatus: toMicrosoft ? "Pending" : "Accepted",
    statusReason: null,
    type: textAt(payload, "type"),
    qualification: textAt(payload, "qualification"),
    externalReferenceId: textAt(payload, "externalReferenceId"),
    invitedBy: null,
    helpCode: textAt(payload, "inviteContext.assistanceRequestCode"),
    microsoftCrmId: null,
    json: { ...payload, id },
  };
}

function textAt(json: Json, path: string): string | null {
  const value = atPath(json, path);
  return typeof value === "string" ? value : null;
}
