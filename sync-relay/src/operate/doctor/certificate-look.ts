/** What a public address shows to whoever connects. */
export type CertificateLook =
  | { readonly kind: "unreachable" }
  /** Something takes the connection and does not speak TLS. */
  | { readonly kind: "no-tls" }
  | { readonly kind: "shown"; readonly certificate: AddressCertificate };

/** The TLS certificate of a public address. */
export interface AddressCertificate {
  readonly fromMs: number;
  readonly endsAtMs: number;
  readonly issuer: string;
  /** Hosts that it is for. */
  readonly names: readonly string[];
  readonly isForHost: boolean;
  /** What the TLS library says against it, by the library's own name; null when it says nothing. */
  readonly objection: string | null;
}
