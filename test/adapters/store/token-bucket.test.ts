import { fc } from "../../support/properties";
import {
  fullBucket,
  pauseBucket,
  takeTokens,
  type TokenBucket,
} from "../../../sync-relay/src/adapters/store/budget/token-bucket";
import {
  dataverseLimits,
  partnerCenterLimits,
  type UpstreamLimits,
} from "../../../sync-relay/src/adapters/store/budget/upstream-limits";

const requests = fc.array(fc.record({ afterMs: fc.nat(5_000), want: fc.integer({ min: 1, max: 50 }) }), {
  minLength: 1,
  maxLength: 200,
});

test("[BU1] whatever is asked when, no span of time gets more than a burst and the rate", () => {
  const limits = dataverseLimits("any");
  fc.assert(
    fc.property(requests, (asked) => {
      const grants: { readonly atMs: number; readonly granted: number }[] = [];
      let nowMs = 0;
      let bucket = fullBucket(limits, nowMs);
      for (const { afterMs, want } of asked) {
        nowMs += afterMs;
        const [next, taken] = takeTokens(limits, bucket, { want, spentMs: 0, nowMs });
        bucket = next;
        grants.push({ atMs: nowMs, granted: taken.granted });
      }
      for (const [first, from] of grants.entries()) {
        let sum = 0;
        for (const to of grants.slice(first)) {
          sum += to.granted;
          const allowed = limits.burst + ((to.atMs - from.atMs) / 1_000) * limits.perSecond;
          expect(sum).toBeLessThanOrEqual(allowed + 1e-6);
        }
      }
    }),
  );
});

test("[BU1] whoever waits as long as told gets a token", () => {
  const limits = partnerCenterLimits("any");
  fc.assert(
    fc.property(requests, fc.nat(100_000), (asked, pauseMs) => {
      let nowMs = 0;
      let bucket = pauseBucket(limits, fullBucket(limits, nowMs), { nowMs, pauseMs });
      for (const { afterMs, want } of asked) {
        nowMs += afterMs;
        const [next, taken] = takeTokens(limits, bucket, { want, spentMs: 0, nowMs });
        bucket = next;
        if (taken.granted > 0) continue;
        nowMs += taken.waitMs;
        const [later, second] = takeTokens(limits, bucket, { want, spentMs: 0, nowMs });
        bucket = later;
        expect(second.granted).toBeGreaterThan(0);
      }
    }),
    // Here the waiting was a whole number of milliseconds and the sum a rounding error short of one token.
    { examples: [[[63, 0].map((afterMs) => ({ afterMs, want: 1 })), 11]] },
  );
});

test("[BU1] Dataverse is asked for less than its published limits in any five minutes", () => {
  const { perSecond, burst, execution } = dataverseLimits("any");
  expect(burst + 300 * perSecond).toBeLessThan(6_000);
  expect((execution?.burstMs ?? 0) + 300 * (execution?.msPerSecond ?? 0)).toBeLessThan(1_200_000);
});

test("[BU5] the rate climbs while it is used, not while nobody asks, and never over the highest", () => {
  const limits: UpstreamLimits = {
    ...partnerCenterLimits("any"),
    perSecond: 1,
    adapts: { lowest: 0.5, highest: 2, climbPerSecond: 0.1 },
  };
  const take = (bucket: TokenBucket, nowMs: number): TokenBucket =>
    takeTokens(limits, bucket, { want: 1, spentMs: 0, nowMs })[0];
  const used = take(fullBucket(limits, 0), 1_000);
  expect(used.perSecond).toBeCloseTo(1.1);
  expect(take(used, 3_600_000).perSecond).toBeCloseTo(1.2);
  let busy = used;
  for (let s = 2; s < 60; s++) busy = take(busy, s * 1_000);
  expect(busy.perSecond).toBe(2);
});

test("[BU5] a pause costs a tenth, one right after another three tenths, and a long one slows the way back", () => {
  const limits = partnerCenterLimits("any");
  const first = pauseBucket(limits, fullBucket(limits, 0), { nowMs: 100_000, pauseMs: 57_000 });
  expect(first.perSecond).toBeCloseTo(5 * 0.9);
  // A tenth of the rate in twenty pauses.
  expect(first.climbPerSecond).toBeCloseTo((5 * 0.9 * 0.1) / (20 * 57));
  const second = pauseBucket(limits, first, { nowMs: 158_000, pauseMs: 1_000 });
  expect(second.perSecond).toBeCloseTo(5 * 0.9 * 0.7);
  const busy = takeTokens(limits, first, { want: 1, spentMs: 0, nowMs: 158_000 })[0];
  expect(busy.perSecond - first.perSecond).toBeCloseTo(first.climbPerSecond);
  // Where the limit is far away, hours without a pause find it.
  const calm = takeTokens(limits, busy, { want: 1, spentMs: 0, nowMs: 158_000 + 3 * 3_600_000 })[0];
  expect(calm.perSecond - busy.perSecond).toBeGreaterThan(10 * first.climbPerSecond);
});

test("[BU5] pauses never push the rate below the lowest", () => {
  const limits = partnerCenterLimits("any");
  let bucket = fullBucket(limits, 0);
  for (let n = 1; n < 60; n++) bucket = pauseBucket(limits, bucket, { nowMs: n * 10_000, pauseMs: 1_000 });
  expect(bucket.perSecond).toBe(limits.adapts?.lowest);
});
