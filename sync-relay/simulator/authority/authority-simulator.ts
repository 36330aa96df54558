// A sign-in authority on loopback, in the likeness of Entra's token endpoint, for the demo and the tests. It checks
// secrets, certificates, code challenges and refresh tokens as the real one does, and fails on demand.

import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { AddressInfo } from "node:net";
import Fastify from "fastify";
import { addAuthorityRoutes } from "./authority-routes";
import {
  defaultAuthoritySettings,
  type AuthoritySettings,
  type DirectoryUser,
  type RegisteredClient,
} from "./authority-settings";
import { createGrants } from "./grants";
import { createIssuedTokens, type TokenFacts } from "./issued-tokens";

export interface AuthoritySimulatorOptions {
  readonly tenantId?: string;
  readonly clients: readonly RegisteredClient[];
  /** The first one signs in unless a login hint names another. */
  readonly users?: readonly DirectoryUser[];
  readonly settings?: Partial<AuthoritySettings>;
  readonly nowMs?: () => number;
  /** 0: any free port. */
  readonly port?: number;
}

/** What a service learns of a token; the shape that the simulated Partner Center asks for. */
export type TokenJudgement =
  | { readonly kind: "accepted"; readonly caller: "app" }
  | { readonly kind: "accepted"; readonly caller: "user"; readonly email: string }
  | { readonly kind: "rejected" };

export interface AuthoritySimulator {
  readonly url: string;
  readonly tenantId: string;
  readonly settings: AuthoritySettings;
  /** Null for tokens that this authority did not issue or that have expired. */
  introspect(token: string): TokenFacts | null;
  /** Whether a token is good for an audience. */
  readonly acceptToken: (token: string, audience: string) => TokenJudgement;
  /** A refresh token as if the user had signed in before. */
  issueRefreshToken(clientId: string, user?: DirectoryUser): string;
  revokeRefreshTokens(): void;
  revokeAccessTokens(): void;
  /** Requests answered by the token endpoint since the start. */
  tokenRequests(): number;
  close(): Promise<void>;
}

const DEMO_USER: DirectoryUser = {
  objectId: "8c6f1f8e-4c0b-4c57-9d0f-0d4f3a2b1c11",
  userName: "seller@partner.example",
  displayName: "Sync user",
};

export async function createAuthoritySimulator(options: AuthoritySimulatorOptions): Promise<AuthoritySimulator> {
  const settings = { ...defaultAuthoritySettings(), ...options.settings };
  const nowMs = options.nowMs ?? Date.now;
  const tenantId = options.tenantId ?? randomUUID();
  const users = options.users ?? [DEMO_USER];
  const grants = createGrants(settings, nowMs);
  const tokens = createIssuedTokens(nowMs);
  const stop = new AbortController();
  const app = Fastify({ forceCloseConnections: true });
  let tokenRequests = 0;
  app.addHook("onResponse", async (request) => {
    if (/\/token(\?|$)/.test(request.url)) tokenRequests += 1;
    await Promise.resolve();
  });
  addAuthorityRoutes(app, {
    tenantId,
    tenantNames: ["common", "organizations"],
    clients: options.clients,
    users,
    settings,
    grants,
    tokens,
    nowMs,
    pause: (delayMs) => pause(delayMs, undefined, { signal: stop.signal }).catch(() => undefined),
  });
  await app.listen({ host: "127.0.0.1", port: options.port ?? 0 });
  const address = app.server.address() as AddressInfo | null;

  return {
    url: `http://127.0.0.1:${address?.port ?? 0}`,
    tenantId,
    settings,
    introspect: tokens.introspect,
    acceptToken: (token, audience) => judge(tokens.introspect(token), audience),
    issueRefreshToken: (clientId, user = users[0] ?? DEMO_USER) => grants.newRefreshToken(clientId, user),
    revokeRefreshTokens: grants.revokeRefreshTokens,
    revokeAccessTokens: tokens.revokeAll,
    tokenRequests: () => tokenRequests,
    async close() {
      stop.abort();
      await app.close();
    },
  };
}

/** A trailing slash makes no other audience. */
function judge(facts: TokenFacts | null, audience: string): TokenJudgement {
  if (facts === null || facts.audience.replace(/\/$/, "") !== audience.replace(/\/$/, "")) return { kind: "rejected" };
  return facts.caller === "app"
    ? { kind: "accepted", caller: "app" }
    : { kind: "accepted", caller: "user", email: facts.email };
}
