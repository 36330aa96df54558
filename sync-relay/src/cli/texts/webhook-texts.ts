import type { Text } from "./text";

export const webhookTexts = {
  cloud: { en: "who calls the relay", fr: "qui appelle le relais" },
  summaryList: {
    en: "Show what is registered in both clouds.",
    fr: "Montrer ce qui est inscrit dans les deux services.",
  },
  summaryRegister: {
    en: "Make a cloud call the relay, and try it.",
    fr: "Faire appeler le relais par un service, et l’essayer.",
  },
  summaryRotate: {
    en: "Replace the secret with which a cloud calls the relay.",
    fr: "Remplacer le secret avec lequel un service appelle le relais.",
  },
  summaryRemove: { en: "Stop a cloud from calling the relay.", fr: "Ne plus faire appeler le relais par un service." },
  summaryRestore: {
    en: "Put back the Partner Center registration that was replaced.",
    fr: "Rétablir l’inscription de l’espace partenaires qui a été remplacée.",
  },
  summaryTest: {
    en: "Have a cloud call the relay and wait for it.",
    fr: "Faire appeler le relais par un service et attendre l’appel.",
  },
  noTest: { en: "do not try it afterwards", fr: "ne pas l’essayer ensuite" },
  replace: {
    en: "replace a registration of somebody else without asking",
    fr: "remplacer sans demander une inscription de quelqu’un d’autre",
  },
  opportunity: {
    en: "opportunity to try it with (default: the one that was changed last)",
    fr: "opportunité pour l’essai (par défaut : la dernière modifiée)",
  },
  event: { en: "further events to register", fr: "autres événements à inscrire" },
  areaDataverse: { en: "Dataverse", fr: "Dataverse" },
  areaPartnerCenter: { en: "Partner Center", fr: "Espace partenaires" },
  areaBefore: { en: "Kept for restore", fr: "Gardé pour restore" },
  areaRelay: { en: "Relay", fr: "Relais" },
  areaTest: { en: "Test", fr: "Essai" },
  disabled: { en: "disabled", fr: "désactivée" },
  none: { en: "nothing is registered", fr: "rien n’est inscrit" },
  ours: { en: "{url} ({list})", fr: "{url} ({list})" },
  foreign: { en: "somebody else’s: {url} ({list})", fr: "à quelqu’un d’autre : {url} ({list})" },
  otherSecret: {
    en: "the secret there is not the one of the settings",
    fr: "le secret là-bas n’est pas celui des paramètres",
  },
  otherAddress: {
    en: "the address there is not the one of the settings",
    fr: "l’adresse là-bas n’est pas celle des paramètres",
  },
  stepsWanting: { en: "steps are missing or disabled", fr: "des étapes manquent ou sont désactivées" },
  unknownEvent: {
    en: 'The event "{event}" does not exist. Did you mean {nearest}?',
    fr: "L’événement « {event} » n’existe pas. Vouliez-vous dire {nearest} ?",
  },
  foreignFound: {
    en: "Partner Center has one registration for the whole tenant, and it is somebody else’s:",
    fr: "L’espace partenaires a une seule inscription par locataire, et c’est celle de quelqu’un d’autre :",
  },
  askReplace: {
    en: "Replace it? Whoever uses it gets no events any more (cosell webhook restore partner-center puts it back).",
    fr: "La remplacer ? Celui qui s’en sert ne recevra plus d’événements (cosell webhook restore partner-center la rétablit).",
  },
  askPutBack: {
    en: "Put the kept registration in its place? Whoever uses it gets no events any more; this one is kept then.",
    fr: "Rétablir à sa place l’inscription gardée ? Celui qui s’en sert ne recevra plus d’événements ; celle-ci est alors gardée.",
  },
  notReplaced: { en: "The registration was left as it is.", fr: "L’inscription a été laissée telle quelle." },
  alreadyRight: { en: "The registration is right already.", fr: "L’inscription est déjà correcte." },
  registered: { en: "registered: {url} ({list})", fr: "inscrit : {url} ({list})" },
  silenced: {
    en: "asks for test events only now (Partner Center has no call to delete a registration)",
    fr: "ne demande plus que les événements d’essai (l’espace partenaires ne permet pas de supprimer une inscription)",
  },
  restored: { en: "put back: {url} ({list})", fr: "rétabli : {url} ({list})" },
  nothingKept: {
    en: "No earlier registration is kept here, so there is nothing to put back.",
    fr: "Aucune inscription antérieure n’est gardée ici : il n’y a rien à rétablir.",
  },
  notOurs: {
    en: "The registration is somebody else’s ({url}); it was left as it is.",
    fr: "L’inscription est celle de quelqu’un d’autre ({url}) ; elle a été laissée telle quelle.",
  },
  relayAccepts: { en: "{url} answers and knows the secret", fr: "{url} répond et connaît le secret" },
  relayRefuses: {
    en: "{url} answers, but does not know the secret. Restart the relay with these settings.",
    fr: "{url} répond, mais ne connaît pas le secret. Redémarrez le relais avec ces paramètres.",
  },
  relayAbsent: {
    en: "{url} does not answer from here ({reason}). Is the relay running?",
    fr: "{url} ne répond pas d’ici ({reason}). Le relais tourne-t-il ?",
  },
  noOpportunity: {
    en: "There is no open opportunity to try it with. Make one, or give --opportunity.",
    fr: "Il n’y a pas d’opportunité ouverte pour l’essai. Créez-en une, ou donnez --opportunity.",
  },
  askTouch: {
    en: 'Write to "{name}" the value that it has already, so that Dataverse calls the relay?',
    fr: "Écrire dans « {name} » la valeur qu’elle a déjà, pour que Dataverse appelle le relais ?",
  },
  notTried: { en: "Not tried.", fr: "Pas essayé." },
  waiting: { en: "Waiting for the call …", fr: "En attente de l’appel …" },
  arrived: { en: "the call arrived and was stored", fr: "l’appel est arrivé et a été enregistré" },
  notArrived: {
    en: "No call arrived within {seconds} seconds. Look at failed system jobs in Dataverse (Settings → System jobs).",
    fr: "Aucun appel n’est arrivé en {seconds} secondes. Voyez les tâches système en échec dans Dataverse.",
  },
  testRefused: {
    en: "Partner Center called the relay and was answered {answer}. Restart the relay with these settings and try again.",
    fr: "L’espace partenaires a appelé le relais et a reçu {answer}. Redémarrez le relais avec ces paramètres et réessayez.",
  },
  testPending: {
    en: "Partner Center has not called within {seconds} seconds. Try again later: cosell webhook test partner-center",
    fr: "L’espace partenaires n’a pas appelé en {seconds} secondes. Réessayez plus tard : cosell webhook test partner-center",
  },
  fromEnvironment: {
    en: "{name} comes from the environment, so this command cannot change it. Set there two values, the new one first, separated by a comma; restart the relay; run this again.",
    fr: "{name} vient de l’environnement, cette commande ne peut pas le changer. Donnez-y deux valeurs, la nouvelle d’abord, séparées par une virgule ; redémarrez le relais ; relancez cette commande.",
  },
  askRotate: {
    en: "Make a new secret? The relay has to be restarted once, no event is lost.",
    fr: "Créer un nouveau secret ? Le relais doit être redémarré une fois, aucun événement n’est perdu.",
  },
  rotateRestart: {
    en: "The new secret stands in {path} beside the old one. Restart the relay, which then takes both; then run this again.",
    fr: "Le nouveau secret est dans {path}, à côté de l’ancien. Redémarrez le relais, qui accepte alors les deux ; puis relancez.",
  },
  rotateRefused: { en: "Nothing was changed.", fr: "Rien n’a été changé." },
  rotated: {
    en: "The cloud uses the new secret; the old one was taken out of {path}. The relay forgets it at its next start.",
    fr: "Le service emploie le nouveau secret ; l’ancien a été retiré de {path}. Le relais l’oublie à son prochain démarrage.",
  },
  rotatedEnvironment: {
    en: "The cloud uses the new secret. Take the old one out of {name}.",
    fr: "Le service emploie le nouveau secret. Retirez l’ancien de {name}.",
  },
  exampleList: { en: "what is registered where", fr: "ce qui est inscrit, et où" },
  exampleDataverse: { en: "endpoint and steps in Dataverse", fr: "point de terminaison et étapes dans Dataverse" },
  examplePartnerCenter: { en: "referral events of Partner Center", fr: "événements de l’espace partenaires" },
} as const satisfies Readonly<Record<string, Text>>;
