import type { Language } from "../../../solution/schema/labels";
import type { FieldMap } from "../core/mapping/field-map";
import type { CoSellPosts } from "../core/new-referral";
import type { Clock, Random } from "../ports/clock";
import type { Crm } from "../ports/crm";
import type { Log } from "../ports/log";
import type { Metrics } from "../ports/metrics";
import type { PairStore } from "../ports/pair-store";
import type { PartnerCenter } from "../ports/partner-center";
import type { Verified, WebhookRequest } from "../ports/webhook-source";
import type { WorkQueue } from "../ports/work-queue";

/** Choices of the admin that change what the relay does. */
export interface SyncRules {
  /** Language of messages and audit lines on the opportunity. */
  readonly language: Language;
  /** Link to a referral for people; `{referralId}` is replaced. */
  readonly linkTemplate: string;
  readonly coSellPosts: CoSellPosts;
  /** Whether referrals that are leads, not co-sell deals, become opportunities too. */
  readonly syncLeads: boolean;
  /** How long a create in doubt waits before it is sent again, milliseconds (W of the create protocol). */
  readonly quarantineMs: number;
  /** Runs that may fail in a row before a pair becomes a dead letter. */
  readonly maxAttempts: number;
}

/** Everything that a run needs from outside. */
export interface SyncParts {
  readonly crm: Crm;
  readonly partnerCenter: PartnerCenter;
  readonly queue: WorkQueue;
  readonly pairs: PairStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly map: FieldMap;
  readonly rules: SyncRules;
  /** Checks an event that was stored before its signature could be checked. */
  readonly verifyStored: (request: WebhookRequest) => Promise<Verified>;
}
