import type { Signer } from "../certificates/hostile-certificates";
import type { PartnerCenterSettings } from "./partner-center-settings";
import type { Registration } from "./registration";

/** A callback ready to be sent, byte for byte. */
export interface Callback {
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: Buffer;
}

export interface SigningContext {
  readonly registration: Registration;
  readonly settings: PartnerCenterSettings;
  readonly signer: Pick<Signer, "sign">;
  readonly certificateUrl: string;
}

export function signedCallback(body: Buffer, context: SigningContext): Callback {
  const { registration, settings, signer, certificateUrl } = context;
  const signature = signer.sign(body).toString("base64");
  const header = registration.signatureInOwnHeader ? "x-ms-signature" : "Authorization";
  return {
    url: registration.url,
    headers: {
      "Content-Type": "application/json",
      [header]: settings.bareSignature ? signature : `Signature ${signature}`,
      "X-MS-Certificate-Url": certificateUrl,
      "X-MS-Signature-Algorithm": "rsa-sha256",
    },
    body,
  };
}
