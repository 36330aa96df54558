import { fc } from "../support/properties";
import { afterNothingFound, firstLookUpMs } from "../../sync-relay/src/core/create-doubt";
import { isEcho } from "../../sync-relay/src/core/echo";
import type { Json } from "../../sync-relay/src/core/json";
import type { CreateIntent } from "../../sync-relay/src/core/pair";
import { backoffMs } from "../../sync-relay/src/core/retry";
import { readShadow, writeShadow } from "../../sync-relay/src/core/shadow-state";
import { anEvent, anOpportunity, aPair, aReferral, MICROSOFT_REFERRAL_ID, REFERRAL_ID } from "../support/builders";

const linkedPair = aPair({
  referralId: REFERRAL_ID,
  crm: anOpportunity(),
  partnerCenter: aReferral({ updatedAt: "2026-11-01T10:00:00.1234567Z" }),
});
const referralEvent = (changedAt: string | null) =>
  anEvent({ source: "partner-center", kind: "referral-updated", recordId: REFERRAL_ID, changedAt });

test("[EC1] an event about the relay's own write to the CRM is an echo", () => {
  expect(isEcho(anEvent({ ownWrite: true }), linkedPair)).toBe(true);
  expect(isEcho(anEvent({ ownWrite: false }), linkedPair)).toBe(false);
  expect(isEcho(anEvent({ ownWrite: true }), aPair())).toBe(false);
});

test.each([
  ["2026-11-01T10:00:00.1234567+00:00", true],
  ["2026-11-01T10:00:00.1234566Z", true],
  ["2026-11-01T10:00:00.1234568Z", false],
  ["2026-11-01T10:00:01Z", false],
  ["2026-11-01T09:59:59Z", true],
])("[EC1] [EC2] a referral change at %s: echo %j", (changedAt, echo) => {
  expect(isEcho(referralEvent(changedAt), linkedPair)).toBe(echo);
});

test.each([null, "yesterday", "2026-11-01T10:00:00-05:00"])("[EC2] the time %j is never an echo", (changedAt) => {
  expect(isEcho(referralEvent(changedAt), linkedPair)).toBe(false);
});

test("[EC1] an event on Microsoft's referral is measured by what was last read of that one", () => {
  const pair = aPair({
    ...linkedPair,
    microsoftReferralId: MICROSOFT_REFERRAL_ID,
    microsoft: { updatedAt: "2026-11-02T00:00:00Z", crmId: null, shownStatus: "New / Pending" },
  });
  const related = anEvent({ kind: "related-referral-updated", recordId: MICROSOFT_REFERRAL_ID });
  expect(isEcho({ ...related, changedAt: "2026-11-02T00:00:00Z" }, pair)).toBe(true);
  expect(isEcho({ ...related, changedAt: "2026-11-02T00:00:01Z" }, pair)).toBe(false);
});

const json = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);
const memories = fc.dictionary(
  fc.string({ minLength: 1 }).filter((key) => key !== "__proto__"),
  fc.oneof(
    json.map((v) => ({ crm: v, partnerCenter: v, decided: v })),
    fc.record({ crm: json, partnerCenter: json, decided: json }),
  ),
);

test("[SH1] the shadow is read back as it was written", () => {
  fc.assert(
    fc.property(memories, (fields) => {
      const pair = aPair({ fields, helpSent: "GeneralOrOther", engagementId: "e", microsoftReferralId: null });
      expect(readShadow(writeShadow(pair, 1))).toEqual({
        fields: { ...fields },
        helpSent: "GeneralOrOther",
        engagementId: "e",
        microsoftReferralId: null,
      });
    }),
  );
});

test("[SH1] anything unreadable is not remembered", () => {
  for (const text of [null, "", "{", "[]", '"x"', '{"v":2}', "null"]) expect(readShadow(text)).toEqual({});
  expect(readShadow('{"v":1,"fields":{"a":7,"b":[]},"help":3}')).toMatchObject({ fields: {}, helpSent: null });
});

test("[SH2] fields that do not fit are left out, the longest first", () => {
  const long = "x".repeat(99_000);
  const memory = (value: string) => ({ crm: value, partnerCenter: value, decided: value });
  const text = writeShadow(
    aPair({ fields: { long: memory(long), other: memory("y".repeat(5_000)), short: memory("z") } }),
    Date.UTC(2026, 0),
  );
  expect(text.length).toBeLessThanOrEqual(100_000);
  expect(Object.keys(readShadow(text).fields ?? {}).sort()).toEqual(["other", "short"]);
});

const intent = (lookedUpAtMs: readonly number[]): CreateIntent => ({
  kind: "create-referral",
  requestId: "r",
  startedAtMs: 0,
  sentAtMs: 0,
  payload: {},
  values: {},
  lookedUpAtMs,
});
const W = 120_000;

test("[CR1] look-ups follow at 10, 30, 60 seconds and at the end of the quarantine", () => {
  expect(firstLookUpMs(0)).toBe(10_000);
  expect(afterNothingFound(intent([10_000]), 10_000, W)).toEqual({ kind: "wait", untilMs: 30_000 });
  expect(afterNothingFound(intent([10_000, 30_000]), 30_000, W)).toEqual({ kind: "wait", untilMs: 60_000 });
  expect(afterNothingFound(intent([10_000, 30_000, 60_000]), 60_000, W)).toEqual({ kind: "wait", untilMs: W });
});

test("[CR2] it is sent again after the quarantine and two look-ups far apart", () => {
  expect(afterNothingFound(intent([10_000, W]), W, W)).toEqual({ kind: "send-again" });
  expect(afterNothingFound(intent([W]), W, W)).toEqual({ kind: "wait", untilMs: W + 30_000 });
  expect(afterNothingFound(intent([10_000, 60_000]), 119_000, W)).toEqual({ kind: "wait", untilMs: W });
});

test("[CR2] a short quarantine is a minute, and none is the time to the first look-up", () => {
  expect([0, 1_000, 29_000, 60_000, W].map(sentAgainAt)).toEqual([10_000, 60_000, 60_000, 60_000, W]);
});

test("[RT1] pauses double from one second to ten minutes, half of each random", () => {
  expect(backoffMs(1, 0)).toBe(500);
  expect(backoffMs(1, 1)).toBe(1_000);
  expect(backoffMs(4, 1)).toBe(8_000);
  expect(backoffMs(50, 1)).toBe(600_000);
  expect(backoffMs(50, 0)).toBe(300_000);
});

/** When a create that was sent at 0 and never shows is sent again. */
function sentAgainAt(quarantineMs: number): number {
  const lookedUpAtMs: number[] = [];
  for (let now = firstLookUpMs(0); ;) {
    lookedUpAtMs.push(now);
    const doubt = afterNothingFound(intent(lookedUpAtMs), now, quarantineMs);
    if (doubt.kind === "send-again") return now;
    now = doubt.untilMs;
  }
}
