// Callbacks that a receiver must refuse, or must treat as no more than a hint, sent once to the registered URL.

import type { HostileKind } from "../certificates/hostile-certificates";
import type { TestCertificateAuthority } from "../certificates/test-certificate-authority";
import { messageBytes, type EventMessage } from "./event-message";
import type { PartnerCenterSettings } from "./partner-center-settings";
import { postCallback } from "./post-callback";
import type { Registration } from "./registration";
import { signedCallback, type Callback, type SigningContext } from "./signed-callback";

export type HostileCallback =
  /** Body changed after signing. */
  | { readonly kind: "tampered-body" }
  /** The same JSON, written with spaces: other bytes than those signed. */
  | { readonly kind: "re-serialised" }
  | { readonly kind: "no-signature" }
  /** A real SHA-1 signature that says so. */
  | { readonly kind: "sha1" }
  | { readonly kind: "no-certificate-url" }
  /** A right signature whose certificate is named at another address. */
  | { readonly kind: "evil-certificate-url"; readonly url: string }
  /** Signed by a hostile signer whose certificate this simulator serves. */
  | { readonly kind: "hostile-certificate"; readonly certificate: HostileKind }
  /** Rightly signed, about a referral of another tenant. */
  | { readonly kind: "foreign-tenant" }
  /** Rightly signed, with a ResourceUri on another host. */
  | { readonly kind: "evil-resource-uri"; readonly url: string }
  /** The last delivered callback once more, byte for byte. */
  | { readonly kind: "replay" };

export interface HostileContext {
  readonly settings: PartnerCenterSettings;
  readonly authority: TestCertificateAuthority;
  registration(): Registration | null;
  /** An event about a referral of this partner, or about one that nobody here has. */
  newEvent(about: "own" | "foreign"): EventMessage;
  /** Where a certificate is served. */
  certificateUrl(name: "good" | HostileKind): string;
  lastDelivered(): Callback | null;
}

/** Sends it and gives the status of the answer; 0 when there was none. */
export async function sendHostileCallback(order: HostileCallback, context: HostileContext): Promise<number> {
  const registration = context.registration();
  if (registration === null) throw new Error("nothing is registered");
  return postCallback(await forged(order, registration, context), context.settings.callbackTimeoutMs);
}

async function forged(order: HostileCallback, registration: Registration, context: HostileContext): Promise<Callback> {
  const { authority, settings } = context;
  const event = context.newEvent(order.kind === "foreign-tenant" ? "foreign" : "own");
  const certificateUrl = context.certificateUrl("good");
  const sign = (message: EventMessage, signer: SigningContext["signer"] = authority) =>
    signedCallback(messageBytes(message), { registration, settings, signer, certificateUrl });
  switch (order.kind) {
    case "sha1":
      return withHeader(sign(event, { sign: authority.signSha1 }), "X-MS-Signature-Algorithm", "rsa-sha1");
    case "hostile-certificate": {
      const forgery = sign(event, await authority.hostile(order.certificate));
      return withHeader(forgery, "X-MS-Certificate-Url", context.certificateUrl(order.certificate));
    }
    case "foreign-tenant":
      return sign(event);
    case "evil-resource-uri":
      return sign({ ...event, ResourceUri: order.url });
    case "replay":
      return context.lastDelivered() ?? sign(event);
    default:
      return spoilt(order, sign(event), event);
  }
}

type Spoiling = Extract<
  HostileCallback["kind"],
  "tampered-body" | "re-serialised" | "no-signature" | "no-certificate-url" | "evil-certificate-url"
>;

/** A good callback with one part changed after it was signed. */
function spoilt(order: Extract<HostileCallback, { kind: Spoiling }>, good: Callback, event: EventMessage): Callback {
  switch (order.kind) {
    case "tampered-body":
      return { ...good, body: messageBytes({ ...event, ResourceName: "Referral" }) };
    case "re-serialised":
      return { ...good, body: Buffer.from(JSON.stringify(event, null, 2)) };
    case "no-signature":
      return withoutHeaders(good, ["Authorization", "x-ms-signature"]);
    case "no-certificate-url":
      return withoutHeaders(good, ["X-MS-Certificate-Url"]);
    case "evil-certificate-url":
      return withHeader(good, "X-MS-Certificate-Url", order.url);
  }
}

function withHeader(callback: Callback, name: string, value: string): Callback {
  return { ...callback, headers: { ...callback.headers, [name]: value } };
}

function withoutHeaders(callback: Callback, names: readonly string[]): Callback {
  const headers = Object.entries(callback.headers).filter(([name]) => !names.includes(name));
  return { ...callback, headers: Object.fromEntries(headers) };
}
