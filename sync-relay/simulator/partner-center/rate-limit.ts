import type { PartnerCenterSettings } from "./partner-center-settings";

/** A token bucket. Refused requests count too, as the service's documentation says. */
export interface RateLimit {
  /** Null when the request may pass, else the seconds to wait. */
  take(): number | null;
}

export function createRateLimit(settings: PartnerCenterSettings, nowMs: () => number): RateLimit {
  let tokens: number | null = null;
  let filledAtMs = 0;
  return {
    take() {
      const limit = settings.rateLimit;
      if (limit === null) return null;
      const now = nowMs();
      const gained = tokens === null ? limit.capacity : ((now - filledAtMs) / 1_000) * limit.refillPerSecond;
      tokens = Math.min(limit.capacity, (tokens ?? 0) + gained) - 1;
      filledAtMs = now;
      if (tokens >= 0) return null;
      const wait = -tokens / limit.refillPerSecond;
      tokens = Math.max(tokens, -limit.capacity);
      return Math.max(1, Math.ceil(wait));
    },
  };
}
