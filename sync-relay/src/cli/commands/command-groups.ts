import type { Text } from "../texts/text";

/** What the commands of a group (first word of two) have in common. */
export const commandGroups: Readonly<Record<string, Text>> = {
  login: { en: "Sign in to a cloud.", fr: "Se connecter à un service." },
  webhook: {
    en: "How Dataverse and Partner Center call the relay.",
    fr: "Comment Dataverse et l’espace partenaires appellent le relais.",
  },
  export: { en: "Write out what the relay knows.", fr: "Écrire ce que le relais sait." },
  mapping: { en: "What is kept in step, and how.", fr: "Ce qui est tenu à jour, et comment." },
  keys: { en: "The keys that seal stored secrets.", fr: "Les clés qui scellent les secrets enregistrés." },
};
