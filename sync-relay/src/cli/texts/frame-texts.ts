import type { Text } from "./text";

/** Texts of the frame: help, refusals, failures. */
export const frameTexts = {
  program: {
    en: "Sets up, watches and mends CoSell Sync.",
    fr: "Met en place, surveille et répare CoSell Sync.",
  },
  usage: { en: "Usage:", fr: "Utilisation :" },
  arguments: { en: "Arguments:", fr: "Arguments :" },
  options: { en: "Options:", fr: "Options :" },
  globalOptions: { en: "Options of every command:", fr: "Options de toutes les commandes :" },
  commands: { en: "Commands:", fr: "Commandes :" },
  examples: { en: "Examples:", fr: "Exemples :" },
  optionsWord: { en: "[options]", fr: "[options]" },
  commandWord: { en: "<command>", fr: "<commande>" },
  choices: { en: "choices: {list}", fr: "au choix : {list}" },
  helpOption: { en: "show this help", fr: "afficher cette aide" },
  versionOption: { en: "show the version", fr: "afficher la version" },
  jsonOption: { en: "print the outcome as JSON, for scripts", fr: "afficher le résultat en JSON, pour les scripts" },
  yesOption: { en: "answer every confirmation with yes", fr: "répondre oui à toutes les confirmations" },
  noColorOption: { en: "no colours (also: NO_COLOR)", fr: "sans couleurs (aussi : NO_COLOR)" },
  languageOption: { en: "language of this command: en or fr", fr: "langue de cette commande : en ou fr" },
  configOption: {
    en: "configuration file, instead of COSELL_CONFIG_FILE or ./cosell.yaml",
    fr: "fichier de configuration, au lieu de COSELL_CONFIG_FILE ou ./cosell.yaml",
  },
  nobodyToAsk: {
    en: "An answer is missing and there is no terminal to ask. Give {flag}.",
    fr: "Il manque une réponse et il n’y a pas de terminal où la demander. Indiquez {flag}.",
  },
  unknownOption: {
    en: 'The option "{given}" is not known. Did you mean {nearest}?',
    fr: "L’option « {given} » n’existe pas. Vouliez-vous dire {nearest} ?",
  },
  takesNoValue: { en: 'The option "{given}" takes no value.', fr: "L’option « {given} » ne prend pas de valeur." },
  unknownCommand: {
    en: 'The command "{given}" is not known. Did you mean "{nearest}"?',
    fr: "La commande « {given} » n’existe pas. Vouliez-vous dire « {nearest} » ?",
  },
  missingCommand: {
    en: 'A command is missing after "{given}". There are: {list}.',
    fr: "Il manque une commande après « {given} ». Il y a : {list}.",
  },
  missingArgument: { en: 'The argument "{given}" is missing.', fr: "Il manque l’argument « {given} »." },
  missingValue: { en: 'The option "{given}" needs a value.', fr: "L’option « {given} » demande une valeur." },
  excessArguments: {
    en: "There are more arguments than the command takes.",
    fr: "Il y a plus d’arguments que la commande n’en prend.",
  },
  badChoice: {
    en: '"{value}" is not one of: {list} ({given}).',
    fr: "« {value} » n’est pas un des choix : {list} ({given}).",
  },
  notUnderstood: { en: "The command was not understood: {reason}", fr: "La commande n’a pas été comprise : {reason}" },
  seeHelp: { en: 'See "{line} --help".', fr: "Voir « {line} --help »." },
  mend: { en: "→ {line}", fr: "→ {line}" },
  interrupted: {
    en: "Interrupted. What was done stays done; the next run goes on from there.",
    fr: "Interrompu. Ce qui est fait reste fait ; la prochaine exécution reprend à partir de là.",
  },
  failure: { en: "{meaning} ({code})", fr: "{meaning} ({code})" },
  upstream: { en: "Its answer: {words}", fr: "Sa réponse : {words}" },
  bug: {
    en: "The command met a case it does not know ({reason}). Please report it.",
    fr: "La commande a rencontré un cas inconnu ({reason}). Merci de le signaler.",
  },
  completionGroup: { en: "shell completion", fr: "complétion du shell" },
} as const satisfies Readonly<Record<string, Text>>;
