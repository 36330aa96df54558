import {
  fullBucket,
  pauseBucket,
  takeTokens,
  type TokenBucket,
} from "../../../sync-relay/src/adapters/store/budget/token-bucket";
import { partnerCenterLimits } from "../../../sync-relay/src/adapters/store/budget/upstream-limits";

/** A service that keeps its limit to itself. */
interface Service {
  readonly perSecond: number;
  readonly burst: number;
  /** What it asks for when it refuses: how long it really takes, or always the same. */
  readonly retryAfterS: number | "as long as it takes";
}

const LATENCY_MS = 300;
const WARM_UP_MS = 1_800_000;
const HOURS = 3;

/** What a relay with endless work gets out of such a service. */
function endlessWork(service: Service): { readonly used: number; readonly refused: number } {
  const limits = partnerCenterLimits("any");
  const serve = createService(service);
  const answers: { readonly atMs: number; readonly retryAfterS: number | null }[] = [];
  let [bucket, nowMs, sent, refused]: [TokenBucket, number, number, number] = [fullBucket(limits, 0), 0, 0, 0];
  while (nowMs < HOURS * 3_600_000) {
    while (answers[0] !== undefined && answers[0].atMs <= nowMs) {
      const pauseS = answers.shift()?.retryAfterS ?? null;
      if (pauseS !== null) bucket = pauseBucket(limits, bucket, { nowMs, pauseMs: pauseS * 1_000 });
    }
    const [next, { granted, waitMs }] = takeTokens(limits, bucket, { want: 1, spentMs: 0, nowMs });
    bucket = next;
    if (granted === 0) {
      nowMs = Math.min(nowMs + Math.max(1, waitMs), answers[0]?.atMs ?? Number.POSITIVE_INFINITY);
      continue;
    }
    const retryAfterS = serve(nowMs);
    answers.push({ atMs: nowMs + LATENCY_MS, retryAfterS });
    if (nowMs < WARM_UP_MS) continue;
    sent += 1;
    refused += retryAfterS === null ? 0 : 1;
  }
  const allowed = ((nowMs - WARM_UP_MS) / 1_000) * service.perSecond;
  return { used: (sent - refused) / allowed, refused: refused / sent };
}

/** A token bucket that counts refused requests, too. */
function createService({ perSecond, burst, retryAfterS }: Service): (nowMs: number) => number | null {
  let [tokens, filledAtMs] = [burst, 0];
  return (nowMs) => {
    tokens = Math.min(burst, tokens + ((nowMs - filledAtMs) / 1_000) * perSecond) - 1;
    filledAtMs = nowMs;
    if (tokens >= 0) return null;
    const missing = -tokens / perSecond;
    tokens = Math.max(tokens, -burst);
    return retryAfterS === "as long as it takes" ? Math.max(1, Math.ceil(missing)) : retryAfterS;
  };
}

const AS_LONG_AS_IT_TAKES = "as long as it takes";
const services: readonly Service[] = [
  { perSecond: 0.5, burst: 5, retryAfterS: AS_LONG_AS_IT_TAKES },
  { perSecond: 0.5, burst: 60, retryAfterS: 57 },
  { perSecond: 1, burst: 20, retryAfterS: 10 },
  { perSecond: 2, burst: 5, retryAfterS: 57 },
  { perSecond: 3, burst: 60, retryAfterS: 1 },
  { perSecond: 5, burst: 5, retryAfterS: 10 },
  { perSecond: 5, burst: 20, retryAfterS: AS_LONG_AS_IT_TAKES },
  { perSecond: 8, burst: 20, retryAfterS: 57 },
  { perSecond: 12, burst: 60, retryAfterS: 10 },
  { perSecond: 18, burst: 5, retryAfterS: AS_LONG_AS_IT_TAKES },
];

test.each(services)(
  "[BU8] of a hidden limit of $perSecond/s, burst $burst, pause $retryAfterS, most is used",
  (service) => {
    const { used, refused } = endlessWork(service);
    expect(used).toBeGreaterThan(0.9);
    expect(refused).toBeLessThan(0.02);
  },
);
