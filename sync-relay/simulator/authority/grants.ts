// Sign-ins that are under way or can be renewed: authorization codes, device codes, refresh tokens.

import { createHash, randomBytes, randomUUID } from "node:crypto";
import { refusal, type AuthorityRefusal } from "./authority-refusal";
import type { AuthoritySettings, DirectoryUser } from "./authority-settings";

/** A user's consent that a client has redeemed. */
export interface Redeemed {
  readonly kind: "redeemed";
  readonly user: DirectoryUser;
  readonly nonce: string | null;
  /** Scope asked for at sign-in; a redemption may ask for another. */
  readonly scope: string;
}

export interface SignInRequest {
  readonly clientId: string;
  readonly user: DirectoryUser;
  readonly redirectUri: string;
  readonly scope: string;
  readonly nonce: string | null;
  /** S256 challenge; null when the client sent none. */
  readonly challenge: string | null;
}

export interface DeviceCode {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly expires_in: number;
  readonly interval: number;
  readonly message: string;
}

export interface Grants {
  newCode(request: SignInRequest): string;
  redeemCode(form: URLSearchParams): Redeemed | AuthorityRefusal;
  newDeviceCode(clientId: string, user: DirectoryUser): DeviceCode;
  redeemDeviceCode(form: URLSearchParams): Redeemed | AuthorityRefusal;
  newRefreshToken(clientId: string, user: DirectoryUser): string;
  redeemRefreshToken(form: URLSearchParams): Redeemed | AuthorityRefusal;
  /** An administrator revokes a user's sessions: every refresh token so far is worthless. */
  readonly revokeRefreshTokens: () => void;
}

/** A refresh token lives that long unused. */
const REFRESH_TOKEN_DAYS = 90;
const DAY_MS = 86_400_000;
const CODE_MINUTES = 10;
const DEVICE_CODE_SECONDS = 900;

interface RefreshToken {
  readonly clientId: string;
  readonly user: DirectoryUser;
  readonly expiresAtMs: number;
  readonly state: "valid" | "revoked" | "used";
}

export function createGrants(settings: AuthoritySettings, nowMs: () => number): Grants {
  const codes = new Map<string, SignInRequest & { readonly expiresAtMs: number }>();
  const devices = new Map<string, { readonly clientId: string; readonly user: DirectoryUser }>();
  const refreshTokens = new Map<string, RefreshToken>();

  return {
    newCode(request) {
      const code = newSecret();
      codes.set(code, { ...request, expiresAtMs: nowMs() + CODE_MINUTES * 60_000 });
      return code;
    },
    redeemCode(form) {
      const code = form.get("code") ?? "";
      const request = codes.get(code);
      codes.delete(code);
      if (request === undefined || request.expiresAtMs <= nowMs()) return refusal("code-unknown");
      if (request.clientId !== form.get("client_id")) return refusal("code-unknown");
      if (request.redirectUri !== form.get("redirect_uri")) return refusal("wrong-redirect");
      if (!answersChallenge(request.challenge, form.get("code_verifier"))) return refusal("wrong-verifier");
      return { kind: "redeemed", user: request.user, nonce: request.nonce, scope: request.scope };
    },
    newDeviceCode(clientId, user) {
      const device_code = newSecret();
      const user_code = randomUUID().slice(0, 8).toUpperCase();
      devices.set(device_code, { clientId, user });
      const verification_uri = "https://login.microsoftonline.com/device";
      const message = `Open ${verification_uri} and type ${user_code}.`;
      const interval = settings.deviceIntervalSeconds;
      return { device_code, user_code, verification_uri, expires_in: DEVICE_CODE_SECONDS, interval, message };
    },
    redeemDeviceCode(form) {
      const found = devices.get(form.get("device_code") ?? "");
      if (found === undefined || found.clientId !== form.get("client_id")) return refusal("code-unknown");
      if (settings.deviceCodes === "blocked") return refusal("device-blocked");
      if (settings.deviceCodes === "pending") return refusal("device-pending");
      return { kind: "redeemed", user: found.user, nonce: null, scope: "" };
    },
    newRefreshToken(clientId, user) {
      const token = `0.${newSecret()}`;
      refreshTokens.set(token, { clientId, user, expiresAtMs: nowMs() + REFRESH_TOKEN_DAYS * DAY_MS, state: "valid" });
      return token;
    },
    redeemRefreshToken(form) {
      const token = form.get("refresh_token") ?? "";
      const found = refreshTokens.get(token);
      if (found === undefined || found.clientId !== form.get("client_id")) return refusal("refresh-unknown");
      const objection = refreshObjection(found, settings, nowMs());
      if (objection !== null) return objection;
      if (settings.usedRefreshTokens === "become-invalid") refreshTokens.set(token, { ...found, state: "used" });
      return { kind: "redeemed", user: found.user, nonce: null, scope: "" };
    },
    revokeRefreshTokens() {
      for (const [token, found] of refreshTokens) refreshTokens.set(token, { ...found, state: "revoked" });
    },
  };
}

function refreshObjection(token: RefreshToken, settings: AuthoritySettings, nowMs: number): AuthorityRefusal | null {
  if (settings.refreshTokens === "revoked" || token.state === "revoked") return refusal("refresh-revoked");
  if (settings.refreshTokens === "expired" || token.expiresAtMs <= nowMs) return refusal("refresh-expired");
  if (token.state === "used") return refusal("refresh-unknown");
  return settings.multiFactor === "required" ? refusal("multi-factor") : null;
}

function answersChallenge(challenge: string | null, verifier: string | null): boolean {
  if (challenge === null) return true;
  return (
    createHash("sha256")
      .update(verifier ?? "")
      .digest("base64url") === challenge
  );
}

function newSecret(): string {
  return randomBytes(32).toString("base64url");
}
