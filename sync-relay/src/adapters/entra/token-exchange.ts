import type { AuthenticationResult, ConfidentialClientApplication } from "@azure/msal-node";
import type { Metrics } from "../../ports/metrics";
import { confidentialClient, type ClientOptions } from "./client-application";
import { createNetworkClient, type Fetch, type NetworkClient } from "./network-client";
import { signInError, type Grant } from "./sign-in-error";

/** Who signs in, and where. */
export interface SignInOptions extends ClientOptions {
  readonly metrics: Metrics;
  readonly fetch?: Fetch;
}

/** What the authority gave. */
export interface FreshToken {
  readonly accessToken: string;
  readonly lifetimeMs: number;
  /** The refresh token that replaces the redeemed one; null when there is none. */
  readonly refreshToken: string | null;
}

/** Asks the authority. Throws RelayError CS-1201, CS-1202 or CS-1203. */
export interface TokenExchange {
  asApplication(scope: string): Promise<FreshToken>;
  redeem(refreshToken: string, scope: string): Promise<FreshToken>;
}

/**
 * Exchanges a credential for tokens. Each exchange has a client of its own: what the library would cache (tokens in
 * the clear) is kept elsewhere, and nothing of one exchange can be taken for the answer of another.
 */
export function createTokenExchange(options: SignInOptions): TokenExchange {
  const send = options.fetch ?? ((url, init) => fetch(url, init));

  async function exchange(
    grant: Grant,
    ask: (client: ConfidentialClientApplication) => Promise<AuthenticationResult | null>,
  ): Promise<FreshToken> {
    const network = createNetworkClient(options.authorityUrl, send);
    try {
      return freshToken(await ask(confidentialClient(options, network)), network);
    } catch (thrown) {
      throw signInError(grant, network, thrown);
    } finally {
      const code = String(network.lastAnswer()?.status ?? "none");
      options.metrics.count("cosell_upstream_requests_total", { api: "authority", op: grant, code });
    }
  }

  return {
    asApplication: (scope) =>
      exchange("client-credentials", (client) =>
        client.acquireTokenByClientCredential({ scopes: [scope], skipCache: true }),
      ),
    redeem: (refreshToken, scope) =>
      exchange("refresh-token", (client) => client.acquireTokenByRefreshToken({ refreshToken, scopes: [scope] })),
  };
}

function freshToken(result: AuthenticationResult | null, network: NetworkClient): FreshToken {
  // The library takes an error answer without an OAuth error in it for a success without a token.
  if (!result?.accessToken) throw new Error("the authority gave no token");
  const refreshToken = network.lastAnswer()?.body["refresh_token"];
  return {
    accessToken: result.accessToken,
    lifetimeMs: (result.expiresOn?.getTime() ?? 0) - Date.now(),
    refreshToken: typeof refreshToken === "string" ? refreshToken : null,
  };
}
