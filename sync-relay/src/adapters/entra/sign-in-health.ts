import type { Clock } from "../../ports/clock";
import type { TokenSource } from "../../ports/token-source";
import type { TokenCache } from "./token-cache";

/** A sign-in that can be watched and renewed. */
export interface SignIn extends TokenSource {
  /**
   * Whether a token can be had. Asks the authority only when none is kept, so it may be called by every probe.
   * Never throws.
   */
  health(): Promise<SignInHealth>;
  /** Signs in now, whatever is kept; to be called daily so that nothing ends unused. Throws RelayError. */
  renew(): Promise<void>;
}

export interface SignInHealth {
  readonly ok: boolean;
  /** When the credential behind it ends, if known. */
  readonly expiresAtMs?: number;
  /** Error code and meaning, or a warning while `ok`. */
  readonly problem?: string;
}

/** A credential that ends sooner needs an admin's attention. */
const WARN_AHEAD_MS = 14 * 24 * 60 * 60_000;

/** Health of a sign-in whose credential ends at `expiresAtMs`. */
export async function signInHealth(
  cache: TokenCache,
  clock: Clock,
  expiresAtMs: () => number | null,
): Promise<SignInHealth> {
  const served = await cache.token().then(
    () => true,
    () => false,
  );
  const failure = cache.failure();
  const end = expiresAtMs();
  const expiry = end === null ? {} : { expiresAtMs: end };
  // While the kept token is good, a passing trouble of the authority harms nobody; a refusal will.
  if (!served || failure?.kind === "unauthorized") {
    return { ok: false, ...expiry, problem: failure?.message ?? "No token could be had." };
  }
  if (end !== null && end - clock.now() < WARN_AHEAD_MS) {
    return { ok: true, ...expiry, problem: "The credential ends within 14 days." };
  }
  return { ok: true, ...expiry };
}
