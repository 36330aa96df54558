// Every setting of the relay, said once: the reader takes names and defaults from here, docs/settings.md is made from
// it, and a misspelt name is compared with it. Plain data without imports, so that build scripts can load it as it is.

/** What an operator has to know about one setting. */
export interface SettingEntry {
  readonly group: SettingGroup;
  readonly what: string;
  /** The same in French, where the relay's start says it: of every required setting. */
  readonly french?: string;
  /** Text that is read when nothing is set. Absent: the setting is required or optional, see `need`. */
  readonly fallback?: string;
  readonly need: "required" | "optional" | "has-default";
  /** Never printed, not even in a message that refuses it. */
  readonly secret: boolean;
}

/** Heading under which a setting is documented. */
export type SettingGroup = "Addresses" | "Sign-in" | "Webhooks" | "Storage" | "Server" | "Behaviour";

export const settingTable = {
  COSELL_DATAVERSE_URL: required(
    "Addresses",
    "Address of the Dataverse environment, e.g. https://contoso.crm4.dynamics.com.",
    "Adresse de l’environnement Dataverse, par exemple https://contoso.crm4.dynamics.com.",
  ),
  COSELL_PARTNER_CENTER_URL: fallback(
    "Addresses",
    "https://api.partner.microsoft.com",
    "Address of the referrals API; also the audience of its sign-in.",
  ),
  COSELL_PARTNER_CENTER_EVENTS_URL: fallback(
    "Addresses",
    "https://api.partnercenter.microsoft.com",
    "Address of the API that registers Partner Center webhooks; also the audience of its sign-in.",
  ),
  COSELL_AUTHORITY_URL: fallback("Addresses", "https://login.microsoftonline.com", "Address of the sign-in authority."),
  COSELL_PUBLIC_URL: optional(
    "Addresses",
    "Address under which both clouds reach this relay; needed to register webhooks.",
  ),

  COSELL_TENANT_ID: required(
    "Sign-in",
    "Id (GUID) or verified domain of the tenant in which the app registration lives.",
    "Identifiant (GUID) ou domaine vérifié du locataire de l’inscription d’application.",
  ),
  COSELL_CLIENT_ID: required(
    "Sign-in",
    "Application (client) id of the app registration, a GUID.",
    "Identifiant d’application (client) de l’inscription, un GUID.",
  ),
  COSELL_CLIENT_SECRET: secret(
    "Sign-in",
    "Client secret of the app registration. Give this or COSELL_CLIENT_CERTIFICATE.",
  ),
  COSELL_CLIENT_SECRET_ENDS: optional(
    "Sign-in",
    "Day on which the client secret ends, yyyy-mm-dd, as the app registration shows it. The relay cannot see it by itself; with it, cosell doctor, /readyz and an alert warn before the secret ends.",
  ),
  COSELL_CLIENT_CERTIFICATE: secret(
    "Sign-in",
    "Client certificate with its unencrypted private key, PEM. Preferred to a client secret.",
  ),
  COSELL_PARTNER_CENTER_REFRESH_TOKEN: secret(
    "Sign-in",
    "Refresh token of the first Partner Center sign-in. Later ones are kept sealed in the database and win over it, unless they are refused.",
  ),
  COSELL_MASTER_KEY: secret(
    "Sign-in",
    "One or two keys of 32 bytes, base64, separated by a comma: the first seals stored secrets, each opens them. When absent, a key file in the data folder is used, which protects less.",
  ),

  COSELL_DATAVERSE_WEBHOOK_SECRET: requiredSecret(
    "Webhooks",
    "One or two shared secrets of at least 32 characters, separated by a comma; two while one replaces the other.",
    "Un ou deux secrets partagés d’au moins 32 caractères, séparés par une virgule ; deux pendant que l’un remplace l’autre.",
  ),
  COSELL_PARTNER_CENTER_WEBHOOK_TOKEN: requiredSecret(
    "Webhooks",
    "Unguessable last part of the Partner Center webhook address: 32 to 200 letters, digits, - or _. One, or two separated by a comma while the first replaces the second.",
    "Dernière partie, impossible à deviner, de l’adresse du webhook de l’espace partenaires : 32 à 200 lettres, chiffres, - ou _. Une, ou deux séparées par une virgule pendant que la première remplace la seconde.",
  ),
  COSELL_CERTIFICATE_HOSTS: fallback(
    "Webhooks",
    "3psostorageacct.blob.core.windows.net",
    "Hosts from which the signing certificate of Partner Center may be fetched, separated by commas. A loopback host with a port is fetched without TLS.",
  ),
  COSELL_CERTIFICATE_ANCHORS: optional(
    "Webhooks",
    "Root certificates, PEM, to which the signing certificate must chain, and intermediate ones if wanted. When absent: the roots that come with Node.",
  ),
  COSELL_CERTIFICATE_ISSUER_HOSTS: fallback(
    "Webhooks",
    "www.microsoft.com,caissuers.microsoft.com,cacerts.digicert.com",
    "Hosts from which intermediate certificates may be fetched when the anchors do not hold them, separated by commas, or none. What they serve counts only on a signed path to an anchor.",
  ),
  COSELL_CERTIFICATE_SUBJECT: fallback(
    "Webhooks",
    "pcnotifications-dispatch.microsoft.com",
    "Name that the signing certificate must be issued to.",
  ),

  COSELL_DATABASE_URL: secret(
    "Storage",
    "Address of a PostgreSQL database. Of one on another machine it must end with ?sslmode=verify-full. When absent, the relay runs its own in the data folder.",
  ),
  COSELL_DATA_DIR: fallback("Storage", "./.cosell", "Folder of the relay's own database and key file."),
  COSELL_PG_BIN: optional(
    "Storage",
    "Folder with PostgreSQL programs for the relay's own database, instead of those that come with it.",
  ),

  COSELL_CONFIG_FILE: optional(
    "Server",
    "Path of the configuration file. When absent: cosell.yaml in the folder that the relay is started in, if there is one.",
  ),
  COSELL_HOST: fallback("Server", "127.0.0.1", "Address to listen on; 0.0.0.0 in a container."),
  COSELL_PORT: fallback("Server", "8080", "Port to listen on; 0 takes any free one."),
  COSELL_LOG_LEVEL: fallback("Server", "info", "Least level that is logged: debug, info, warn or error."),
  COSELL_DRAIN_SECONDS: optional(
    "Server",
    "How long webhooks are still taken after a signal to stop, while /readyz says 503: as long as a balancer needs to notice. When absent: 5 with COSELL_DATABASE_URL, since another relay may take over, otherwise 0.",
  ),

  COSELL_MAPPING_FILE: optional("Behaviour", "Path of the mapping file. When absent, the built-in mapping is used."),
  COSELL_LANGUAGE: fallback("Behaviour", "en", "Language of what the relay writes onto opportunities: en or fr."),
  COSELL_REFERRAL_LINK: fallback(
    "Behaviour",
    "https://partner.microsoft.com/referrals/v2/inbox?id={referralId}",
    "Link to a referral that sellers get; {referralId} stands for its id.",
  ),
  COSELL_CO_SELL_POSTS: fallback(
    "Behaviour",
    "two",
    "How a co-sell referral is created in Partner Center: two posts (own referral, then the invitation of Microsoft) or one.",
  ),
  COSELL_SYNC_LEADS: fallback(
    "Behaviour",
    "no",
    "Whether leads from Partner Center become opportunities too: yes or no.",
  ),
  COSELL_SWEEP_SECONDS: fallback("Behaviour", "300", "Time between two searches for missed changes."),
  COSELL_INSPECT_SECONDS: fallback(
    "Behaviour",
    "21600",
    'Time between two looks at everything that "cosell doctor" checks; /readyz tells what was found. 0: never.',
  ),
  COSELL_COALESCE_MS: fallback(
    "Behaviour",
    "500",
    "How long the relay waits for more changes to the same opportunity before it syncs them.",
  ),
  COSELL_CREATE_QUARANTINE_SECONDS: fallback(
    "Behaviour",
    "120",
    "How long the relay waits before it repeats a create in Partner Center whose answer was lost: a minute at least, since it looks twice, far apart, whether the create took effect. 0: until the first look finds nothing, after 10 seconds.",
  ),
  COSELL_MAX_ATTEMPTS: fallback("Behaviour", "12", "Tries until the work on a pair becomes a dead letter."),
  COSELL_PARALLEL: fallback("Behaviour", "16", "Pairs that are worked on at the same time."),
} as const satisfies { readonly [name: string]: SettingEntry };

/** Name of a setting. */
export type SettingName = keyof typeof settingTable;

function required(group: SettingGroup, what: string, french: string): SettingEntry {
  return { group, what, french, need: "required", secret: false };
}

function optional(group: SettingGroup, what: string): SettingEntry {
  return { group, what, need: "optional", secret: false };
}

function secret(group: SettingGroup, what: string): SettingEntry {
  return { group, what, need: "optional", secret: true };
}

function requiredSecret(group: SettingGroup, what: string, french: string): SettingEntry {
  return { group, what, french, need: "required", secret: true };
}

function fallback(group: SettingGroup, text: string, what: string): SettingEntry {
  return { group, what, fallback: text, need: "has-default", secret: false };
}
