import type { JsonObject } from "../core/json";
import type { PatchOperation, Referral } from "../core/referral";

/** Partner Center's referrals. Transport failures are thrown as RelayError (`inDoubt` when a write may have happened). */
export interface PartnerCenter {
  read(referralId: string, correlationId: string): Promise<ReferralRead>;
  /** All referrals of one engagement that the partner may see (its own and Microsoft's). */
  listEngagement(engagementId: string, correlationId: string): Promise<readonly Referral[]>;
  /** Referrals with `updatedDateTime` at or after the time, oldest first; pages are followed. May lag behind writes. */
  listChangedSince(sinceMs: number, correlationId: string): Promise<readonly Referral[]>;
  /** Creates a referral. The same `requestId` is sent on a retry, but the server may not honour it. */
  create(
    payload: JsonObject,
    request: { readonly requestId: string; readonly correlationId: string },
  ): Promise<Referral>;
  /** Updates a referral, provided the eTag is still current. */
  patch(referralId: string, operations: readonly PatchOperation[], condition: PatchCondition): Promise<ReferralWrite>;
}

export interface PatchCondition {
  readonly eTag: string;
  readonly correlationId: string;
}

export type ReferralRead =
  | { readonly kind: "found"; readonly referral: Referral }
  /** 404 or 410. */
  | { readonly kind: "missing" }
  /** 403: it belongs to somebody else, or the user may not see it. */
  | { readonly kind: "forbidden" };

export type ReferralWrite =
  /** The referral as it is after the write. */
  | { readonly kind: "written"; readonly referral: Referral }
  | { readonly kind: "stale" }
  | { readonly kind: "missing" }
  | { readonly kind: "forbidden" };
