import { RelayError, toRelayError } from "../../core/errors";
import { createRefreshTokenStore, type RefreshTokenStoreOptions } from "./refresh-token-store";
import { signInHealth, type SignIn } from "./sign-in-health";
import { createTokenCache } from "./token-cache";
import { createTokenExchange, type FreshToken, type SignInOptions } from "./token-exchange";

export interface UserTokensOptions extends SignInOptions, RefreshTokenStoreOptions {
  /** Address of the API for which tokens are asked, e.g. https://api.partner.microsoft.com. */
  readonly audience: string;
  /** Used until one is stored, and again when the stored one is refused or cannot be opened. */
  readonly firstRefreshToken?: string;
}

interface Candidate {
  readonly token: string;
  /** What is stored, sealed. */
  readonly stored: string | undefined;
}

/** Stored, stored meanwhile by another replica, first: more candidates mean that replicas refuse each other's. */
const MAX_CANDIDATES = 4;

/**
 * Tokens of a user who signed in once, by redeeming that user's refresh token. Make one source per audience; those with
 * the same name share the stored refresh token.
 */
export function createUserTokens(options: UserTokensOptions): SignIn {
  const { clock, log } = options;
  const exchange = createTokenExchange(options);
  const store = createRefreshTokenStore(options);
  const scope = `${new URL(options.audience).origin}/.default`;

  /** The next refresh token worth a try and what is stored at that time, or why there is none. */
  async function candidate(tried: ReadonlySet<string>): Promise<Candidate | RelayError> {
    const read = await store.load();
    const stored = read.kind === "none" ? undefined : read.sealed;
    if (read.kind === "stored" && !tried.has(read.stored.token)) return { token: read.stored.token, stored };
    const first = options.firstRefreshToken;
    if (first !== undefined && !tried.has(first)) return { token: first, stored };
    return read.kind === "unopenable" ? read.error : new RelayError("CS-1202");
  }

  async function redeem({ token, stored }: Candidate): Promise<FreshToken> {
    const fresh = await exchange.redeem(token, scope);
    await store.save(fresh.refreshToken ?? token, stored);
    log.info("A user's sign-in was renewed.");
    return fresh;
  }

  async function acquire(): Promise<FreshToken> {
    const tried = new Set<string>();
    let refused: RelayError | null = null;
    while (tried.size < MAX_CANDIDATES) {
      const next = await candidate(tried);
      if (next instanceof RelayError) throw refused ?? next;
      tried.add(next.token);
      try {
        return await redeem(next);
      } catch (thrown) {
        const error = toRelayError(thrown);
        if (error.code !== "CS-1202") throw error;
        log.error("A refresh token was refused.", {
          code: error.code,
          upstreamCode: error.details.upstreamCode,
        });
        refused = error;
      }
    }
    throw refused ?? new RelayError("CS-1202");
  }

  const cache = createTokenCache({ acquire, clock });
  return {
    token: (request) => cache.token(request),
    renew: () => cache.renew(),
    health: () => signInHealth(cache, clock, () => store.expiresAtMs()),
  };
}
