import { constants, createHash, verify, X509Certificate } from "node:crypto";
import { refusal, type AuthorityRefusal, type RefusalReason } from "./authority-refusal";
import type { AuthoritySettings, RegisteredClient } from "./authority-settings";

export type Authenticated = { readonly kind: "client"; readonly client: RegisteredClient } | AuthorityRefusal;

export interface AuthenticationContext {
  readonly clients: readonly RegisteredClient[];
  readonly settings: AuthoritySettings;
  /** Addresses of the endpoint that an assertion may be meant for. */
  readonly audiences: readonly string[];
  readonly nowMs: number;
}

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** Which client sends the request. A client without any credential is public and needs none. */
export function authenticateClient(form: URLSearchParams, context: AuthenticationContext): Authenticated {
  const client = context.clients.find(({ clientId }) => clientId === form.get("client_id"));
  if (client === undefined) return refusal("unknown-client");
  const assertion = form.get("client_assertion");
  if (assertion !== null) return byAssertion(client, form, context);
  const secret = form.get("client_secret");
  if (secret !== null) return bySecret(client, secret, context.settings);
  const hasNone = client.secret === undefined && client.certificates === undefined;
  const isPublic = hasNone || (client.allowPublicClient === true && isPublicFlow(form));
  return isPublic ? { kind: "client", client } : refusal("no-credential");
}

/** Flows in which an application that cannot keep a secret signs a person in. */
function isPublicFlow(form: URLSearchParams): boolean {
  return /device_code$/.test(form.get("grant_type") ?? "");
}

function bySecret(client: RegisteredClient, secret: string, settings: AuthoritySettings): Authenticated {
  if (settings.clientSecrets === "expired") return refusal("expired-secret");
  const isRight = client.secret === secret && settings.clientSecrets === "accepted";
  return isRight ? { kind: "client", client } : refusal("wrong-secret");
}

interface Assertion {
  readonly header: { readonly alg?: string; readonly x5t?: string; readonly "x5t#S256"?: string };
  readonly claims: { readonly aud?: string; readonly iss?: string; readonly sub?: string; readonly exp?: number };
  readonly signed: Buffer;
  readonly signature: Buffer;
}

function byAssertion(client: RegisteredClient, form: URLSearchParams, context: AuthenticationContext): Authenticated {
  const assertion = readAssertion(form.get("client_assertion") ?? "");
  if (assertion === null || form.get("client_assertion_type") !== ASSERTION_TYPE) return refusal("wrong-assertion");
  const isSigned = (client.certificates ?? []).some((pem) => isSignedBy(assertion, new X509Certificate(pem)));
  const objection = isSigned ? claimsObjection(assertion.claims, client, context) : "wrong-assertion";
  return objection === null ? { kind: "client", client } : refusal(objection);
}

function claimsObjection(
  { aud, iss, sub, exp }: Assertion["claims"],
  { clientId }: RegisteredClient,
  { audiences, nowMs }: AuthenticationContext,
): RefusalReason | null {
  if (iss !== clientId || sub !== clientId) return "wrong-assertion";
  if (aud === undefined || !audiences.includes(aud)) return "wrong-assertion-audience";
  return exp !== undefined && exp * 1_000 > nowMs ? null : "expired-assertion";
}

function readAssertion(text: string): Assertion | null {
  const [header = "", claims = "", signature = ""] = text.split(".");
  try {
    return {
      header: JSON.parse(Buffer.from(header, "base64url").toString()) as Assertion["header"],
      claims: JSON.parse(Buffer.from(claims, "base64url").toString()) as Assertion["claims"],
      signed: Buffer.from(`${header}.${claims}`),
      signature: Buffer.from(signature, "base64url"),
    };
  } catch {
    return null;
  }
}

/** The header must name the certificate by its thumbprint, and the certificate's key must have signed. */
function isSignedBy({ header, signed, signature }: Assertion, certificate: X509Certificate): boolean {
  const thumbprint = (hash: string) => createHash(hash).update(certificate.raw).digest("base64url");
  const isNamed = header["x5t#S256"] === thumbprint("sha256") || header.x5t === thumbprint("sha1");
  const padding = { PS256: constants.RSA_PKCS1_PSS_PADDING, RS256: constants.RSA_PKCS1_PADDING }[header.alg ?? ""];
  if (!isNamed || padding === undefined) return false;
  const key = { key: certificate.publicKey, padding };
  const salted = padding === constants.RSA_PKCS1_PSS_PADDING ? { saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : {};
  return verify("sha256", signed, { ...key, ...salted }, signature);
}
