import type { Labels, Language } from "../../../../solution/schema/labels";
import { masterKeyAge, type MasterKeyAge } from "../master-key-age";
import { phrase, phraseIn, type Phrase } from "../phrase";
import { area, finding, type Area, type Finding } from "./area";
import { dayOf, daysBetween } from "./days";
import type { DoctorParts } from "./doctor-parts";

/** Long enough for somebody on holiday to come back and make a new one. */
const WARN_AHEAD_DAYS = 30;
/** What is sealed with one key grows for as long as it is used; a year is what careful operators let pass. */
const OLD_KEY_DAYS = 365;

/** Secrets that the relay was given and that do not last. */
export interface SecretsLook {
  /** How it proves who it is; `endsAtMs` is null when nobody knows. */
  readonly credential: { readonly kind: "secret" | "certificate"; readonly endsAtMs: number | null };
  /** Name of the master key that seals. */
  readonly masterKey: string;
}

const credentialWords: { readonly [K in SecretsLook["credential"]["kind"]]: Labels } = {
  secret: { en: "client secret until {day} ({days} days)", fr: "secret client jusqu’au {day} ({days} jours)" },
  certificate: {
    en: "client certificate until {day} ({days} days)",
    fr: "certificat client jusqu’au {day} ({days} jours)",
  },
};
const endUnknown = { en: "client secret until nobody knows when", fr: "secret client dont la fin n’est pas connue" };
const keySince = { en: "master key since {day}", fr: "clé maîtresse depuis le {day}" };
const keyBefore = {
  en: "master key of unknown age, in use since before {day}",
  fr: "clé maîtresse d’âge inconnu, en service depuis avant le {day}",
};
const keyUnknown = { en: "master key of unknown age", fr: "clé maîtresse d’âge inconnu" };

/** Whether what the relay signs in with, and what it seals with, is still fit for use. */
export async function secretsArea(parts: Pick<DoctorParts, "clock" | "clientId" | "secrets" | "store">): Promise<Area> {
  const { clock, clientId, secrets, store } = parts;
  const nowMs = clock.now();
  const key = await masterKeyAge(store.pairs, secrets.masterKey);
  const summary = joined([credentialPhrase(secrets, nowMs), keyPhrase(key)]);
  return area("secrets", summary, [...credentialFindings(secrets, clientId, nowMs), ...keyFindings(key, nowMs)]);
}

function credentialPhrase({ credential: { kind, endsAtMs } }: SecretsLook, nowMs: number): Phrase {
  if (endsAtMs === null) return phrase(endUnknown);
  return phrase(credentialWords[kind], { day: dayOf(endsAtMs), days: daysBetween(nowMs, endsAtMs) });
}

function keyPhrase(key: MasterKeyAge | null): Phrase {
  if (key === null) return phrase(keyUnknown);
  return phrase(key.isExact ? keySince : keyBefore, { day: dayOf(key.sinceMs) });
}

function joined(parts: readonly Phrase[]): Phrase {
  const text = (language: Language): string => parts.map((part) => phraseIn(language, part)).join(", ");
  return phrase({ en: text("en"), fr: text("fr") });
}

function credentialFindings(
  { credential: { kind, endsAtMs } }: SecretsLook,
  client: string,
  nowMs: number,
): readonly Finding[] {
  if (endsAtMs === null) return [finding("client-secret-end-unknown", { client })];
  const day = dayOf(endsAtMs);
  if (endsAtMs <= nowMs) return [finding(`client-${kind}-ended`, { client, day })];
  const days = daysBetween(nowMs, endsAtMs);
  return days < WARN_AHEAD_DAYS ? [finding(`client-${kind}-ending`, { client, day, days })] : [];
}

function keyFindings(key: MasterKeyAge | null, nowMs: number): readonly Finding[] {
  if (key === null) return [];
  const days = daysBetween(key.sinceMs, nowMs);
  if (days < OLD_KEY_DAYS) return [];
  return [
    finding(key.isExact ? "master-key-old" : "master-key-older", { key: key.key, days, day: dayOf(key.sinceMs) }),
  ];
}
