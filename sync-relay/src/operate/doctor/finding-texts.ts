import { bad, note, type FindingText, type Mend } from "./finding-text";

// What the doctor can find: how bad it is, what is wrong, and what mends it, a command where there is one.

const status = { command: "cosell status" };
const setup = { command: "cosell setup" };
const login = { command: "cosell login partner-center" };
const register = { command: "cosell webhook register partner-center" };
const importSolution = {
  deed: {
    en: "import the solution CoSellSync {wanted} (make.powerapps.com → Solutions → Import)",
    fr: "importez la solution CoSellSync {wanted} (make.powerapps.com → Solutions → Importer)",
  },
};
export const findingTexts = {
  "check-failed": note("could not be checked: {reason} ({code})", "contrôle impossible : {reason} ({code})", {
    deed: { en: "see docs/troubleshooting.md, {code}", fr: "voir docs/troubleshooting.md, {code}" },
  }),
  "not-checked": note(
    "not checked: {what}; the relay's user may not read it ({missing})",
    "non contrôlé : {what} ; l’utilisateur du relais ne peut pas le lire ({missing})",
    {
      deed: {
        en: "run: cosell login dataverse, as an administrator, and the doctor looks as that administrator; or give the relay's user a further role with {missing}, which the sync itself does not need",
        fr: "lancez : cosell login dataverse, en tant qu’administrateur, et le contrôle se fait au nom de cet administrateur ; ou donnez à l’utilisateur du relais un rôle de plus avec {missing}, dont la synchronisation elle-même n’a pas besoin",
      },
    },
  ),

  "database-down": bad("the database cannot be reached: {reason}", "la base de données est injoignable : {reason}", {
    deed: {
      en: "check that the database runs and COSELL_DATABASE_URL or COSELL_DATA_DIR is right",
      fr: "vérifiez que la base fonctionne et que COSELL_DATABASE_URL ou COSELL_DATA_DIR est juste",
    },
  }),
  "no-relay": note("no relay is running on this database", "aucun relais ne fonctionne sur cette base", {
    command: "npm run relay",
  }),
  "other-version": note(
    "the relay that runs is {running}, this command is {own}",
    "le relais en fonction est {running}, cette commande est {own}",
    { deed: { en: "restart the relay after an upgrade", fr: "redémarrez le relais après une mise à niveau" } },
  ),
  "backlog-old": note(
    "the oldest of {count} waiting events is {minutes} minutes old",
    "le plus ancien des {count} événements en attente a {minutes} minutes",
    status,
  ),
  "dead-letters": note(
    "{count} opportunities were given up ({reasons})",
    "{count} opportunités ont été abandonnées ({reasons})",
    { command: "cosell retry" },
  ),
  paused: note("{direction} is paused since {since}", "{direction} est suspendu depuis {since}", {
    command: "cosell resume {direction}",
  }),

  "clock-off": note(
    "the clock of this machine differs from Microsoft's by {seconds} seconds",
    "l’horloge de cette machine s’écarte de {seconds} secondes de celle de Microsoft",
    clockMend(),
  ),
  "clock-wrong": bad(
    "the clock of this machine differs from Microsoft's by {seconds} seconds: sign-ins are refused",
    "l’horloge de cette machine s’écarte de {seconds} secondes de celle de Microsoft : les connexions sont refusées",
    clockMend(),
  ),

  "authority-unreachable": bad("the sign-in authority cannot be reached", "l’autorité de connexion est injoignable", {
    deed: {
      en: "check COSELL_AUTHORITY_URL and the way to the internet",
      fr: "vérifiez COSELL_AUTHORITY_URL et l’accès à Internet",
    },
  }),
  "dataverse-unreachable": bad("{host} cannot be reached", "{host} est injoignable", {
    deed: {
      en: "check COSELL_DATAVERSE_URL and the state of the environment",
      fr: "vérifiez COSELL_DATAVERSE_URL et l’état de l’environnement",
    },
  }),
  "no-application-user": bad(
    "Dataverse does not let the relay in: there is no application user for {client}, or it has no role",
    "Dataverse ne laisse pas entrer le relais : il n’y a pas d’utilisateur d’application pour {client}, ou il n’a aucun rôle",
    setup,
  ),
  "user-disabled": bad(
    "the application user {name} is disabled",
    "l’utilisateur d’application {name} est désactivé",
    setup,
  ),
  "role-missing": bad(
    "the application user {name} does not have the role {role}",
    "l’utilisateur d’application {name} n’a pas le rôle {role}",
    setup,
  ),

  "solution-missing": bad(
    "the solution is not installed in this environment",
    "la solution n’est pas installée dans cet environnement",
    importSolution,
  ),
  "solution-version": note(
    "the solution is {installed}, the relay {wanted}",
    "la solution est en {installed}, le relais en {wanted}",
    importSolution,
  ),
  "section-column-missing": bad(
    "columns of the co-sell section cannot be read: {columns}",
    "des colonnes de la section de co-vente ne sont pas lisibles : {columns}",
    importSolution,
  ),
  "changes-not-tracked": bad(
    "change tracking is off for opportunities: missed changes are not found",
    "le suivi des modifications est désactivé pour les opportunités : les changements manqués ne sont pas retrouvés",
    {
      deed: {
        en: "switch “Track changes” on in the properties of the table Opportunity",
        fr: "activez « Suivre les modifications » dans les propriétés de la table Opportunité",
      },
    },
  ),

  "variable-missing": note(
    "environment variables of the solution are not there: {names}",
    "des variables d’environnement de la solution manquent : {names}",
    importSolution,
  ),

  "endpoint-missing": bad("no webhook is registered", "aucun webhook n’est enregistré", setup),
  "endpoint-elsewhere": bad(
    "the webhook goes to {url}, not to this relay",
    "le webhook va vers {url}, pas vers ce relais",
    setup,
  ),
  "endpoint-open": bad("the webhook has no secret", "le webhook n’a pas de secret", {
    command: "cosell webhook rotate dataverse",
  }),
  "step-missing": bad(
    "there is no step for {messages} of opportunities",
    "il n’y a pas d’étape pour {messages} des opportunités",
    setup,
  ),
  "step-disabled": bad(
    "the step for {messages} of opportunities is disabled",
    "l’étape pour {messages} des opportunités est désactivée",
    setup,
  ),
  "step-deaf": note(
    "the step for Update listens to {heard} of {all} mapped columns; missing: {columns}",
    "l’étape pour Update écoute {heard} des {all} colonnes de la correspondance ; il manque : {columns}",
    setup,
  ),
  "calls-failed": note(
    "{count} calls to the relay failed since {since}",
    "{count} appels au relais ont échoué depuis {since}",
    { command: "cosell replay --since {since}" },
  ),

  "sign-in-expired": bad(
    "the sign-in has expired or was revoked ({code}); {waiting} events are waiting",
    "la connexion a expiré ou a été révoquée ({code}) ; {waiting} événements attendent",
    login,
  ),
  "sign-in-missing": bad("nobody has signed in yet", "personne ne s’est encore connecté", login),
  "sign-in-ending": note(
    "the stored sign-in is {days} days from its end: no relay has renewed it",
    "la connexion enregistrée expire dans {days} jours : aucun relais ne l’a renouvelée",
    login,
  ),
  "no-second-factor": note(
    "the user signed in without a second factor, which Partner Center asks for",
    "l’utilisateur s’est connecté sans second facteur, que l’espace partenaires exige",
    login,
  ),
  "sign-in-sealed": bad(
    "the stored sign-in cannot be opened with the master keys given",
    "la connexion enregistrée ne s’ouvre pas avec les clés maîtresses données",
    {
      deed: {
        en: "give the key that sealed it in COSELL_MASTER_KEY, or run: cosell login partner-center",
        fr: "donnez dans COSELL_MASTER_KEY la clé qui l’a scellée, ou lancez : cosell login partner-center",
      },
    },
  ),
  "partner-role-missing": bad(
    "Partner Center refuses the user: the role Referrals admin is missing, or the second factor ({code})",
    "l’espace partenaires refuse l’utilisateur : il manque le rôle Administrateur de références, ou le second facteur ({code})",
    {
      deed: {
        en: "give the user the role Referrals admin in Partner Center, then run: cosell login partner-center",
        fr: "donnez à l’utilisateur le rôle Administrateur de références, puis lancez : cosell login partner-center",
      },
    },
  ),
  "partner-center-unreachable": bad(
    "Partner Center cannot be reached ({code})",
    "l’espace partenaires est injoignable ({code})",
    {
      deed: {
        en: "check COSELL_PARTNER_CENTER_URL and the way to the internet",
        fr: "vérifiez COSELL_PARTNER_CENTER_URL et l’accès à Internet",
      },
    },
  ),

  "registration-missing": bad("no webhook is registered", "aucun webhook n’est enregistré", register),
  "registration-elsewhere": bad(
    "notifications go to {url}, not to this relay",
    "les notifications vont vers {url}, pas vers ce relais",
    register,
  ),
  "registration-connector": bad(
    "notifications go to a Power Automate flow ({url}), as Microsoft's own connector registers it",
    "les notifications vont vers un flux Power Automate ({url}), comme l’enregistre le connecteur de Microsoft",
    register,
  ),
  "registration-old-token": bad(
    "notifications come with another path token than this relay has",
    "les notifications arrivent avec un autre jeton de chemin que celui de ce relais",
    register,
  ),
  "registration-events": bad(
    "these events are not registered: {events}",
    "ces événements ne sont pas enregistrés : {events}",
    register,
  ),

  "mapping-broken": bad("{count} problems: {first}", "{count} problèmes : {first}", {
    command: "cosell mapping check",
  }),
  "mapped-column-missing": bad(
    "columns of the mapping cannot be read in this environment: {columns}",
    "des colonnes de la correspondance ne sont pas lisibles dans cet environnement : {columns}",
    { command: "cosell mapping check" },
  ),
  "country-unknown": note(
    "{count} shared opportunities have a country that is not understood: {values}",
    "{count} opportunités partagées ont un pays qui n’est pas compris : {values}",
    {
      deed: {
        en: "add the spelling to lists.country of the mapping file, or correct the accounts",
        fr: "ajoutez l’écriture à lists.country du fichier de correspondance, ou corrigez les comptes",
      },
    },
  ),
  "currency-unknown": note(
    "{count} shared opportunities have a currency that is not understood: {values}",
    "{count} opportunités partagées ont une devise qui n’est pas comprise : {values}",
    {
      deed: {
        en: "give the currency its ISO code in Dynamics 365 (Settings → Currencies)",
        fr: "donnez à la devise son code ISO dans Dynamics 365 (Paramètres → Devises)",
      },
    },
  ),
  "currency-missing": note(
    "referrals use currencies that Dynamics 365 does not have: {values}",
    "des références emploient des devises que Dynamics 365 n’a pas : {values}",
    {
      deed: {
        en: "add them in Dynamics 365 (Settings → Currencies), then run: cosell retry --reason CS-1006",
        fr: "ajoutez-les dans Dynamics 365 (Paramètres → Devises), puis lancez : cosell retry --reason CS-1006",
      },
    },
  ),

  "other-sync": bad(
    "another sync writes the same deals: the flows {names} are switched on",
    "une autre synchronisation écrit les mêmes affaires : les flux {names} sont activés",
    {
      deed: {
        en: "switch the flows off (make.powerautomate.com → Solutions), then run: cosell adopt",
        fr: "désactivez les flux (make.powerautomate.com → Solutions), puis lancez : cosell adopt",
      },
    },
  ),
} as const satisfies Readonly<Record<string, FindingText>>;

function clockMend(): Mend {
  return {
    deed: {
      en: "let this machine set its clock by the network (NTP)",
      fr: "laissez cette machine régler son horloge par le réseau (NTP)",
    },
  };
}
