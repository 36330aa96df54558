import { z } from "zod";
import { readAddress, readDatabaseAddress, readHost, readLinkTemplate, readPublicAddress } from "./address";
import { readAnchors, readClientCertificate } from "./pem";
import { objectionTexts } from "./objection-texts";
import { readDay } from "./read-day";
import { fromText, listOf, matching, oneOf, read, refused, wholeNumber, type TextRead } from "./setting-text";
import type { SettingName } from "./setting-table";

const MASTER_KEY_BYTES = 32;
/** A shared secret must not be guessable by trying: 32 characters of a random text are more than 128 bits. */
const MIN_SECRET_CHARACTERS = 32;
/** Certificate hosts beyond a handful are a mistake. */
const MAX_CERTIFICATE_HOSTS = 10;
/** One in use, one on its way in or out. */
const MAX_ROTATED = 2;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TENANT = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|([a-z0-9-]+\.)+[a-z]{2,})$/i;

const address = fromText(readAddress);
const anyText = fromText((text) => read(text));

/** Says that there are none; a blank setting would mean the default. */
const NO_HOSTS = "none";
const readHostOrNone = (text: string) => (text.toLowerCase() === NO_HOSTS ? read(NO_HOSTS) : readHost(text));

/** How each setting is read from its text. */
export const settingsSchema = z.object({
  COSELL_DATAVERSE_URL: address,
  COSELL_PARTNER_CENTER_URL: address,
  COSELL_PARTNER_CENTER_EVENTS_URL: address,
  COSELL_AUTHORITY_URL: address,
  COSELL_PUBLIC_URL: fromText(readPublicAddress).optional(),
  COSELL_TENANT_ID: matching(TENANT, objectionTexts.notTenant),
  COSELL_CLIENT_ID: matching(GUID, objectionTexts.notClientId),
  COSELL_CLIENT_SECRET: anyText.optional(),
  COSELL_CLIENT_SECRET_ENDS: fromText(readDay).optional(),
  COSELL_CLIENT_CERTIFICATE: fromText(readClientCertificate).optional(),
  COSELL_PARTNER_CENTER_REFRESH_TOKEN: matching(/^\S+$/, objectionTexts.whiteSpace).optional(),
  COSELL_MASTER_KEY: listOf(MAX_ROTATED, readMasterKey).optional(),
  COSELL_DATAVERSE_WEBHOOK_SECRET: listOf(MAX_ROTATED, readSharedSecret),
  COSELL_PARTNER_CENTER_WEBHOOK_TOKEN: listOf(MAX_ROTATED, readPathToken),
  COSELL_CERTIFICATE_HOSTS: listOf(MAX_CERTIFICATE_HOSTS, readHost),
  COSELL_CERTIFICATE_ISSUER_HOSTS: listOf(MAX_CERTIFICATE_HOSTS, readHostOrNone).transform((hosts) =>
    hosts.filter((host) => host !== NO_HOSTS),
  ),
  COSELL_CERTIFICATE_ANCHORS: fromText(readAnchors).optional(),
  COSELL_CERTIFICATE_SUBJECT: anyText,
  COSELL_DATABASE_URL: fromText(readDatabaseAddress).optional(),
  COSELL_DATA_DIR: anyText,
  COSELL_PG_BIN: anyText.optional(),
  COSELL_CONFIG_FILE: anyText.optional(),
  COSELL_HOST: matching(/^[A-Za-z0-9.:_-]+$/, objectionTexts.notHost),
  COSELL_PORT: wholeNumber(0, 65_535),
  COSELL_LOG_LEVEL: oneOf("debug", "info", "warn", "error"),
  COSELL_DRAIN_SECONDS: wholeNumber(0, 300).optional(),
  COSELL_MAPPING_FILE: anyText.optional(),
  COSELL_LANGUAGE: oneOf("en", "fr"),
  COSELL_REFERRAL_LINK: fromText(readLinkTemplate),
  COSELL_CO_SELL_POSTS: oneOf("two", "one"),
  COSELL_SYNC_LEADS: oneOf("no", "yes"),
  COSELL_SWEEP_SECONDS: wholeNumber(1, 86_400),
  COSELL_INSPECT_SECONDS: wholeNumber(0, 604_800),
  COSELL_COALESCE_MS: wholeNumber(0, 60_000),
  COSELL_CREATE_QUARANTINE_SECONDS: wholeNumber(0, 3_600),
  COSELL_MAX_ATTEMPTS: wholeNumber(1, 100),
  COSELL_PARALLEL: wholeNumber(1, 64),
} satisfies { readonly [N in SettingName]: z.ZodType });

/** Every setting, each read alone. */
export type SettingValues = z.output<typeof settingsSchema>;

function readMasterKey(text: string): TextRead<Uint8Array> {
  const key = Buffer.from(text, "base64");
  // Decoding skips what is not base64; encoding back shows whether anything was skipped.
  const faithful = key.toString("base64").replace(/=+$/, "") === text.replace(/=+$/, "");
  if (faithful && key.length === MASTER_KEY_BYTES) return read(new Uint8Array(key));
  return refused(objectionTexts.notKey);
}

function readPathToken(text: string): TextRead<string> {
  if (/^[A-Za-z0-9_-]{32,200}$/.test(text)) return read(text);
  return refused(objectionTexts.notPathToken);
}

function readSharedSecret(text: string): TextRead<string> {
  if (/^[\x21-\x7e]+$/.test(text) && text.length >= MIN_SECRET_CHARACTERS) return read(text);
  return refused(objectionTexts.weakSecret, { least: MIN_SECRET_CHARACTERS });
}
