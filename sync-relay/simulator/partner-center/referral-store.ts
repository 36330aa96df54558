// All referrals of the simulated service, of every organisation. Each write gets new stamps and tells the listeners;
// older versions are kept as long as the list index may still show them.

import type { JsonObject } from "../../src/core/json";
import { textOf } from "./json-text";
import type { Author, ReferralDraft, ReferralResource } from "./referral-resource";
import type { ServerStamps } from "./server-stamps";

export interface ReferralChange {
  readonly kind: "created" | "updated";
  readonly referral: ReferralResource;
  readonly by: Author;
}

export interface ReferralStore {
  readonly get: (id: string) => ReferralResource | undefined;
  readonly all: () => readonly ReferralResource[];
  /** What the list index shows when it is `lagMs` old. */
  indexed(lagMs: number): readonly ReferralResource[];
  readonly ofEngagement: (engagementId: string) => readonly ReferralResource[];
  create(draft: ReferralDraft, by: Author): ReferralResource;
  /** Replaces a referral's content; the server's own fields stay. */
  update(id: string, content: JsonObject, by: Author): ReferralResource;
  /** Gives a referral a new eTag without any change, as the live service was seen to do. */
  readonly drift: (id: string) => void;
  onChange(listener: (change: ReferralChange) => void): void;
}

interface Version {
  readonly atMs: number;
  readonly referral: ReferralResource;
}

export function createReferralStore(stamps: ServerStamps, keepVersionsMs: () => number): ReferralStore {
  const versions = new Map<string, readonly Version[]>();
  const engagements = new Map<string, Set<string>>();
  const listeners: ((change: ReferralChange) => void)[] = [];

  const get = (id: string) => versions.get(id)?.at(-1)?.referral;
  const put = (referral: ReferralResource) => {
    const nowMs = stamps.nowMs();
    const older = trimmed(versions.get(referral.id) ?? [], nowMs - keepVersionsMs());
    versions.set(referral.id, [...older, { atMs: nowMs, referral }]);
    const members = engagements.get(referral.engagementId) ?? new Set();
    engagements.set(referral.engagementId, members.add(referral.id));
  };
  const tell = (change: ReferralChange) => {
    for (const listener of listeners) listener(change);
    return change.referral;
  };
  const existing = (id: string) => {
    const referral = get(id);
    if (referral === undefined) throw new Error(`no referral ${id}`);
    return referral;
  };

  return {
    get,
    all: () => [...versions.keys()].map(existing),
    indexed: (lagMs) => (lagMs === 0 ? [...versions.keys()].map(existing) : asOf(versions, stamps.nowMs() - lagMs)),
    ofEngagement: (engagementId) => [...(engagements.get(engagementId) ?? [])].map(existing),
    create(draft, by) {
      const { date, eTag } = stamps.next();
      const accepted = draft.status === "Active" ? { acceptedDateTime: date } : {};
      const referral = { createdDateTime: date, ...draft, ...accepted, updatedDateTime: date, eTag };
      put(referral);
      return tell({ kind: "created", referral, by });
    },
    update(id, content, by) {
      const before = existing(id);
      const { date, eTag } = stamps.next();
      const { engagementId, organizationId, createdDateTime } = before;
      const own = { id, engagementId, organizationId, createdDateTime, updatedDateTime: date, eTag };
      const status = textOf(content["status"]) || before.status;
      const substatus = textOf(content["substatus"]) || before.substatus;
      const referral = { ...content, ...own, status, substatus };
      put(referral);
      return tell({ kind: "updated", referral, by });
    },
    drift(id) {
      put({ ...existing(id), eTag: stamps.next().eTag });
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

/** The versions that an index of that age may still need: those after it, and the last one before. */
function trimmed(versions: readonly Version[], sinceMs: number): readonly Version[] {
  const needed = versions.findLastIndex((version) => version.atMs <= sinceMs);
  return versions.slice(Math.max(0, needed));
}

function asOf(versions: ReadonlyMap<string, readonly Version[]>, atMs: number): ReferralResource[] {
  return [...versions.values()].flatMap((list) => list.findLast((version) => version.atMs <= atMs)?.referral ?? []);
}
