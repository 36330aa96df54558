import type { Text } from "./text";

export const doctorTexts = {
  summary: {
    en: "Look at everything that must hold for the sync to work.",
    fr: "Contrôler tout ce qui doit être en ordre pour que la synchronisation fonctionne.",
  },
  verbose: { en: "show all details", fr: "afficher tous les détails" },
  exampleAll: { en: "find what is wrong, and what mends it", fr: "trouver ce qui ne va pas, et ce qui le répare" },
  exampleJson: { en: "the same for a script", fr: "la même chose pour un script" },
  looking: { en: "Looking …", fr: "Contrôle en cours …" },
  noIssues: { en: "• No issues found!", fr: "• Rien à signaler !" },
  oneIssue: { en: "! 1 thing needs attention.", fr: "! 1 point demande votre attention." },
  issues: { en: "! {count} things need attention.", fr: "! {count} points demandent votre attention." },
  skipped: { en: "• {count} areas were not checked.", fr: "• {count} domaines n’ont pas été contrôlés." },
  relay: { en: "Relay", fr: "Relais" },
  clock: { en: "Clock", fr: "Horloge" },
  secrets: { en: "Secrets", fr: "Secrets" },
  dataverse: { en: "Dataverse", fr: "Dataverse" },
  solution: { en: "Solution", fr: "Solution" },
  address: { en: "Public address", fr: "Adresse publique" },
  tls: { en: "TLS certificate", fr: "Certificat TLS" },
  "dataverse-webhook": { en: "Dataverse webhook", fr: "Webhook Dataverse" },
  "partner-center": { en: "Partner Center", fr: "Espace partenaires" },
  "partner-center-webhook": { en: "Partner C. webhook", fr: "Webhook partenaires" },
  mapping: { en: "Mapping", fr: "Correspondance" },
  "other-sync": { en: "Other syncs", fr: "Autres synchros" },
} as const satisfies Readonly<Record<string, Text>>;
