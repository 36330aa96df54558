import type { Labels } from "../../../solution/schema/labels";

/** What an operator has to mend in the settings. They stand after the name of the setting, or after file and line. */
export const problemTexts = {
  unusable: {
    en: "The settings cannot be used:\n{problems}All settings: docs/settings.md",
    fr: "Les paramètres ne sont pas utilisables :\n{problems}Tous les paramètres : docs/settings.md",
  },
  refusedValue: {
    en: '"{value}"{where} {objection}.',
    fr: "la valeur « {value} »{where} n’est pas acceptée : {objection}.",
  },
  refusedSecret: { en: "the value{where} {objection}.", fr: "la valeur{where} n’est pas acceptée : {objection}." },
  from: { en: ", from {place},", fr: " (de {place})" },
  setTwice: {
    en: "is set twice: as {name} and through {file}{places}. Remove one of them.",
    fr: "est défini deux fois : par {name} et par {file}{places}. Retirez l’un des deux.",
  },
  bothPlaces: { en: " ({first} and {second})", fr: " ({first} et {second})" },
  missing: {
    en: "is missing. Set {name}, or {file} with the path of a file. {what}",
    fr: "manque. Définissez {name}, ou {file} avec le chemin d’un fichier. {what}",
  },
  unreadableFile: {
    en: 'could not be read: {where} names "{path}". Check that the file exists and may be read.',
    fr: "n’a pas pu être lu : {where} nomme « {path} ». Vérifiez que le fichier existe et qu’il peut être lu.",
  },
  unreadableSecretFile: {
    en: "could not be read: {where} has to name a file that exists and may be read; it does not take the secret itself.",
    fr: "n’a pas pu être lu : {where} doit nommer un fichier qui existe et qui peut être lu ; le secret lui-même n’y a pas sa place.",
  },
  emptyFile: {
    en: 'is empty: {where} names "{path}". Put the value into that file.',
    fr: "est vide : {where} nomme « {path} ». Mettez la valeur dans ce fichier.",
  },
  namesUnreadable: {
    en: 'names "{path}", which could not be read. Check that the file exists and may be read.',
    fr: "nomme « {path} », qui n’a pas pu être lu. Vérifiez que le fichier existe et qu’il peut être lu.",
  },
  unknownName: {
    en: "is not a setting. Did you mean {nearest}?",
    fr: "n’est pas un paramètre. Vouliez-vous dire {nearest} ?",
  },
  unknownKey: {
    en: '"{name}" is not a setting. Did you mean {nearest}?',
    fr: "« {name} » n’est pas un paramètre. Vouliez-vous dire {nearest} ?",
  },
  secretInFile: {
    en: "{name} is a secret and does not belong into this file. Put it into a file of its own and name that: {name}-file.",
    fr: "{name} est un secret et n’a pas sa place dans ce fichier. Mettez-le dans un fichier à part et nommez celui-ci : {name}-file.",
  },
  noPlainValue: {
    en: "{name} has no plain value; write it on one line.",
    fr: "{name} n’a pas de valeur simple ; écrivez-la sur une ligne.",
  },
  noSettings: {
    en: "Write one `name: value` a line.",
    fr: "Écrivez un seul `nom: valeur` par ligne.",
  },
  trustsAnybody: {
    en: "makes Node trust any server, so that secrets could go to anybody. Remove it; for an authority of your own name its certificate in NODE_EXTRA_CA_CERTS.",
    fr: "fait que Node se fie à n’importe quel serveur : des secrets pourraient partir vers n’importe qui. Retirez cette variable ; pour une autorité à vous, nommez son certificat dans NODE_EXTRA_CA_CERTS.",
  },
  twoCredentials: {
    en: "is set together with COSELL_CLIENT_CERTIFICATE. Keep one of them; the certificate is safer.",
    fr: "est défini en même temps que COSELL_CLIENT_CERTIFICATE. Gardez l’un des deux ; le certificat est plus sûr.",
  },
  noCredential: {
    en: "is missing, and so is COSELL_CLIENT_CERTIFICATE. Set one of them, or its _FILE variant.",
    fr: "manque, et COSELL_CLIENT_CERTIFICATE aussi. Définissez l’un des deux, ou sa variante _FILE.",
  },
  uselessPrograms: {
    en: "has no use while COSELL_DATABASE_URL is set. Remove one of them.",
    fr: "ne sert à rien tant que COSELL_DATABASE_URL est défini. Retirez l’un des deux.",
  },
} as const satisfies Readonly<Record<string, Labels>>;
