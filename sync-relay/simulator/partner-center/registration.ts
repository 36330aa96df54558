/** The one webhook registration that a tenant can have. */
export interface Registration {
  readonly subscriberId: string;
  readonly url: string;
  readonly events: readonly string[];
  /** Whether the signature goes into `x-ms-signature` instead of `Authorization`. */
  readonly signatureInOwnHeader: boolean;
}
