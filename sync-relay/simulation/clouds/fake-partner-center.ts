// Partner Center in memory, for tests of what stands above the port: referrals with versions, a list index that may lag
// behind, people and Microsoft who change things, and faults on demand. It keeps the contract that every PartnerCenter
// keeps (contract/partner-center-contract), so that what is proved with it holds for the real one.

import { RelayError } from "../../src/core/errors";
import type { ErrorCode, ErrorDetails } from "../../src/core/errors";
import { atPath, withPath } from "../../src/core/json";
import type { Json, JsonObject } from "../../src/core/json";
import { must } from "../../src/core/must";
import { MICROSOFT_ORGANIZATION } from "../../src/core/referral";
import type { PatchOperation, Referral } from "../../src/core/referral";
import type { PartnerCenter, ReferralWrite } from "../../src/ports/partner-center";
import { asReferral } from "./fake-referral";
import { isPatchable, mayBecome } from "./patch-rules";

export const FAKE_ORGANIZATION = "7d23e5ca-19dc-4eaa-aac8-5e6b559f0d1d";
export const FAKE_OTHER_ORGANIZATION = "0e9bd1d3-6a0f-44a7-8a2c-6a1a0c4fbb11";

export type FakeOperation = "read" | "list" | "create" | "patch";

/** Strikes the next calls of an operation. */
export interface FakeFault {
  readonly on: FakeOperation;
  /**
   * `before-effect`: CS-1101 and nothing happened; `after-effect`: CS-1101 although it happened; `throttled`: CS-1102;
   * `unauthorized`: CS-1105; `stale`: the version moves on just before a patch.
   */
  readonly kind: "before-effect" | "after-effect" | "throttled" | "unauthorized" | "stale";
  /** How many calls it strikes; one by default. */
  readonly times?: number;
}

/** Who changed a referral. */
export type FakeActor = "relay" | "person" | "microsoft";

export interface FakePartnerCenter extends PartnerCenter {
  /** Calls so far, struck ones included. */
  readonly calls: Readonly<Record<FakeOperation, number>>;
  /** Request ids of all creates, in order. */
  readonly requestIds: readonly string[];
  all(): readonly Referral[];
  get(referralId: string): Referral | undefined;
  /** A person makes a deal in the portal, or Microsoft sends one (`invitedBy` msft in the content). */
  add(content?: JsonObject): Referral;
  /** A person or Microsoft changes a referral; values by dotted path. */
  edit(referralId: string, changes: Readonly<Record<string, Json>>, actor?: FakeActor): Referral;
  /** Microsoft accepts its referral of the engagement and gives it its CRM id. */
  microsoftAccepts(engagementId: string, microsoftCrmId?: string): Referral;
  /** A referral of another partner. */
  addForeign(): Referral;
  remove(referralId: string): void;
  fail(fault: FakeFault): void;
  /** How far lists lag behind; 0 by default. */
  setIndexLag(lagMs: number): void;
  onChange(listener: (referral: Referral, actor: FakeActor) => void): void;
}

interface Version {
  readonly atMs: number;
  readonly referral: Referral;
}

interface State {
  readonly now: () => number;
  /** All versions of each referral, oldest first. */
  readonly versions: Map<string, Version[]>;
  readonly calls: Record<FakeOperation, number>;
  readonly requestIds: string[];
  readonly listeners: ((referral: Referral, actor: FakeActor) => void)[];
  readonly faults: FakeFault[];
  indexLagMs: number;
  counter: number;
}

export function createFakePartnerCenter(options: { readonly now?: () => number } = {}): FakePartnerCenter {
  const calls = { read: 0, list: 0, create: 0, patch: 0 };
  const versions = new Map<string, Version[]>();
  const start = { versions, calls, requestIds: [], listeners: [], faults: [], indexLagMs: 0, counter: 0 };
  const state: State = { ...start, now: options.now ?? Date.now };
  return { ...portOf(state), ...actorsOf(state), calls, requestIds: state.requestIds };
}

function portOf(state: State): PartnerCenter {
  return {
    read: (referralId) =>
      struck(state, "read", () => {
        const referral = newest(state, referralId);
        if (referral === undefined) return { kind: "missing" };
        return isVisible(referral) ? { kind: "found", referral } : { kind: "forbidden" };
      }),
    listEngagement: (engagementId) =>
      struck(state, "list", () => indexed(state).filter((referral) => referral.engagementId === engagementId)),
    listChangedSince: (sinceMs) =>
      struck(state, "list", () =>
        indexed(state)
          .filter(({ updatedAt }) => Date.parse(updatedAt) >= sinceMs)
          .sort((a, b) => Date.parse(a.updatedAt) - Date.parse(b.updatedAt)),
      ),
    create: (payload, request) => {
      state.requestIds.push(request.requestId);
      return struck(state, "create", () => createFrom(state, payload));
    },
    patch: (referralId, operations, { eTag }) =>
      struck(state, "patch", () => patched(state, { referralId, operations, eTag })),
  };
}

function actorsOf(state: State): Omit<FakePartnerCenter, keyof PartnerCenter | "calls" | "requestIds"> {
  const edit: FakePartnerCenter["edit"] = (referralId, changes, actor = "person") => {
    const before = must(newest(state, referralId), `no referral ${referralId}`);
    return save(state, withChanges(before.json, changes), actor);
  };
  return {
    all: () => [...state.versions.keys()].map((id) => must(newest(state, id), "every referral has a version")),
    get: (referralId) => newest(state, referralId),
    add: (content = {}) => save(state, fresh(state, { organizationId: FAKE_ORGANIZATION, ...content }), "person"),
    edit,
    microsoftAccepts: (engagementId, microsoftCrmId = "7-FAKE000001") => {
      const referrals = [...state.versions.keys()].map((id) => newest(state, id));
      const found = referrals.find(
        (referral) => referral?.engagementId === engagementId && referral.organizationId === MICROSOFT_ORGANIZATION,
      );
      const accepted = { status: "Active", substatus: "Accepted", "trackingInfo.microsoftMsxId": microsoftCrmId };
      return edit(must(found, "Microsoft is not part of the engagement").id, accepted, "microsoft");
    },
    addForeign: () => save(state, fresh(state, { organizationId: FAKE_OTHER_ORGANIZATION }), "person"),
    remove: (referralId) => {
      state.versions.delete(referralId);
    },
    fail: (fault) => {
      state.faults.push(...Array.from({ length: fault.times ?? 1 }, () => fault));
    },
    setIndexLag: (lagMs) => {
      state.indexLagMs = lagMs;
    },
    onChange: (listener) => {
      state.listeners.push(listener);
    },
  };
}

/** Runs an operation, unless or although a fault strikes it. */
function struck<T>(state: State, on: FakeOperation, work: () => T): Promise<T> {
  return new Promise((resolve) => {
    state.calls[on] += 1;
    const position = state.faults.findIndex((candidate) => candidate.on === on);
    const [fault] = position === -1 ? [] : state.faults.splice(position, 1);
    strikeBefore(state, on, fault);
    const answer = work();
    if (fault?.kind === "after-effect") throw failure("CS-1101", { inDoubt: isWrite(on) });
    resolve(answer);
  });
}

function strikeBefore(state: State, on: FakeOperation, fault: FakeFault | undefined): void {
  switch (fault?.kind) {
    case "before-effect":
      throw failure("CS-1101", { inDoubt: isWrite(on) });
    case "throttled":
      throw failure("CS-1102", { retryAfterMs: 57_000, httpStatus: 429 });
    case "unauthorized":
      throw failure("CS-1105", { httpStatus: 401 });
    case "stale":
      for (const id of state.versions.keys()) touch(state, id);
      return;
    case "after-effect":
    case undefined:
      return;
  }
}

function isWrite(on: FakeOperation): boolean {
  return on === "create" || on === "patch";
}

function createFrom(state: State, payload: JsonObject): Referral {
  const required = ["type", "customerProfile", "consent", "details"];
  if (required.some((key) => payload[key] === undefined)) throw failure("CS-1104", { httpStatus: 400 });
  const engagementId = payload["engagementId"];
  const invites = atPath(payload, "target.0.id") === MICROSOFT_ORGANIZATION;
  const known = [...state.versions.keys()].some((id) => newest(state, id)?.engagementId === engagementId);
  if ((invites || engagementId !== undefined) && !known) throw failure("CS-1104", { httpStatus: 400 });
  const placed = invites
    ? { organizationId: MICROSOFT_ORGANIZATION, status: "New", substatus: "Pending" }
    : { organizationId: FAKE_ORGANIZATION, status: "Active", substatus: "Accepted" };
  return save(state, fresh(state, { ...payload, ...placed }), "relay");
}

interface Patch {
  readonly referralId: string;
  readonly operations: readonly PatchOperation[];
  readonly eTag: string;
}

function patched(state: State, { referralId, operations, eTag }: Patch): ReferralWrite {
  const before = newest(state, referralId);
  if (before === undefined) return { kind: "missing" };
  if (!isVisible(before) || before.organizationId === MICROSOFT_ORGANIZATION) return { kind: "forbidden" };
  if (before.eTag !== eTag) return { kind: "stale" };
  const after = operations.reduce<JsonObject>(
    (json, { path, value }) => withPath(json, path.slice(1).replaceAll("/", "."), value),
    before.json,
  );
  const legal = operations.every(({ path }) => isPatchable(path)) && mayBecome(before, after);
  if (!legal) throw failure("CS-1104", { httpStatus: 400, upstreamCode: "invalidRequest" });
  return { kind: "written", referral: save(state, after, "relay") };
}

function fresh(state: State, content: JsonObject): JsonObject {
  const stamp = stampOf(state);
  return {
    engagementId: guid(state, "e"),
    name: "A deal",
    externalReferenceId: null,
    status: "New",
    substatus: "Pending",
    type: "Shared",
    qualification: "SalesQualified",
    customerProfile: { name: "Fabrikam", team: [] },
    consent: {},
    details: {},
    ...content,
    id: guid(state, "f"),
    createdDateTime: stamp,
  };
}

function withChanges(json: JsonObject, changes: Readonly<Record<string, Json>>): JsonObject {
  return Object.entries(changes).reduce((copy, [path, value]) => withPath(copy, path, value), json);
}

/** Gives a referral a new version without changing it. */
function touch(state: State, referralId: string): void {
  const before = newest(state, referralId);
  if (before !== undefined) save(state, before.json, "microsoft");
}

function save(state: State, json: JsonObject, actor: FakeActor): Referral {
  state.counter += 1;
  const stamped = { ...json, updatedDateTime: stampOf(state), eTag: `"${hex(state.counter)}-0000-0800-0000-00000000"` };
  const referral = asReferral(stamped);
  const versions = state.versions.get(referral.id) ?? [];
  versions.push({ atMs: state.now(), referral });
  state.versions.set(referral.id, versions);
  for (const listener of state.listeners) listener(referral, actor);
  return referral;
}

function newest(state: State, referralId: string): Referral | undefined {
  return state.versions.get(referralId)?.at(-1)?.referral;
}

/** Referrals as the list index knows them: those it has seen, as they were when it looked. */
function indexed(state: State): Referral[] {
  const upToMs = state.now() - state.indexLagMs;
  return [...state.versions.values()].flatMap((versions) => {
    const seen = versions.findLast(({ atMs }) => atMs <= upToMs)?.referral;
    return seen !== undefined && isVisible(seen) ? [seen] : [];
  });
}

function isVisible(referral: Referral): boolean {
  return referral.organizationId !== FAKE_OTHER_ORGANIZATION;
}

/** Times have seven digits, as the real ones. */
function stampOf(state: State): string {
  return new Date(state.now()).toISOString().replace("Z", "0000Z");
}

function guid(state: State, prefix: string): string {
  state.counter += 1;
  return `${prefix.repeat(8)}-0000-4000-8000-${hex(state.counter).padStart(12, "0")}`;
}

function hex(count: number): string {
  return count.toString(16).padStart(8, "0");
}

function failure(code: ErrorCode, details: ErrorDetails): RelayError {
  return new RelayError(code, details);
}
