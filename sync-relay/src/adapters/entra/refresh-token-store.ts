import { RelayError, toRelayError } from "../../core/errors";
import type { Clock } from "../../ports/clock";
import type { Log } from "../../ports/log";
import type { Metrics } from "../../ports/metrics";
import type { SecretStore } from "../../ports/secret-store";

// The refresh token is the relay's most precious secret: whoever has it acts as the partner's user. It changes with
// each use, is good for 90 days from then on, and is stored only sealed. All audiences and replicas share the one that
// was stored last; older ones stay good, so losing a race costs nothing.

/** Seals what is stored. */
export interface TokenSealing {
  seal(purpose: string, text: string): string;
  /** Throws RelayError CS-1204. */
  open(purpose: string, sealed: string): string;
}

export interface StoredRefreshToken {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expiresAtMs: number;
}

export type RefreshTokenRead =
  | { readonly kind: "stored"; readonly stored: StoredRefreshToken; readonly sealed: string }
  | { readonly kind: "none" }
  /** Sealed with a key that is not known any more. */
  | { readonly kind: "unopenable"; readonly error: RelayError; readonly sealed: string };

export interface RefreshTokenStore {
  /** Throws the store's own RelayError when it cannot be reached. */
  load(): Promise<RefreshTokenRead>;
  /**
   * Stores a token: in place of the sealed one that was loaded, unless another was stored meanwhile (a new sign-in must
   * not give way to a renewal of the old one); whatever is stored, when none is given. A failure is logged only: the redeemed
   * one is still good.
   */
  save(token: string, inPlaceOf?: string): Promise<void>;
  /** End of the token that was loaded or saved last; null when unknown. */
  expiresAtMs(): number | null;
}

export interface RefreshTokenStoreOptions {
  readonly secrets: SecretStore;
  readonly sealing: TokenSealing;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Name in the secret store; that of the Partner Center sign-in unless given. */
  readonly name?: string;
}

/** Name of the administrator's sign-in to Dataverse, which only set-up uses. */
export const DATAVERSE_ADMINISTRATOR_NAME = "dataverse-administrator-refresh-token";
/** Name in the secret store, and purpose of the envelope. */
export const REFRESH_TOKEN_NAME = "partner-center-refresh-token";
/** Life of a refresh token of a web application since its last use. */
const ROLLING_LIFE_MS = 90 * 24 * 60 * 60_000;

export function createRefreshTokenStore(options: RefreshTokenStoreOptions): RefreshTokenStore {
  const { secrets, sealing, clock, log, metrics, name = REFRESH_TOKEN_NAME } = options;
  let expiresAtMs: number | null = null;

  function noteExpiry(atMs: number): void {
    expiresAtMs = atMs;
    metrics.set("cosell_credential_expiry_timestamp_seconds", atMs / 1000, { name });
  }

  return {
    async load() {
      const sealed = await secrets.load(name);
      if (sealed === null) return { kind: "none" };
      try {
        const stored = parseStored(sealing.open(name, sealed));
        noteExpiry(stored.expiresAtMs);
        return { kind: "stored", stored, sealed };
      } catch (thrown) {
        return { kind: "unopenable", error: toRelayError(thrown), sealed };
      }
    },
    async save(token, inPlaceOf) {
      const stored: StoredRefreshToken = { token, expiresAtMs: clock.now() + ROLLING_LIFE_MS };
      try {
        const to = sealing.seal(name, JSON.stringify(stored));
        const isKept = inPlaceOf === undefined || (await secrets.replace(name, { from: inPlaceOf, to }));
        if (inPlaceOf === undefined) await secrets.save(name, to);
        if (isKept) noteExpiry(stored.expiresAtMs);
      } catch (thrown) {
        log.error("The new refresh token could not be stored; the old one stays in use.", {
          code: toRelayError(thrown).code,
        });
      }
    },
    expiresAtMs: () => expiresAtMs,
  };
}

function parseStored(text: string): StoredRefreshToken {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== "object" || parsed === null) throw new RelayError("CS-1204");
  const { token, expiresAtMs } = parsed as Record<string, unknown>;
  if (typeof token !== "string" || typeof expiresAtMs !== "number") throw new RelayError("CS-1204");
  return { token, expiresAtMs };
}
