import type { Text } from "./text";

export const uninstallTexts = {
  summary: {
    en: "Take the relay out of both clouds; deals, columns and the relay's data stay.",
    fr: "Retirer le relais des deux services ; affaires, colonnes et données du relais restent.",
  },
  skipPartnerCenter: {
    en: "leave Partner Center as it is, e.g. because nobody can sign in there any more",
    fr: "laisser l’espace partenaires tel quel, par exemple si plus personne ne peut s’y connecter",
  },
  title: {
    en: "This removes the relay from Dataverse and Partner Center.",
    fr: "Ceci retire le relais de Dataverse et de l’espace partenaires.",
  },
  ask: { en: "Go on?", fr: "Continuer ?" },
  refused: { en: "Nothing was removed.", fr: "Rien n’a été retiré." },
  signOut: { en: "The administrator’s sign-in was forgotten.", fr: "La connexion de l’administrateur a été oubliée." },
  stays: { en: "What stays, and how to remove it:", fr: "Ce qui reste, et comment l’enlever :" },
  staysUser: {
    en: "the application user: Power Platform admin centre → Environments → Users → Application users",
    fr: "l’utilisateur d’application : centre d’administration Power Platform → Environnements → Utilisateurs → Utilisateurs d’application",
  },
  staysSolution: {
    en: "the solution CoSell Sync: deleting it deletes its columns and what is in them",
    fr: "la solution CoSell Sync : la supprimer supprime ses colonnes et leur contenu",
  },
  staysData: {
    en: "the relay's database and secrets: {folder}, cosell.yaml, cosell-secrets",
    fr: "la base et les secrets du relais : {folder}, cosell.yaml, cosell-secrets",
  },
  staysRegistration: {
    en: "the app registration: entra.microsoft.com → App registrations",
    fr: "l’inscription de l’application : entra.microsoft.com → Inscriptions d’applications",
  },
  example: { en: "show what is there, ask, remove it", fr: "montrer ce qu’il y a, demander, l’enlever" },
} as const satisfies Readonly<Record<string, Text>>;
