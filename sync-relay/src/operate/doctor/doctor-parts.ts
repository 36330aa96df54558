import type { FieldMap } from "../../core/mapping/field-map";
import type { Clock, Random } from "../../ports/clock";
import type { CrmEnvironment } from "../../ports/crm-environment";
import type { CrmMetadata } from "../../ports/crm-metadata";
import type { OperatorStore } from "../../ports/operator-store";
import type { PairStore } from "../../ports/pair-store";
import type { PartnerCenter } from "../../ports/partner-center";
import type { TokenSource } from "../../ports/token-source";
import type { WorkQueue } from "../../ports/work-queue";
import type { CertificateLook } from "./certificate-look";
import type { SecretsLook } from "./secrets-area";

/** Everything that the doctor looks at. */
export interface DoctorParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly versions: { readonly relay: string; readonly node: string };
  readonly addresses: DoctorAddresses;
  readonly clientId: string;
  readonly secrets: SecretsLook;
  readonly store: DoctorStore;
  readonly mapping: DoctorMapping;
  readonly dataverse: {
    readonly signIn: Pick<TokenSource, "token">;
    readonly environment: CrmEnvironment;
    readonly metadata: Pick<CrmMetadata, "columns">;
  };
  readonly partnerCenter: {
    readonly signIn: SignInLook;
    readonly referrals: Pick<PartnerCenter, "listChangedSince">;
    readonly registration: RegistrationLook;
  };
  /** The time by a cloud's clock, milliseconds since the epoch; null when it does not say. */
  readonly cloudTime: () => Promise<number | null>;
  readonly probe: (url: string) => Promise<AddressProbe>;
  /** What an https address shows. */
  readonly certificate: (url: string) => Promise<CertificateLook>;
}

export interface DoctorAddresses {
  readonly dataverse: string;
  /** Under which both clouds reach the relay; null: not set. */
  readonly public: string | null;
  /** How the links look that the relay writes, with `{referralId}`. */
  readonly referralLink: string;
  /** Path of the Dataverse webhook below it. */
  readonly dataverseWebhookPath: string;
  /** Path of the Partner Center webhook below it; its last part is a secret. */
  readonly partnerCenterWebhookPath: string;
}

export interface DoctorStore {
  readonly queue: Pick<WorkQueue, "depth">;
  readonly pairs: Pick<PairStore, "fact">;
  readonly operator: Pick<OperatorStore, "runningRelays" | "deadLetters">;
}

export type DoctorMapping =
  | { readonly kind: "ok"; readonly map: FieldMap; readonly file: string | null }
  /** `first` is the first problem with its place. */
  | { readonly kind: "refused"; readonly count: number; readonly first: string };

export interface SignInLook extends Pick<TokenSource, "token"> {
  /** When the credential ends, as far as it is known before it is used. */
  endsAtMs(): Promise<number | null>;
}

export interface RegistrationLook {
  get(correlationId: string): Promise<{ readonly webhookUrl: string; readonly events: readonly string[] } | null>;
}

/** What answers at an address. */
export type AddressProbe =
  | {
      readonly kind: "relay";
      /** Null where only the webhooks are published. */
      readonly version: string | null;
      /** Pages for operators that can be read there. */
      readonly openPages: readonly string[];
      /** The same host takes webhooks without TLS, too. */
      readonly inTheClear: boolean;
    }
  | { readonly kind: "other" }
  | { readonly kind: "unreachable" };
