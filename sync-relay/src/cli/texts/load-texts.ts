import type { Text } from "./text";

/** Texts of the commands that take deals over and give information out. */
export const loadTexts = {
  reading: { en: "Reading both sides …", fr: "Lecture des deux côtés …" },
  dryRun: { en: "show the plan and change nothing", fr: "montrer le plan sans rien changer" },
  background: {
    en: "do not wait until the relay has linked everything",
    fr: "ne pas attendre que le relais ait tout lié",
  },
  nothingChanged: { en: "Nothing was changed.", fr: "Rien n’a été changé." },
  linking: { en: "Linking {bar} {done} of {all}", fr: "Liaison {bar} {done} sur {all}" },
  linked: { en: "{count} deals were handed to the relay.", fr: "{count} affaires ont été confiées au relais." },
  notLinked: { en: "{count} could not be prepared:", fr: "{count} n’ont pas pu être préparées :" },
  gone: { en: "no longer exists", fr: "n’existe plus" },
  busy: {
    en: "somebody else keeps changing it; run the command again",
    fr: "quelqu’un d’autre ne cesse de la modifier ; relancez la commande",
  },
  refused: {
    en: "closed, and Dynamics 365 does not let it be written",
    fr: "fermée, et Dynamics 365 n’en permet pas l’écriture",
  },
  interruptedAt: {
    en: "Interrupted after {done} of {all}. Run the same command again; it goes on with what is left.",
    fr: "Interrompu après {done} sur {all}. Relancez la même commande ; elle continue avec le reste.",
  },

  backfillSummary: {
    en: "Initial load: link the deals that exist on both sides.",
    fr: "Chargement initial : lier les affaires qui existent des deux côtés.",
  },
  byName: {
    en: "also link by equal names of deal and customer, where only one fits",
    fr: "lier aussi par noms égaux de l’affaire et du client, quand un seul convient",
  },
  takeOver: {
    en: "also make opportunities of the open deals that only Partner Center has",
    fr: "créer aussi des opportunités pour les affaires ouvertes que seul l’espace partenaires a",
  },
  backfillExampleDry: { en: "what would be linked", fr: "ce qui serait lié" },
  backfillExample: { en: "link it, after a look at the plan", fr: "le lier, après avoir vu le plan" },
  planKnown: { en: "{count} deals are linked already.", fr: "{count} affaires sont déjà liées." },
  planMatches: {
    en: "{count} deals will be linked and switched on ({crm} by the opportunity, {partnerCenter} by the referral, {name} by name).",
    fr: "{count} affaires seront liées et activées ({crm} par l’opportunité, {partnerCenter} par la référence, {name} par le nom).",
  },
  planUnshared: {
    en: "{count} shared opportunities have no referral yet; the relay shares them by itself.",
    fr: "{count} opportunités partagées n’ont pas encore de référence ; le relais les partage lui-même.",
  },
  planUnclaimed: {
    en: "{count} open deals of Partner Center have no opportunity (--take-over makes one for each).",
    fr: "{count} affaires ouvertes de l’espace partenaires n’ont pas d’opportunité (--take-over en crée une pour chacune).",
  },
  planTakeOver: {
    en: "{count} open deals of Partner Center become opportunities.",
    fr: "{count} affaires ouvertes de l’espace partenaires deviennent des opportunités.",
  },
  planAmbiguous: {
    en: "{count} referrals fit several opportunities or are claimed twice, and are left alone:",
    fr: "{count} références conviennent à plusieurs opportunités ou sont réclamées deux fois ; elles sont laissées :",
  },
  confirmBackfill: { en: "Link them?", fr: "Les lier ?" },

  adoptSummary: {
    en: "Take over the deals of another connector, Microsoft's own for example.",
    fr: "Reprendre les affaires d’un autre connecteur, celui de Microsoft par exemple.",
  },
  referralColumn: {
    en: "logical name of its column with the referral id",
    fr: "nom logique de sa colonne avec l’identifiant de la référence",
  },
  syncColumn: {
    en: "logical name of its Yes/No column; only deals with Yes are taken over",
    fr: "nom logique de sa colonne Oui/Non ; seules les affaires à Oui sont reprises",
  },
  stripTicks: {
    en: "remove ✔ and ✘ before the names of opportunities",
    fr: "retirer ✔ et ✘ devant les noms des opportunités",
  },
  adoptExampleDry: { en: "what would be taken over", fr: "ce qui serait repris" },
  adoptExample: { en: "take it over, and clean the names", fr: "le reprendre, et nettoyer les noms" },
  needsReferralColumn: {
    en: "Give the column that holds the referral id: --referral-column msft_referralidentifier",
    fr: "Donnez la colonne qui contient l’identifiant de la référence : --referral-column msft_referralidentifier",
  },
  badColumn: {
    en: "“{given}” is not a logical name of a column.",
    fr: "« {given} » n’est pas un nom logique de colonne.",
  },
  noColumn: {
    en: "Dynamics 365 has no column {given} on opportunities.",
    fr: "Dynamics 365 n’a pas de colonne {given} sur les opportunités.",
  },
  mayNotSeeFlows: {
    en: "Whether another connector's flows are switched on cannot be seen: neither the relay's user nor an administrator who has signed in may read them.",
    fr: "Impossible de voir si les flux d’un autre connecteur sont activés : ni l’utilisateur du relais ni un administrateur connecté ne peut les lire.",
  },
  stillActive: {
    en: "The other connector is still switched on ({names}). Two syncs overwrite each other: switch its flows off first.",
    fr: "L’autre connecteur est encore activé ({names}). Deux synchronisations s’écrasent : désactivez d’abord ses flux.",
  },
  adoptPlan: { en: "{count} deals will be taken over:", fr: "{count} affaires seront reprises :" },
  adoptDone: { en: "{count} are taken over already.", fr: "{count} sont déjà reprises." },
  adoptTaken: {
    en: "{count} opportunities carry another referral already, and are left alone.",
    fr: "{count} opportunités portent déjà une autre référence ; elles sont laissées.",
  },
  adoptUnreadable: {
    en: "{count} values of the column are no referral id:",
    fr: "{count} valeurs de la colonne ne sont pas un identifiant de référence :",
  },
  nothingToAdopt: { en: "Nothing to take over.", fr: "Rien à reprendre." },
  confirmAdopt: { en: "Take them over?", fr: "Les reprendre ?" },
  noReferral: {
    en: "its referral does not exist, or belongs to somebody else",
    fr: "sa référence n’existe pas, ou appartient à autrui",
  },

  exportSummary: {
    en: "Write every linked deal as CSV: opportunity, referral, link.",
    fr: "Écrire chaque affaire liée en CSV : opportunité, référence, lien.",
  },
  output: { en: "file to write; without it the terminal", fr: "fichier à écrire ; sans lui le terminal" },
  exportExample: { en: "before the solution is uninstalled", fr: "avant de désinstaller la solution" },
  exported: { en: "{count} links written to {file}.", fr: "{count} liens écrits dans {file}." },
  notWritten: { en: "{file} could not be written: {reason}", fr: "{file} n’a pas pu être écrit : {reason}" },

  diagnosticsSummary: {
    en: "Write what somebody who helps needs to know, without any secret or customer data.",
    fr: "Écrire ce qu’il faut savoir pour aider, sans aucun secret ni donnée client.",
  },
  logFile: {
    en: "log of the relay, of which the codes are counted",
    fr: "journal du relais, dont les codes sont comptés",
  },
  diagnosticsExample: { en: "a file to attach to a request for help", fr: "un fichier à joindre à une demande d’aide" },
  diagnosticsWritten: {
    en: "{file} written. It holds no secret and no customer data; look at it before you send it.",
    fr: "{file} écrit. Il ne contient ni secret ni donnée client ; regardez-le avant de l’envoyer.",
  },
  unreadableLog: { en: "{file} could not be read: {reason}", fr: "{file} n’a pas pu être lu : {reason}" },
} as const satisfies Readonly<Record<string, Text>>;
