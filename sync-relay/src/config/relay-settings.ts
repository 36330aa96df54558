/** Everything that an operator can set, read and checked. */
export interface RelaySettings {
  readonly dataverse: {
    readonly url: string;
    /** One or two; each is accepted. */
    readonly webhookSecrets: readonly string[];
  };
  readonly partnerCenter: {
    readonly url: string;
    readonly eventsUrl: string;
    /** Last part of the address that is registered. */
    readonly webhookToken: string;
    /** Taken as well, while one replaces the other. */
    readonly otherWebhookToken: string | null;
    readonly certificate: {
      /** Host names; a loopback host may carry a port and is then fetched over plain http. */
      readonly hosts: readonly string[];
      /** Host names of the same kind; none: intermediates must be among the anchors. */
      readonly issuerHosts: readonly string[];
      /** PEM certificates. */
      readonly anchors: readonly string[];
      readonly subject: string;
    };
    /** Only until the first redeemed one is stored. */
    readonly firstRefreshToken: string | null;
  };
  readonly signIn: {
    readonly authorityUrl: string;
    readonly tenantId: string;
    readonly clientId: string;
    readonly credential: SignInCredential;
  };
  readonly storage: StorageSettings;
  /** Keys of 32 bytes: the first seals, each opens. Null: use the key file in the data folder. */
  readonly masterKeys: readonly Uint8Array[] | null;
  readonly server: {
    readonly host: string;
    readonly port: number;
    readonly publicUrl: string | null;
    readonly logLevel: LogLevel;
    /** How long webhooks are still taken after a signal to stop, whoever is connected. */
    readonly drainSeconds: number;
  };
  readonly mappingFile: string | null;
  readonly language: "en" | "fr";
  /** Contains `{referralId}`. */
  readonly referralLink: string;
  readonly coSellPosts: "two" | "one";
  readonly syncLeads: boolean;
  readonly sweepSeconds: number;
  readonly inspectSeconds: number;
  readonly coalesceMs: number;
  readonly createQuarantineSeconds: number;
  readonly maxAttempts: number;
  readonly parallel: number;
}

/** How the relay proves who it is. */
export type SignInCredential =
  | {
      readonly kind: "secret";
      readonly secret: string;
      /** Absent: nobody has said so, and the secret itself does not tell. */
      readonly endsAtMs?: number;
    }
  /** `certificates` is the PEM chain, own certificate first. */
  | { readonly kind: "certificate"; readonly certificates: readonly string[]; readonly privateKey: string };

/** Where the relay keeps its state. The data folder also holds the key file. */
export type StorageSettings =
  | { readonly kind: "embedded"; readonly dataDir: string; readonly pgBin: string | null }
  | { readonly kind: "database"; readonly dataDir: string; readonly url: string };

export type LogLevel = "debug" | "info" | "warn" | "error";
