import { DataverseError } from "../dataverse-error";
import type { SimulatorSettings } from "../simulator-settings";

/** Service protection of one environment: limits per user over a sliding window. */
export interface ServiceProtection {
  /** Admits a request, or throws the refusal. Call the returned function when it has been answered. */
  admit(userId: string): () => void;
  /** Requests that the user has left in the window. */
  remaining(userId: string): number;
  reset(): void;
}

interface Usage {
  /** The latest last. */
  readonly times: number[];
  underWay: number;
}

/** Wait that a client is told when it has too many requests at a time, seconds. */
const CONCURRENCY_RETRY_SECONDS = 1;

/** Counts from nothing. */
export function createServiceProtection(settings: SimulatorSettings, now: () => number): ServiceProtection {
  const users = new Map<string, Usage>();

  const usageOf = (userId: string): Usage => {
    const usage = users.get(userId) ?? { times: [], underWay: 0 };
    const windowStart = now() - settings.windowMs;
    const inWindow = usage.times.findIndex((time) => time > windowStart);
    usage.times.splice(0, inWindow === -1 ? usage.times.length : inWindow);
    users.set(userId, usage);
    return usage;
  };

  return {
    admit: (userId) => {
      const usage = usageOf(userId);
      if (usage.underWay >= settings.concurrentRequests) {
        throw tooMany("tooManyConcurrent", CONCURRENCY_RETRY_SECONDS);
      }
      if (usage.times.length >= settings.requestsPerWindow) {
        const oldest = usage.times[0] ?? now();
        throw tooMany("tooManyRequests", Math.max(1, Math.ceil((oldest + settings.windowMs - now()) / 1000)));
      }
      usage.times.push(now());
      usage.underWay += 1;
      return () => {
        usage.underWay -= 1;
      };
    },
    remaining: (userId) => Math.max(0, settings.requestsPerWindow - usageOf(userId).times.length),
    reset: () => users.clear(),
  };
}

function tooMany(code: "tooManyRequests" | "tooManyConcurrent", retryAfterSeconds: number): DataverseError {
  const what = code === "tooManyRequests" ? "Number of requests" : "Number of concurrent requests";
  return new DataverseError({
    status: 429,
    code,
    message: `${what} exceeded the limit of the service protection.`,
    headers: { "retry-after": String(retryAfterSeconds) },
  });
}
