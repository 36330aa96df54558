import type { Clock } from "../../ports/clock";
import type { Log } from "../../ports/log";
import { credentialExpiryMs } from "./client-credential";
import { signInHealth, type SignIn } from "./sign-in-health";
import { createTokenCache } from "./token-cache";
import { createTokenExchange, type SignInOptions } from "./token-exchange";

export interface DataverseTokensOptions extends SignInOptions {
  /** Address of the environment; its origin is the audience. */
  readonly dataverseUrl: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Tokens for Dataverse: the relay signs in as the application itself. */
export function createDataverseTokens(options: DataverseTokensOptions): SignIn {
  const { clock, log, metrics } = options;
  const exchange = createTokenExchange(options);
  const scope = `${new URL(options.dataverseUrl).origin}/.default`;
  const expiresAtMs = credentialExpiryMs(options.credential);
  if (expiresAtMs !== null) {
    const name = `client-${options.credential.kind}`;
    metrics.set("cosell_credential_expiry_timestamp_seconds", expiresAtMs / 1000, { name });
  }
  const cache = createTokenCache({
    acquire: async () => {
      const fresh = await exchange.asApplication(scope);
      log.debug("Signed in to Dataverse.");
      return fresh;
    },
    clock,
  });
  return {
    token: (request) => cache.token(request),
    renew: () => cache.renew(),
    health: () => signInHealth(cache, clock, () => expiresAtMs),
  };
}
