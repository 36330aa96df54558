// The referrals API behind the PartnerCenter port. Expected outcomes (not found, not ours, somebody wrote first) are
// values; everything else is a RelayError that says whether a write may have happened.

import { RelayError } from "../../core/errors";
import type { JsonObject } from "../../core/json";
import type { PatchOperation, Referral } from "../../core/referral";
import type { PartnerCenter, PatchCondition, ReferralRead, ReferralWrite } from "../../ports/partner-center";
import { createApiClient } from "./api-client";
import type { ApiAnswer, ApiClient, ApiClientOptions } from "./api-client";
import { apiRoot } from "./api-root";
import { findCreated } from "./find-created";
import { describeRefusal, detailsOf } from "./refusals";
import { referralFromJson } from "./referral-json";
import { listReferrals } from "./referral-pages";
import { parseWireJson } from "./wire-json";

export interface PartnerCenterOptions extends ApiClientOptions {
  /** Root of the API, e.g. `https://api.partner.microsoft.com`; plain http only for an address of this machine. */
  readonly baseUrl: string;
}

const COLLECTION = "/v1.0/engagements/referrals";

/** What every call of the adapter needs. */
interface Access {
  readonly options: PartnerCenterOptions;
  readonly client: ApiClient;
  readonly url: string;
}

/** Partner Center's referrals over HTTP. */
export function createPartnerCenter(options: PartnerCenterOptions): PartnerCenter {
  const url = apiRoot(options.baseUrl) + COLLECTION;
  const access: Access = { options, client: createApiClient(options), url };
  return {
    read: (referralId, correlationId) => read(access, referralId, correlationId),
    listEngagement: (engagementId, correlationId) => listEngagement(access, engagementId, correlationId),
    listChangedSince: (sinceMs, correlationId) => listChangedSince(access, sinceMs, correlationId),
    create: (payload, request) => create(access, payload, request),
    patch: (referralId, operations, condition) => patch(access, { referralId, operations, condition }),
  };
}

async function read(access: Access, referralId: string, correlationId: string): Promise<ReferralRead> {
  const url = addressOf(access, referralId);
  const answer = await access.client.send({ op: "read", method: "GET", url, correlationId });
  const missing = absence(answer);
  if (missing !== undefined) return missing;
  if (answer.status >= 300) throw refused(answer);
  const referral = referralIn(answer);
  if (referral === undefined) throw new RelayError("CS-1106", { httpStatus: answer.status });
  return { kind: "found", referral };
}

async function listEngagement(
  access: Access,
  engagementId: string,
  correlationId: string,
): Promise<readonly Referral[]> {
  const query = new URLSearchParams({ $filter: `engagementId eq '${engagementId.replaceAll("'", "''")}'` });
  return listReferrals(access.client, access.options.log, { url: access.url, query, op: "list", correlationId });
}

async function listChangedSince(access: Access, sinceMs: number, correlationId: string): Promise<readonly Referral[]> {
  const query = new URLSearchParams({
    $filter: `updatedDateTime ge ${new Date(sinceMs).toISOString()}`,
    $orderby: "updatedDateTime asc",
  });
  const list = { url: access.url, query, op: "list", correlationId };
  const referrals = await listReferrals(access.client, access.options.log, list);
  // The order is a promise of the port, and pages may overlap.
  return [...referrals].sort((a, b) => Date.parse(a.updatedAt) - Date.parse(b.updatedAt));
}

async function create(
  access: Access,
  payload: JsonObject,
  request: { readonly requestId: string; readonly correlationId: string },
): Promise<Referral> {
  const startedAtMs = access.options.clock.now();
  const body = JSON.stringify(payload);
  const answer = await access.client.send({ op: "create", method: "POST", url: access.url, body, ...request });
  if (answer.status === 403) throw new RelayError("CS-1105", detailsOf(403, describeRefusal(answer.text)));
  if (answer.status >= 300) throw refused(answer);
  const referral = referralIn(answer) ?? (await foundByList(access, payload, { ...request, startedAtMs }));
  if (referral === undefined) throw new RelayError("CS-1106", { httpStatus: answer.status, inDoubt: true });
  return referral;
}

/** The server said yes and not what it made. A failure of the look-up leaves the create in doubt. */
async function foundByList(
  access: Access,
  payload: JsonObject,
  request: { readonly correlationId: string; readonly startedAtMs: number },
): Promise<Referral | undefined> {
  const { correlationId, startedAtMs } = request;
  return whileWritten(() =>
    findCreated(
      {
        listEngagement: (engagementId) => listEngagement(access, engagementId, correlationId),
        listChangedSince: (sinceMs) => listChangedSince(access, sinceMs, correlationId),
      },
      { payload, startedAtMs },
    ),
  );
}

interface PatchRequest {
  readonly referralId: string;
  readonly operations: readonly PatchOperation[];
  readonly condition: PatchCondition;
}

async function patch(access: Access, request: PatchRequest): Promise<ReferralWrite> {
  const { eTag, correlationId } = request.condition;
  // Without a version the server would not compare anything; the caller reads and comes back with one.
  if (eTag === "") return { kind: "stale" };
  const answer = await access.client.send({
    op: "patch",
    method: "PATCH",
    url: addressOf(access, request.referralId),
    correlationId,
    headers: { "If-Match": eTag, Prefer: "return=representation" },
    body: JSON.stringify(request.operations),
  });
  if (answer.status === 412) return { kind: "stale" };
  if (answer.status === 409) return conflictOf(access, request, answer);
  const missing = absence(answer);
  if (missing !== undefined) return missing;
  if (answer.status >= 300) throw refused(answer);
  const referral = referralIn(answer);
  if (referral !== undefined) return { kind: "written", referral };
  return whileWritten(async () => {
    const after = await read(access, request.referralId, correlationId);
    return after.kind === "found" ? { kind: "written", referral: after.referral } : after;
  });
}

/** A 409 may mean another version or a change that is never possible; the version the referral has now decides. */
async function conflictOf(access: Access, request: PatchRequest, answer: ApiAnswer): Promise<ReferralWrite> {
  const { eTag, correlationId } = request.condition;
  const now = await read(access, request.referralId, correlationId);
  if (now.kind !== "found") return now;
  if (now.referral.eTag === eTag) throw refused(answer);
  return { kind: "stale" };
}

/** Work after a write that took effect: its failure must not look as if nothing had happened. */
async function whileWritten<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof RelayError) throw new RelayError(thrown.code, { ...thrown.details, inDoubt: true });
    throw thrown;
  }
}

function addressOf(access: Access, referralId: string): string {
  return `${access.url}/${encodeURIComponent(referralId)}`;
}

/** A referral with its version. Without one it could not be written, so such an answer is not understood. */
function referralIn(answer: ApiAnswer): Referral | undefined {
  const referral = referralFromJson(parseWireJson(answer.text), answer.eTag);
  return referral?.eTag === "" ? undefined : referral;
}

function absence(answer: ApiAnswer): { readonly kind: "missing" | "forbidden" } | undefined {
  if (answer.status === 404 || answer.status === 410) return { kind: "missing" };
  return answer.status === 403 ? { kind: "forbidden" } : undefined;
}

function refused(answer: ApiAnswer): RelayError {
  return new RelayError("CS-1104", detailsOf(answer.status, describeRefusal(answer.text)));
}
