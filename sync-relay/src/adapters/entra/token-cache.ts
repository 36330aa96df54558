import { RelayError, toRelayError } from "../../core/errors";
import type { Clock } from "../../ports/clock";
import type { TokenSource } from "../../ports/token-source";
import type { FreshToken } from "./token-exchange";

// One access token, kept until shortly before its end. Whoever needs it while it is renewed waits for that one renewal.

export interface TokenCache extends TokenSource {
  /** Asks for a new token now, or joins the renewal that runs. */
  renew(): Promise<void>;
  /** Why the last renewal failed; null when it succeeded. */
  failure(): RelayError | null;
}

/** Renewed this long before its end, so that an authority that is down for minutes is not noticed. */
const RENEW_AHEAD_MS = 5 * 60_000;
/** Handed out only when it is good for this long. */
const GOOD_FOR_MS = 60_000;
/** A refused sign-in is not repeated for every pair that waits; the authority would lock the account. */
const REFUSED_PAUSE_MS = 5_000;

interface KeptToken {
  readonly text: string;
  readonly endsAtMs: number;
}

export function createTokenCache(options: {
  readonly acquire: () => Promise<FreshToken>;
  readonly clock: Clock;
}): TokenCache {
  const { clock } = options;
  const renewal = createRenewal(options);

  /** The kept token if it is good for that long. */
  function goodFor(ms: number): string | null {
    const kept = renewal.kept();
    return kept !== null && kept.endsAtMs - clock.now() >= ms ? kept.text : null;
  }

  return {
    async token({ stale } = {}) {
      if (stale !== undefined) renewal.drop(stale);
      const good = goodFor(RENEW_AHEAD_MS);
      if (good !== null) return good;
      const text = await renewal.runUnlessPaused().catch((error: unknown) => {
        const stillGood = goodFor(GOOD_FOR_MS);
        if (stillGood !== null) return stillGood;
        throw error;
      });
      if (text !== stale) return text;
      // The authority gave the refused token again.
      renewal.drop(stale);
      throw new RelayError("CS-1203");
    },
    async renew() {
      await renewal.run();
    },
    failure: () => renewal.failure(),
  };
}

/** One renewal at a time, and what came of the last one. */
function createRenewal(options: { readonly acquire: () => Promise<FreshToken>; readonly clock: Clock }) {
  const { acquire, clock } = options;
  let kept: KeptToken | null = null;
  let failed: { readonly error: RelayError; readonly atMs: number } | null = null;
  let pending: Promise<string> | null = null;

  async function acquireOnce(): Promise<string> {
    try {
      const fresh = await acquire();
      kept = { text: fresh.accessToken, endsAtMs: clock.now() + fresh.lifetimeMs };
      failed = null;
      return fresh.accessToken;
    } catch (thrown) {
      const error = toRelayError(thrown);
      failed = { error, atMs: clock.now() };
      throw error;
    }
  }

  function run(): Promise<string> {
    pending ??= acquireOnce().finally(() => {
      pending = null;
    });
    return pending;
  }

  return {
    run,
    async runUnlessPaused(): Promise<string> {
      const paused = failed?.error.kind === "unauthorized" && clock.now() - failed.atMs < REFUSED_PAUSE_MS;
      if (failed !== null && paused) throw failed.error;
      return run();
    },
    kept: () => kept,
    drop(text: string): void {
      if (kept?.text === text) kept = null;
    },
    failure: () => failed?.error ?? null,
  };
}
