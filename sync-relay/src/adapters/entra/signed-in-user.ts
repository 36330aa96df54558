import { isJsonObject, type Json, type JsonObject } from "../../core/json";

/** Who signed in, as far as the tokens tell: for a person to see that it is the right one. Nothing is decided by it. */
export interface SignedInUser {
  readonly userName: string;
  readonly displayName: string | null;
  readonly tenantId: string | null;
  readonly roles: readonly string[];
  /** Whether a second factor was used; null when the token does not say. */
  readonly multiFactor: boolean | null;
}

/** Reads id token and access token. They came from the authority itself just now, so their signature is not looked at. */
export function signedInUser(idToken: string, accessToken: string): SignedInUser {
  const id = claimsOf(idToken);
  const access = claimsOf(accessToken);
  const methods = access["amr"];
  return {
    userName: textOf(id["preferred_username"]) ?? textOf(access["upn"]) ?? textOf(access["unique_name"]) ?? "?",
    displayName: textOf(id["name"]) ?? textOf(access["name"]),
    tenantId: textOf(id["tid"]) ?? textOf(access["tid"]),
    roles: [...new Set([...textsOf(access["roles"]), ...textsOf(id["roles"])])],
    multiFactor: Array.isArray(methods) ? textsOf(methods).includes("mfa") : null,
  };
}

/** Claims of a JSON web token; none when it is something else, as access tokens may be. */
function claimsOf(token: string): JsonObject {
  try {
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as Json;
    return isJsonObject(claims) ? claims : {};
  } catch {
    return {};
  }
}

function textOf(value: Json | undefined): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter((item) => typeof item === "string") : [];
}
