import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { refusal, refusalBody, type AuthorityRefusal } from "./authority-refusal";
import type { DirectoryUser, RegisteredClient } from "./authority-settings";
import { answerTokenRequest, type TokenContext } from "./token-endpoint";

export interface AuthorityRoutesContext extends TokenContext {
  readonly users: readonly DirectoryUser[];
  /** Names under which the tenant may be addressed, besides its id. */
  readonly tenantNames: readonly string[];
  pause(delayMs: number): Promise<void>;
}

/** The authority's public address, which clients put into assertions even when the request is led elsewhere. */
const PUBLIC_ORIGIN = "https://login.microsoftonline.com";

type OfTenant = FastifyRequest & { params: { tenant: string } };

export function addAuthorityRoutes(app: FastifyInstance, context: AuthorityRoutesContext): void {
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) => {
    done(null, new URLSearchParams(String(body)));
  });
  app.post("/:tenant/oauth2/v2.0/token", (request, reply) => answerToken(request, reply, { version: 2, context }));
  app.post("/:tenant/oauth2/token", (request, reply) => answerToken(request, reply, { version: 1, context }));
  app.get("/:tenant/oauth2/v2.0/authorize", (request, reply) => answerSignIn(request, reply, context));
  app.get("/:tenant/oauth2/authorize", (request, reply) => answerSignIn(request, reply, context));
  app.post("/:tenant/oauth2/v2.0/devicecode", (request, reply) => answerDeviceCode(request, reply, context));
  app.get("/:tenant/v2.0/.well-known/openid-configuration", (request, reply) =>
    reply.send(discovery(`${originOf(request)}/${(request as OfTenant).params.tenant}`)),
  );
  app.get("/common/discovery/instance", (request, reply) => reply.send(instances(originOf(request))));
}

interface TokenRoute {
  readonly version: 1 | 2;
  readonly context: AuthorityRoutesContext;
}

async function answerToken(request: FastifyRequest, reply: FastifyReply, { version, context }: TokenRoute) {
  await context.pause(context.settings.latencyMs);
  const struck = strikeFault(reply, context);
  if (struck !== null) return struck;
  if (!isKnownTenant(request, context)) return refuse(reply, refusal("unknown-tenant"), context);
  const form = formOf(request);
  const audiences = [PUBLIC_ORIGIN, originOf(request)].map((origin) => origin + request.url.replace(/\?.*$/, ""));
  const answer = answerTokenRequest({ form, version, audiences }, context);
  if (answer.kind === "refusal") return refuse(reply, answer, context);
  return reply.header("Cache-Control", "no-store").send(answer.body);
}

/** Answers with the fault that is set, and counts it down. */
function strikeFault(reply: FastifyReply, { settings }: AuthorityRoutesContext): FastifyReply | null {
  const { fault } = settings;
  if (fault === null) return null;
  settings.fault = fault.count > 1 ? { ...fault, count: fault.count - 1 } : null;
  if (fault.status !== 500) void reply.header("Retry-After", fault.retryAfterSeconds);
  return reply.code(fault.status).send({ error: "temporarily_unavailable", error_description: "Try again later." });
}

function answerSignIn(request: FastifyRequest, reply: FastifyReply, context: AuthorityRoutesContext): FastifyReply {
  const query = new URLSearchParams(request.url.split("?").slice(1).join("?"));
  const client = context.clients.find(({ clientId }) => clientId === query.get("client_id"));
  if (client === undefined) return refuse(reply, refusal("unknown-client"), context);
  const redirectUri = query.get("redirect_uri") ?? "";
  const isRegistered =
    client.redirectUris?.map(withoutPort).includes(withoutPort(redirectUri)) ?? URL.canParse(redirectUri);
  if (!isRegistered) return refuse(reply, refusal("wrong-redirect"), context);
  const target = new URL(redirectUri);
  const answer = { ...signInOutcome(query, { client, redirectUri, context }), state: query.get("state") };
  for (const [name, value] of Object.entries(answer)) {
    if (value !== null) target.searchParams.set(name, value);
  }
  return reply.redirect(target.href);
}

/** Which port of this machine a program gets is chance, so the authority does not compare it: for `localhost` only. */
function withoutPort(redirectUri: string): string {
  return redirectUri
    .replace(/^http:\/\/localhost(:\d+)?(?=\/|$)/, "http://localhost")
    .replace(/^(http:\/\/localhost)\/$/, "$1");
}

interface SignIn {
  readonly client: RegisteredClient;
  readonly redirectUri: string;
  readonly context: AuthorityRoutesContext;
}

/** What the sign-in page sends back: a code, or an error. */
function signInOutcome(query: URLSearchParams, { client, redirectUri, context }: SignIn): { [name: string]: string } {
  const hint = query.get("login_hint");
  const user = context.users.find(({ userName }) => userName === hint) ?? context.users[0];
  if (context.settings.signIn === "declined" || user === undefined) {
    return { error: "access_denied", error_description: "The user declined." };
  }
  const [scope, nonce, challenge] = [query.get("scope") ?? "", query.get("nonce"), query.get("code_challenge")];
  if (challenge === null && context.settings.codeChallenges === "required") {
    return { error: "invalid_request", error_description: "AADSTS9002325: Proof Key for Code Exchange is required." };
  }
  const { clientId } = client;
  return { code: context.grants.newCode({ clientId, user, redirectUri, scope, nonce, challenge }) };
}

function answerDeviceCode(request: FastifyRequest, reply: FastifyReply, context: AuthorityRoutesContext): FastifyReply {
  const clientId = formOf(request).get("client_id") ?? "";
  const [user] = context.users;
  const client = context.clients.find((one) => one.clientId === clientId);
  // A confidential application gets device codes only where public flows are allowed.
  const isKnown = client !== undefined && (client.secret === undefined || client.allowPublicClient === true);
  if (client !== undefined && !isKnown) return refuse(reply, refusal("no-credential"), context);
  if (!isKnown || user === undefined) return refuse(reply, refusal("unknown-client"), context);
  return reply.send(context.grants.newDeviceCode(clientId, user));
}

function isKnownTenant(request: FastifyRequest, { tenantId, tenantNames }: AuthorityRoutesContext): boolean {
  const { tenant } = (request as OfTenant).params;
  return tenant === tenantId || tenantNames.includes(tenant);
}

function formOf({ body }: FastifyRequest): URLSearchParams {
  return body instanceof URLSearchParams ? body : new URLSearchParams();
}

function refuse(reply: FastifyReply, refused: AuthorityRefusal, context: AuthorityRoutesContext): FastifyReply {
  return reply.code(refused.status).send(refusalBody(refused, context.nowMs()));
}

function originOf(request: FastifyRequest): string {
  return `http://${request.host}`;
}

function discovery(base: string): object {
  return {
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_types_supported: ["code"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt"],
  };
}

function instances(origin: string): object {
  const host = new URL(origin).host;
  return {
    tenant_discovery_endpoint: `${origin}/common/v2.0/.well-known/openid-configuration`,
    "api-version": "1.1",
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}
