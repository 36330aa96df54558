// What the simulated authority knows, and the knobs that make it refuse. Settings may be changed while it runs.

/** An app registration. */
export interface RegisteredClient {
  readonly clientId: string;
  readonly secret?: string;
  /** PEM certificates whose keys may sign client assertions. */
  readonly certificates?: readonly string[];
  /** Object id of the service principal: `oid` of app-only tokens. */
  readonly objectId?: string;
  /** Application roles in app-only tokens. */
  readonly roles?: readonly string[];
  /** Redirect addresses that sign-in may return to; any when absent. Of `http://localhost` the port does not count. */
  readonly redirectUris?: readonly string[];
  /** Whether flows without a credential are allowed, as device codes need it. */
  readonly allowPublicClient?: boolean;
}

export interface DirectoryUser {
  readonly objectId: string;
  readonly userName: string;
  readonly displayName?: string;
  /** App roles in id tokens and access tokens. */
  readonly roles?: readonly string[];
  /** How the user signs in, as access tokens tell it (`amr`); with a second factor unless given. */
  readonly signsInWith?: "password" | "multi-factor";
}

export interface AuthoritySettings {
  clientSecrets: "accepted" | "wrong" | "expired";
  /** `required`: refresh tokens are refused until the user has signed in again with a second factor. */
  multiFactor: "satisfied" | "required";
  refreshTokens: "accepted" | "expired" | "revoked";
  /** What becomes of a refresh token once it was used; the real authority leaves it valid. */
  usedRefreshTokens: "stay-valid" | "become-invalid";
  /** Whether a sign-in has to bring a code challenge (PKCE). */
  codeChallenges: "optional" | "required";
  /** How the sign-in page answers. */
  signIn: "approved" | "declined";
  /** `pending`: nobody has typed the device code yet. */
  deviceCodes: "approved" | "pending" | "blocked";
  deviceIntervalSeconds: number;
  accessTokenSeconds: number;
  latencyMs: number;
  /** Answers the next token requests with this instead. */
  fault: { status: 429 | 500 | 503; count: number; retryAfterSeconds: number } | null;
}

/** Life of an access token: about an hour, as Entra's. */
const ACCESS_TOKEN_SECONDS = 3_599;

export function defaultAuthoritySettings(): AuthoritySettings {
  return {
    clientSecrets: "accepted",
    multiFactor: "satisfied",
    refreshTokens: "accepted",
    usedRefreshTokens: "stay-valid",
    codeChallenges: "optional",
    signIn: "approved",
    deviceCodes: "approved",
    deviceIntervalSeconds: 1,
    accessTokenSeconds: ACCESS_TOKEN_SECONDS,
    latencyMs: 0,
    fault: null,
  };
}
