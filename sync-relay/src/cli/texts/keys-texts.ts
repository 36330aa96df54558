import type { Text } from "./text";

export const keysTexts = {
  summary: {
    en: "Replace the master key that seals the stored secrets.",
    fr: "Remplacer la clé maîtresse qui scelle les secrets enregistrés.",
  },
  finish: {
    en: "second step: every relay was restarted and knows both keys",
    fr: "deuxième étape : tous les relais ont été redémarrés et connaissent les deux clés",
  },
  fromEnvironment: {
    en: "COSELL_MASTER_KEY comes from the environment, so this command cannot change it. Set there two keys, the new one first, separated by a comma; restart the relay; then run cosell keys rotate --finish.",
    fr: "COSELL_MASTER_KEY vient de l’environnement, cette commande ne peut pas la changer. Donnez-y deux clés, la nouvelle d’abord, séparées par une virgule ; redémarrez le relais ; puis lancez cosell keys rotate --finish.",
  },
  ask: {
    en: "Make a new master key? The relay has to be restarted before the old one is taken away.",
    fr: "Créer une nouvelle clé maîtresse ? Le relais doit être redémarré avant que l’ancienne soit retirée.",
  },
  refused: { en: "Nothing was changed.", fr: "Rien n’a été changé." },
  begun: {
    en: "The new key {id} stands in {path}, before the old one. Restart every relay, then run: cosell keys rotate --finish",
    fr: "La nouvelle clé {id} est dans {path}, avant l’ancienne. Redémarrez tous les relais, puis lancez : cosell keys rotate --finish",
  },
  underWay: {
    en: "A new key is being brought in already. Restart every relay, then run: cosell keys rotate --finish",
    fr: "Une nouvelle clé est déjà en cours d’introduction. Redémarrez tous les relais, puis lancez : cosell keys rotate --finish",
  },
  notBegun: {
    en: "There is only one key, so there is nothing to finish. Run cosell keys rotate first.",
    fr: "Il n’y a qu’une clé, il n’y a donc rien à finir. Lancez d’abord cosell keys rotate.",
  },
  notKnownYet: {
    en: "{count} running relay(s) or command(s) do not seal with the new key {id} yet, so the old one stays. Restart every relay, then run: cosell keys rotate --finish",
    fr: "{count} relais ou commande(s) en cours ne scellent pas encore avec la nouvelle clé {id}, l’ancienne reste donc. Redémarrez tous les relais, puis lancez : cosell keys rotate --finish",
  },
  resealed: { en: "{n} secret(s) sealed with key {id}.", fr: "{n} secret(s) scellé(s) avec la clé {id}." },
  unopenable: {
    en: 'The stored secret "{name}" opens with neither key. It was left as it is; sign in again to replace it.',
    fr: "Le secret enregistré « {name} » ne s’ouvre avec aucune des deux clés. Il a été laissé tel quel ; reconnectez-vous pour le remplacer.",
  },
  finished: {
    en: "The old key was taken out of {path}. The relay forgets it at its next start.",
    fr: "L’ancienne clé a été retirée de {path}. Le relais l’oublie à son prochain démarrage.",
  },
  finishedEnvironment: {
    en: "Now take the old key out of COSELL_MASTER_KEY.",
    fr: "Retirez maintenant l’ancienne clé de COSELL_MASTER_KEY.",
  },
  exampleBegin: { en: "first step", fr: "première étape" },
  exampleFinish: {
    en: "second step, after the relay was restarted",
    fr: "deuxième étape, après le redémarrage du relais",
  },
} as const satisfies Readonly<Record<string, Text>>;
