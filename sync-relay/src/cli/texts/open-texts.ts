import type { Text } from "./text";

/** Texts of what several commands open: settings, store, clouds. */
export const openTexts = {
  settingsUnusable: { en: "The settings cannot be used:", fr: "Les paramètres ne sont pas utilisables :" },
  mappingUnusable: { en: "The mapping cannot be used:", fr: "La correspondance n’est pas utilisable :" },
  storeOpening: { en: "Opening the database …", fr: "Ouverture de la base de données …" },
  noDatabase: {
    en: "The database could not be opened: {reason}",
    fr: "La base de données n’a pas pu être ouverte : {reason}",
  },
} as const satisfies Readonly<Record<string, Text>>;
