import type { Text } from "./text";

/** Texts of the commands that look after the mapping. */
export const mappingTexts = {
  file: { en: "a mapping file", fr: "un fichier de correspondance" },
  fileOrInUse: {
    en: "a mapping file; without it the mapping in use",
    fr: "un fichier de correspondance ; sans lui, la correspondance en service",
  },
  opportunity: { en: "id of an opportunity", fr: "identifiant d’une opportunité" },
  field: {
    en: "a field, e.g. details.dealValue; without it every field",
    fr: "un champ, p. ex. details.dealValue ; sans lui, tous",
  },
  fileOption: {
    en: "the mapping file to look at, instead of the one in use",
    fr: "le fichier à examiner, au lieu de la correspondance en service",
  },
  offline: {
    en: "do not ask Dataverse for its columns",
    fr: "ne pas demander ses colonnes à Dataverse",
  },
  columns: {
    en: "columns that were saved before, instead of asking Dataverse",
    fr: "des colonnes enregistrées plus tôt, au lieu de les demander à Dataverse",
  },
  saveColumns: {
    en: "save Dataverse's columns for a check without it",
    fr: "enregistrer les colonnes de Dataverse pour vérifier sans lui",
  },
  out: { en: "write to a file instead of the output", fr: "écrire dans un fichier au lieu de la sortie" },

  // Where a mapping comes from.
  originFile: { en: "the file {file}", fr: "le fichier {file}" },
  originApplied: { en: "version {version} that was applied", fr: "la version {version} qui a été appliquée" },
  originShipped: { en: "the mapping that comes with the relay", fr: "la correspondance livrée avec le relais" },
  inUse: { en: "In use: {origin}.", fr: "En service : {origin}." },

  initSummary: {
    en: "Start a mapping file of your own.",
    fr: "Commencer votre propre fichier de correspondance.",
  },
  initExample: { en: "writes mapping.yaml here", fr: "écrit mapping.yaml ici" },
  initExists: {
    en: "{file} is there already; it was left as it is.",
    fr: "{file} existe déjà ; il n’a pas été touché.",
  },
  initWritten: {
    en: "Wrote {file}, and {schema} for the completion of your editor.",
    fr: "{file} est écrit, et {schema} pour la complétion de votre éditeur.",
  },
  initNext: {
    en: "Change it, then: cosell mapping check {file}",
    fr: "Modifiez-le, puis : cosell mapping check {file}",
  },
  cannotWrite: { en: "{file} could not be written: {reason}", fr: "{file} n’a pas pu être écrit : {reason}" },
  cannotRead: { en: "{file} could not be read: {reason}", fr: "{file} n’a pas pu être lu : {reason}" },

  checkSummary: {
    en: "Check a mapping file, against the columns of Dataverse too.",
    fr: "Vérifier un fichier de correspondance, aussi avec les colonnes de Dataverse.",
  },
  checkExample: { en: "shape, meaning and columns", fr: "forme, sens et colonnes" },
  checkExampleCached: { en: "with columns saved before", fr: "avec des colonnes enregistrées plus tôt" },
  checking: { en: "Reading the columns of {url} …", fr: "Lecture des colonnes de {url} …" },
  checkGood: { en: "{n} fields, no problem", fr: "{n} champs, aucun problème" },
  checkBad: { en: "problems: {n}", fr: "problèmes : {n}" },
  checkedAgainst: {
    en: "checked against {n} columns of {url} ({when})",
    fr: "vérifié avec {n} colonnes de {url} ({when})",
  },
  checkedOffline: { en: "not checked against columns", fr: "non vérifié avec les colonnes" },
  columnsSaved: { en: "Saved {n} columns in {file}.", fr: "{n} colonnes enregistrées dans {file}." },
  columnsUnusable: {
    en: "{file} holds no columns that `cosell mapping check --save-columns` wrote.",
    fr: "{file} ne contient pas de colonnes écrites par `cosell mapping check --save-columns`.",
  },
  area: { en: "Mapping", fr: "Correspondance" },

  explainSummary: { en: "Say in words what the mapping does.", fr: "Dire en mots ce que fait la correspondance." },
  explainExampleAll: { en: "every field on a line", fr: "un champ par ligne" },
  explainExampleOne: { en: "one field in detail", fr: "un champ en détail" },
  explainUnknown: {
    en: 'The mapping has no field "{field}". It has: {list}',
    fr: "La correspondance n’a pas de champ « {field} ». Elle a : {list}",
  },
  toPartnerCenterOn: { en: "to Partner Center on {events}", fr: "vers l’espace partenaires à la {events}" },
  toCrmOn: { en: "to Dynamics 365 on {events}", fr: "vers Dynamics 365 à la {events}" },
  create: { en: "create", fr: "création" },
  update: { en: "update", fr: "modification" },
  createAndUpdate: { en: "create and update", fr: "création et à la modification" },
  fromPath: { en: "from {path}", fr: "depuis {path}" },
  fromParts: { en: "from {paths}", fr: "depuis {paths}" },
  fromConstant: { en: "always {value}", fr: "toujours {value}" },
  fromFormula: { en: "by the formula {text}", fr: "par la formule {text}" },
  as: { en: "as {as}", fr: "comme {as}" },
  isRequired: { en: "required", fr: "obligatoire" },
  withDefault: { en: "{value} when empty", fr: "{value} si vide" },
  withMax: { en: "at most {max} characters", fr: "au plus {max} caractères" },
  withList: { en: "by a list of {n} values", fr: "par une liste de {n} valeurs" },
  withCountries: { en: "country names in seven languages", fr: "noms de pays en sept langues" },
  unlessSet: { en: "never over a value that is there", fr: "jamais sur une valeur présente" },
  line: { en: "line {line}", fr: "ligne {line}" },
  shippedEntry: { en: "shipped", fr: "livré" },
  bothWays: {
    en: "Goes both ways; when both sides changed it, {rule}.",
    fr: "Va dans les deux sens ; si les deux côtés l’ont changé, {rule}.",
  },
  ruleNewest: { en: "the newer change wins", fr: "le changement le plus récent l’emporte" },
  ruleCrm: { en: "Dynamics 365 wins", fr: "Dynamics 365 l’emporte" },
  rulePartnerCenter: { en: "Partner Center wins", fr: "l’espace partenaires l’emporte" },
  ruleAsk: { en: "it is held back and the seller is asked", fr: "il est retenu et le vendeur est consulté" },
  listLine: {
    en: "{crm} in Dynamics 365 = {canonical} in Partner Center",
    fr: "{crm} dans Dynamics 365 = {canonical} dans l’espace partenaires",
  },

  previewSummary: {
    en: "Show what a mapping would do to one opportunity; writes nothing.",
    fr: "Montrer ce que ferait une correspondance à une opportunité ; n’écrit rien.",
  },
  previewExample: { en: "with a file that is not applied yet", fr: "avec un fichier pas encore appliqué" },
  previewAll: { en: "show fields that stay as they are too", fr: "montrer aussi les champs qui restent inchangés" },
  noOpportunity: {
    en: "Dataverse has no opportunity {id}, or the relay may not read it.",
    fr: "Dataverse n’a pas d’opportunité {id}, ou le relais ne peut pas la lire.",
  },
  noReferral: {
    en: "The opportunity names the referral {id}, which Partner Center does not show to the relay.",
    fr: "L’opportunité nomme la référence {id}, que l’espace partenaires ne montre pas au relais.",
  },
  reading: { en: "Reading both sides …", fr: "Lecture des deux côtés …" },
  previewCreate: {
    en: "Opportunity {id} is not shared yet. A new referral would get:",
    fr: "L’opportunité {id} n’est pas encore partagée. Une nouvelle référence recevrait :",
  },
  previewUpdate: {
    en: "Opportunity {id} is shared as {referral}. This would be written:",
    fr: "L’opportunité {id} est partagée sous {referral}. Ceci serait écrit :",
  },
  previewNothing: { en: "Nothing: both sides agree.", fr: "Rien : les deux côtés sont d’accord." },
  previewClosed: {
    en: "The referral is closed: it is never written again.",
    fr: "La référence est close : elle n’est plus jamais écrite.",
  },
  previewSwitchOff: {
    en: "Sync is off on this opportunity: nothing happens until a seller switches it on.",
    fr: "La synchronisation est désactivée sur cette opportunité : rien ne se passe avant son activation.",
  },
  previewCondition: {
    en: "The condition of the mapping (when) does not hold: nothing would be shared.",
    fr: "La condition de la correspondance (when) n’est pas remplie : rien ne serait partagé.",
  },
  previewIssues: { en: "Missing before it can be shared: {list}", fr: "Manque avant le partage : {list}" },
  previewInvite: { en: "Microsoft would be invited: {code}", fr: "Microsoft serait invité : {code}" },
  heldBack: { en: "held back ({reason})", fr: "retenu ({reason})" },
  unchanged: { en: "stays {value}", fr: "reste {value}" },
  notUnderstood: { en: "not understood: {value}", fr: "incompris : {value}" },
  crm: { en: "Dynamics 365", fr: "Dynamics 365" },
  partnerCenter: { en: "Partner Center", fr: "Espace partenaires" },

  diffSummary: {
    en: "Show what a mapping file changes against the mapping in use.",
    fr: "Montrer ce qu’un fichier change par rapport à la correspondance en service.",
  },
  diffExample: { en: "against the mapping in use", fr: "par rapport à la correspondance en service" },
  diffExampleShipped: {
    en: "against the one that comes with the relay",
    fr: "par rapport à celle livrée avec le relais",
  },
  againstShipped: {
    en: "compare with the mapping that comes with the relay",
    fr: "comparer avec la correspondance livrée avec le relais",
  },
  diffSame: { en: "No difference: both do the same.", fr: "Aucune différence : les deux font la même chose." },
  changedPart: { en: "{part}: {before} → {after}", fr: "{part} : {before} → {after}" },
  nothingThere: { en: "nothing", fr: "rien" },

  applySummary: {
    en: "Make a mapping file the mapping of every relay on this database.",
    fr: "Mettre un fichier de correspondance en service sur tous les relais de cette base.",
  },
  applyExample: { en: "checks it, shows what changes, asks, applies", fr: "vérifie, montre, demande, applique" },
  applyExampleBack: { en: "goes back to the version before", fr: "revient à la version précédente" },
  previous: {
    en: "apply the version before the newest one again",
    fr: "appliquer de nouveau l’avant-dernière version",
  },
  applyWhich: {
    en: "Name a mapping file, or give --previous.",
    fr: "Nommez un fichier de correspondance, ou indiquez --previous.",
  },
  applyFileSet: {
    en: "The relay takes its mapping from COSELL_MAPPING_FILE ({file}): what is applied would not count. Change that file and restart the relay, or remove the setting.",
    fr: "Le relais prend sa correspondance de COSELL_MAPPING_FILE ({file}) : ce qui est appliqué ne compterait pas. Modifiez ce fichier et redémarrez le relais, ou retirez ce paramètre.",
  },
  noPrevious: {
    en: "No mapping was applied yet, so there is nothing to go back from.",
    fr: "Aucune correspondance n’a encore été appliquée : il n’y a rien à annuler.",
  },
  previousUnusable: {
    en: "Version {version} cannot be used by this version of the relay.",
    fr: "La version {version} n’est pas utilisable par cette version du relais.",
  },
  applyAsk: { en: "Apply it?", fr: "L’appliquer ?" },
  applyDeclined: { en: "Nothing was applied.", fr: "Rien n’a été appliqué." },
  applied: {
    en: "Version {version} is applied. Running relays work with it within seconds; each deal follows with its next change.",
    fr: "La version {version} est appliquée. Les relais en marche l’emploient d’ici quelques secondes ; chaque affaire suit à son prochain changement.",
  },
  appliedSteps: {
    en: "It reads columns that the webhook may not listen to yet: cosell setup",
    fr: "Elle lit des colonnes que le webhook n’écoute peut-être pas encore : cosell setup",
  },

  exportSummary: {
    en: "Write the mapping in use as a file.",
    fr: "Écrire la correspondance en service dans un fichier.",
  },
  exportExample: { en: "the mapping in use", fr: "la correspondance en service" },
  exportExampleVersion: { en: "a version that was applied earlier", fr: "une version appliquée plus tôt" },
  exportVersion: { en: "a version that was applied", fr: "une version appliquée" },
  exportShipped: { en: "the mapping that comes with the relay", fr: "la correspondance livrée avec le relais" },
  noVersion: { en: "There is no applied version {version}.", fr: "Il n’y a pas de version appliquée {version}." },
  badNumber: {
    en: '"{value}" is not a number of {what} above 0.',
    fr: "« {value} » n’est pas un nombre de {what} au-dessus de 0.",
  },
  versionsWord: { en: "a version", fr: "version" },
  exported: { en: "Wrote {origin} to {file}.", fr: "{origin} : écrit dans {file}." },

  testSummary: {
    en: "Replay recent deals through a mapping file and show what would differ; writes nothing.",
    fr: "Rejouer des affaires récentes avec un fichier et montrer les différences ; n’écrit rien.",
  },
  testExample: { en: "the deals of the last week", fr: "les affaires de la semaine passée" },
  testSince: {
    en: "deals with an event since then, e.g. 7d, 12h or 2026-11-01",
    fr: "les affaires avec un événement depuis, p. ex. 7d, 12h ou 2026-11-01",
  },
  testMost: { en: "at most so many deals", fr: "au plus tant d’affaires" },
  dealsWord: { en: "deals", fr: "affaires" },
  testing: { en: "Deal {n} of {all} …", fr: "Affaire {n} sur {all} …" },
  testNone: {
    en: "No deal had an event since {since}: there is nothing to replay.",
    fr: "Aucune affaire n’a eu d’événement depuis {since} : rien à rejouer.",
  },
  testDone: {
    en: "Deals: {all}. The same: {same}. Different: {different}. Not readable: {unread}.",
    fr: "Affaires : {all}. Identiques : {same}. Différentes : {different}. Illisibles : {unread}.",
  },
  testDeal: { en: "Opportunity {id}", fr: "Opportunité {id}" },
  testShareable: { en: "could be shared: {before} → {after}", fr: "partage possible : {before} → {after}" },
  yes: { en: "yes", fr: "oui" },
  no: { en: "no", fr: "non" },
} as const satisfies Readonly<Record<string, Text>>;
