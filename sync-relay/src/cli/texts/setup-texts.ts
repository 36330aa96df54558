import type { Text } from "./text";

export const setupTexts = {
  summary: {
    en: "Make what the relay needs in Dataverse: application user, role, webhook.",
    fr: "Créer dans Dataverse ce dont le relais a besoin : utilisateur d’application, rôle, webhook.",
  },
  dryRun: { en: "print the Web API calls and change nothing", fr: "afficher les appels Web API sans rien changer" },
  noPublicUrl: {
    en: "The address of the relay (COSELL_PUBLIC_URL, public-url) is not set; Dataverse and Partner Center need it.",
    fr: "L’adresse du relais (COSELL_PUBLIC_URL, public-url) n’est pas définie ; Dataverse et l’espace partenaires en ont besoin.",
  },
  noRole: {
    en: 'The role "{role}" is not in {url}. Import the solution CoSell Sync first (make.powerapps.com → Solutions → Import).',
    fr: "Le rôle « {role} » n’existe pas dans {url}. Importez d’abord la solution CoSell Sync (make.powerapps.com → Solutions → Importer).",
  },
  reading: { en: "Looking at {url} …", fr: "Lecture de {url} …" },
  planTitle: { en: "In {url}:", fr: "Dans {url} :" },
  callsTitle: { en: "Calls to {url} (nothing was sent):", fr: "Appels à {url} (rien n’a été envoyé) :" },
  create: { en: "will be made", fr: "sera créé" },
  update: { en: "will be changed", fr: "sera modifié" },
  keep: { en: "is right", fr: "est correct" },
  delete: { en: "will be removed", fr: "sera supprimé" },
  applicationUser: { en: "Application user", fr: "Utilisateur d’appli." },
  role: { en: "Role", fr: "Rôle" },
  endpoint: { en: "Webhook endpoint", fr: "Point de terminaison" },
  step: { en: "Step", fr: "Étape" },
  image: { en: "Image", fr: "Image" },
  nothing: { en: "Everything is as it should be.", fr: "Tout est comme il faut." },
  agree: { en: "Do this in {url}?", fr: "Faire cela dans {url} ?" },
  refused: { en: "Nothing was changed.", fr: "Rien n’a été changé." },
  doing: { en: "{area}: {name} …", fr: "{area} : {name} …" },
  done: { en: "Done.", fr: "Fait." },
  notDone: {
    en: "Dataverse took the calls, but {n} part(s) are still not as they should be. Run the command again.",
    fr: "Dataverse a accepté les appels, mais {n} partie(s) ne sont toujours pas correctes. Relancez la commande.",
  },
  next: {
    en: "Next: start the relay, then cosell webhook test dataverse; cosell login partner-center",
    fr: "Ensuite : démarrez le relais, puis cosell webhook test dataverse ; cosell login partner-center",
  },
  exampleSetup: { en: "show the plan, ask, carry it out", fr: "montrer le plan, demander, l’exécuter" },
  exampleDryRun: { en: "see every call that would be sent", fr: "voir chaque appel qui serait envoyé" },
} as const satisfies Readonly<Record<string, Text>>;
