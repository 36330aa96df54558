// The token endpoint, both versions: which grant, for which resource, and what the answer holds.

import { refusal, type AuthorityRefusal } from "./authority-refusal";
import type { AuthoritySettings, DirectoryUser, RegisteredClient } from "./authority-settings";
import { authenticateClient } from "./client-authentication";
import type { Grants, Redeemed } from "./grants";
import { idToken, type IssuedTokens, type TokenFacts } from "./issued-tokens";

export type TokenAnswer = { readonly kind: "tokens"; readonly body: object } | AuthorityRefusal;

export interface TokenContext {
  readonly tenantId: string;
  readonly clients: readonly RegisteredClient[];
  readonly settings: AuthoritySettings;
  readonly grants: Grants;
  readonly tokens: IssuedTokens;
  readonly nowMs: () => number;
}

export interface TokenRequest {
  readonly form: URLSearchParams;
  readonly version: 1 | 2;
  /** Addresses of this endpoint, for client assertions. */
  readonly audiences: readonly string[];
}

export function answerTokenRequest(request: TokenRequest, context: TokenContext): TokenAnswer {
  const { form, audiences } = request;
  const { clients, settings, grants } = context;
  const authenticated = authenticateClient(form, { clients, settings, audiences, nowMs: context.nowMs() });
  if (authenticated.kind === "refusal") return authenticated;
  const { client } = authenticated;
  switch (form.get("grant_type")) {
    case "client_credentials":
      return forApp(client, request, context);
    case "authorization_code":
      return forUser(client, grants.redeemCode(form), { request, context });
    case "refresh_token":
      return forUser(client, grants.redeemRefreshToken(form), { request, context });
    case "device_code":
    case "urn:ietf:params:oauth:grant-type:device_code":
      return forUser(client, grants.redeemDeviceCode(form), { request, context });
    default:
      return refusal("unknown-grant");
  }
}

function forApp(client: RegisteredClient, request: TokenRequest, context: TokenContext): TokenAnswer {
  const isPublic = client.secret === undefined && client.certificates === undefined;
  if (isPublic) return refusal("no-credential");
  const audience = audienceOf(request.form, "");
  if (audience === null) return refusal("wrong-scope");
  const { clientId, objectId = client.clientId, roles = [] } = client;
  const facts = { ...lifetime(context), caller: "app", audience, clientId, objectId, roles } as const;
  return { kind: "tokens", body: accessPart(facts, request, context) };
}

interface Conversation {
  readonly request: TokenRequest;
  readonly context: TokenContext;
}

function forUser(
  client: RegisteredClient,
  redeemed: Redeemed | AuthorityRefusal,
  { request, context }: Conversation,
): TokenAnswer {
  if (redeemed.kind === "refusal") return redeemed;
  const { user, nonce, scope } = redeemed;
  const { clientId } = client;
  const audience = audienceOf(request.form, scope) ?? GRAPH;
  const { objectId, roles = [] } = user;
  const facts = { ...lifetime(context), ...person(user), audience, clientId, objectId, roles };
  const signIn = { client, user, tenantId: context.tenantId, nonce, nowMs: context.nowMs() };
  return {
    kind: "tokens",
    body: {
      ...accessPart(facts, request, context),
      refresh_token: context.grants.newRefreshToken(clientId, user),
      id_token: idToken(signIn),
      client_info: clientInfo(user, context.tenantId),
    },
  };
}

function person({ userName, displayName = userName, signsInWith = "multi-factor" }: DirectoryUser) {
  const methods = signsInWith === "multi-factor" ? ["pwd", "mfa"] : ["pwd"];
  return { caller: "user", email: userName, name: displayName, methods } as const;
}

/** Tokens for nothing in particular are for Microsoft Graph. */
const GRAPH = "00000003-0000-0000-c000-000000000000";
const PROTOCOL_SCOPES = ["openid", "profile", "offline_access", "email"];

/** The resource: `resource` in version 1, the part before the permission in a version 2 scope. */
function audienceOf(form: URLSearchParams, scopeAtSignIn: string): string | null {
  const resource = form.get("resource");
  if (resource !== null) return resource;
  const scopes = (form.get("scope") ?? scopeAtSignIn).split(" ").filter((scope) => !PROTOCOL_SCOPES.includes(scope));
  const [scope = ""] = scopes;
  const end = scope.lastIndexOf("/");
  return end > 0 ? scope.slice(0, end) : null;
}

function lifetime({ tenantId, settings, nowMs }: TokenContext) {
  return { tenantId, expiresAtMs: nowMs() + settings.accessTokenSeconds * 1_000 };
}

function accessPart(facts: TokenFacts, { form, version }: TokenRequest, context: TokenContext): object {
  const seconds = context.settings.accessTokenSeconds;
  const token = { token_type: "Bearer", access_token: context.tokens.issue(facts) };
  if (version === 2) {
    const scope = form.get("scope") ?? `${facts.audience}/.default`;
    return { ...token, scope, expires_in: seconds, ext_expires_in: seconds };
  }
  const expiresOn = String(Math.floor(facts.expiresAtMs / 1_000));
  return { ...token, resource: facts.audience, expires_in: String(seconds), expires_on: expiresOn };
}

function clientInfo(user: DirectoryUser, tenantId: string): string {
  return Buffer.from(JSON.stringify({ uid: user.objectId, utid: tenantId })).toString("base64url");
}
