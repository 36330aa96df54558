import { createVirtualClock } from "../support/virtual-clock";
import { securityRoles } from "../../solution/schema/security-roles";
import { helpOptions } from "../../solution/schema/help-options";
import type { CrmColumn } from "../../sync-relay/src/core/mapping/crm-column";
import { columnsToHear } from "../../sync-relay/src/operate/doctor/dataverse-webhook-area";
import type { AddressCertificate } from "../../sync-relay/src/operate/doctor/certificate-look";
import type { AddressProbe, DoctorParts } from "../../sync-relay/src/operate/doctor/doctor-parts";
import type { CrmEnvironment, CrmWebhook } from "../../sync-relay/src/ports/crm-environment";
import { shippedMap } from "../pipeline/world";

export const REFERRAL_LINK = "https://partner.microsoft.com/referrals?id={referralId}";
const DAY_MS = 24 * 60 * 60_000;

export const PUBLIC_URL = "https://relay.contoso.example";

/** Everything as it should be; a test changes what matters to it. */
export function healthyParts(changes: PartsChanges = {}): DoctorParts {
  const clock = createVirtualClock();
  const environment: CrmEnvironment = {
    ownUser: async () => ({ id: "u", name: "Relay", disabled: false }),
    rolesOf: async () => ["CoSell Sync relay"],
    privilegesOf: async () => securityRoles.flatMap(({ privileges }) => privileges.map(({ name }) => name)),
    securedColumns: async () => [],
    solutionVersion: async () => "1.2.3.0",
    unreadablePaths: async () => [],
    unreadableSection: async () => [],
    tracksChanges: async () => true,
    languages: async () => [1033],
    variables: async () => [
      { name: "cosell_RelayAddress", value: PUBLIC_URL },
      { name: "cosell_ReferralLink", value: REFERRAL_LINK },
      { name: "cosell_SupportAddress", value: null },
    ],
    webhooks: async () => [aWebhook()],
    failedCalls: async () => 0,
    currencies: async () => ["USD", "EUR"],
    sharedValues: async () => [],
    changedSince: async () => [],
    listOpportunities: async () => [],
    activePartnerCenterFlows: async () => [],
    ...changes.environment,
  };
  return {
    clock,
    random: { next: () => 0.5, uuid: () => "0f000000-0000-4000-8000-000000000001", uuidFor: (name) => name },
    versions: { relay: "1.2.3", node: "24.0.0" },
    addresses: {
      dataverse: "https://contoso.crm4.dynamics.com",
      public: PUBLIC_URL,
      referralLink: REFERRAL_LINK,
      dataverseWebhookPath: "/webhooks/dataverse",
      partnerCenterWebhookPath: "/webhooks/partner-center/secret-token",
    },
    clientId: "client",
    secrets: { credential: { kind: "secret", endsAtMs: clock.now() + 90 * DAY_MS }, masterKey: "0a1b2c3d" },
    mapping: { kind: "ok", map: shippedMap, file: null },
    cloudTime: async () => clock.now(),
    probe: async () => aRelayAnswers(),
    certificate: async () => ({ kind: "shown", certificate: aCertificate(clock.now()) }),
    ...changes.parts,
    store: {
      queue: { depth: async () => ({ events: 0, oldestAgeMs: 0, dead: 0 }) },
      pairs: { fact: async () => null },
      operator: { runningRelays: async () => 1, deadLetters: async () => [] },
      ...changes.store,
    },
    dataverse: {
      signIn: { token: async () => "token", ...changes.dataverseSignIn },
      environment,
      metadata: changes.metadata ?? shippedColumns,
    },
    partnerCenter: {
      signIn: aSignIn(changes.partnerCenterSignIn),
      referrals: { listChangedSince: async () => [] },
      registration: {
        get: async () => ({
          webhookUrl: `${PUBLIC_URL}/webhooks/partner-center/secret-token`,
          events: ["referral-created", "referral-updated", "related-referral-created", "related-referral-updated"],
        }),
      },
    },
  };
}

/** What the public address shows of a relay. */
export function aRelayAnswers(changes: Partial<RelayFound> = {}): RelayFound {
  return { kind: "relay", version: "1.2.3", openPages: [], inTheClear: false, ...changes };
}

type RelayFound = Extract<AddressProbe, { readonly kind: "relay" }>;

/** The choices of the shipped mapping with exactly the values that it knows; the rest is of no interest to it. */
const shippedColumns: DoctorParts["dataverse"]["metadata"] = {
  columns: async () =>
    new Map([
      ["statuscode", aColumn("choice", [1, 2, 3, 4, 5])],
      [
        "cosell_helprequired",
        aColumn(
          "choice",
          helpOptions.map(({ value }) => value),
        ),
      ],
    ]),
};

export function aColumn(kind: CrmColumn["kind"], options: readonly number[] | null = null): CrmColumn {
  return { kind, options, maxLength: null, writable: { create: true, update: true } };
}

type SignIn = DoctorParts["partnerCenter"]["signIn"];

export interface PartsChanges {
  readonly parts?: Partial<DoctorParts>;
  readonly store?: Partial<DoctorParts["store"]>;
  readonly environment?: Partial<CrmEnvironment>;
  readonly metadata?: DoctorParts["dataverse"]["metadata"];
  readonly dataverseSignIn?: DoctorParts["dataverse"]["signIn"];
  readonly partnerCenterSignIn?: Partial<SignIn>;
}

function aSignIn(changes: Partial<SignIn> = {}): SignIn {
  return { token: async () => "token", endsAtMs: async () => null, ...changes };
}

export function aWebhook(changes: Partial<CrmWebhook> = {}): CrmWebhook {
  const columns = columnsToHear(shippedMap);
  const steps = ["Create", "Update", "Delete"].map((message) => {
    return { id: message, message, table: "opportunity", enabled: true, columns: message === "Update" ? columns : [] };
  });
  return { url: `${PUBLIC_URL}/webhooks/dataverse`, name: "Relay", hasSecret: true, steps, ...changes };
}

/** A certificate that everybody takes, for 90 days from a moment. */
export function aCertificate(nowMs: number, changes: Partial<AddressCertificate> = {}): AddressCertificate {
  return {
    fromMs: nowMs - DAY_MS,
    endsAtMs: nowMs + 90 * DAY_MS,
    issuer: "Contoso CA",
    names: ["relay.contoso.example"],
    isForHost: true,
    objection: null,
    ...changes,
  };
}
