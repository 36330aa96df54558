// Tokens that the simulated authority has given out. They have the shape of real ones, so that clients can read them,
// but no real signature: who wants to know whether a token is good asks the authority that issued it.

import { randomBytes } from "node:crypto";
import type { DirectoryUser, RegisteredClient } from "./authority-settings";

/** What a token says, for the simulated services that receive it. */
export type TokenFacts = {
  readonly audience: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly objectId: string;
  readonly roles: readonly string[];
  readonly expiresAtMs: number;
} & (
  | { readonly caller: "app" }
  | { readonly caller: "user"; readonly email: string; readonly name: string; readonly methods: readonly string[] }
);

export interface IssuedTokens {
  issue(facts: TokenFacts): string;
  /** Null for a token that is unknown or has expired. */
  readonly introspect: (token: string) => TokenFacts | null;
  /** Makes every access token so far worthless. */
  readonly revokeAll: () => void;
}

const SIGNATURE_BYTES = 256;

export function createIssuedTokens(nowMs: () => number): IssuedTokens {
  const issued = new Map<string, TokenFacts>();
  return {
    issue(facts) {
      const token = shapedToken(accessClaims(facts, nowMs()));
      issued.set(token, facts);
      return token;
    },
    introspect(token) {
      const facts = issued.get(token);
      return facts === undefined || facts.expiresAtMs <= nowMs() ? null : facts;
    },
    revokeAll: () => issued.clear(),
  };
}

/** A JSON web token whose signature is noise. */
export function shapedToken(claims: object): string {
  const header = { typ: "JWT", alg: "RS256", kid: "simulated" };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part(header)}.${part(claims)}.${randomBytes(SIGNATURE_BYTES).toString("base64url")}`;
}

function accessClaims(facts: TokenFacts, nowMs: number): object {
  const issuedAt = Math.floor(nowMs / 1_000);
  const about =
    facts.caller === "app"
      ? { idtyp: "app" }
      : { idtyp: "user", scp: "user_impersonation", upn: facts.email, name: facts.name, amr: facts.methods };
  return {
    aud: facts.audience,
    iss: `https://sts.windows.net/${facts.tenantId}/`,
    iat: issuedAt,
    nbf: issuedAt,
    exp: Math.floor(facts.expiresAtMs / 1_000),
    appid: facts.clientId,
    oid: facts.objectId,
    sub: facts.objectId,
    tid: facts.tenantId,
    roles: facts.roles,
    ver: "1.0",
    ...about,
  };
}

export interface IdTokenOrder {
  readonly client: RegisteredClient;
  readonly user: DirectoryUser;
  readonly tenantId: string;
  readonly nonce: string | null;
  readonly nowMs: number;
}

/** Life of an id token, seconds. */
const ID_TOKEN_SECONDS = 3_600;

export function idToken({ client, user, tenantId, nonce, nowMs }: IdTokenOrder): string {
  const issuedAt = Math.floor(nowMs / 1_000);
  return shapedToken({
    aud: client.clientId,
    iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + ID_TOKEN_SECONDS,
    name: user.displayName ?? user.userName,
    preferred_username: user.userName,
    oid: user.objectId,
    sub: user.objectId,
    tid: tenantId,
    roles: user.roles ?? [],
    ver: "2.0",
    ...(nonce === null ? {} : { nonce }),
  });
}
