import { isJsonObject, type Json } from "../../core/json";

/** What an access token says of its user. */
export interface SignedInAs {
  readonly name: string | null;
  /** Whether a second factor was shown; null when the token does not say. */
  readonly secondFactor: boolean | null;
}

/** Reads a token's claims. They are for people to read, never to decide by: nobody has checked their signature. */
export function signedInAs(token: string): SignedInAs {
  const claims = claimsIn(token);
  const methods = claims["amr"];
  const name = claims["upn"] ?? claims["unique_name"] ?? claims["preferred_username"];
  return {
    name: typeof name === "string" ? name : null,
    secondFactor: Array.isArray(methods) ? (methods as readonly Json[]).includes("mfa") : null,
  };
}

function claimsIn(token: string): { readonly [name: string]: Json } {
  try {
    const part = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const claims = JSON.parse(atob(part)) as Json;
    return isJsonObject(claims) ? claims : {};
  } catch {
    return {};
  }
}
