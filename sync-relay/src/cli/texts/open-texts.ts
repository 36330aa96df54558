import type { Text } from "./text";

/** Texts of what several commands open: settings, store, clouds. */
export const openTexts = {
  settingsUnusable: { en: "The settings cannot be used:", fr: "Les paramètres ne sont pas utilisables :" },
  mappingUnusable: { en: "The mapping cannot be used:", fr: "La correspondance n’est pas utilisable :" },
  storeOpening: { en: "Opening the database …", fr: "Ouverture de la base de données …" },
  administratorGone: {
    en: "Nobody is signed in to Dataverse as administrator, or the sign-in is over.",
    fr: "Personne n’est connecté à Dataverse comme administrateur, ou la connexion a pris fin.",
  },
  administratorRefused: {
    en: "Dataverse does not let the signed-in account do this: {words} Sign in as System Administrator.",
    fr: "Dataverse ne permet pas cela au compte connecté : {words} Connectez-vous comme administrateur système.",
  },
  partnerCenterGone: {
    en: "Nobody is signed in to Partner Center, or the sign-in is over.",
    fr: "Personne n’est connecté à l’espace partenaires, ou la connexion a pris fin.",
  },
  noDatabase: {
    en: "The database could not be opened: {reason}",
    fr: "La base de données n’a pas pu être ouverte : {reason}",
  },
} as const satisfies Readonly<Record<string, Text>>;
