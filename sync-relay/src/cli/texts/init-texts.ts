import type { Text } from "./text";

export const initTexts = {
  summary: {
    en: "Write the configuration and print the app registration as a checklist.",
    fr: "Écrire la configuration et afficher l’inscription de l’application comme liste à cocher.",
  },
  dataverseUrl: { en: "address of the Dataverse environment", fr: "adresse de l’environnement Dataverse" },
  tenantId: {
    en: "tenant of the app registration: GUID or domain",
    fr: "locataire de l’inscription : GUID ou domaine",
  },
  clientId: { en: "application (client) id of the app registration", fr: "identifiant (client) de l’application" },
  publicUrl: {
    en: "address under which both clouds reach the relay",
    fr: "adresse sous laquelle les deux services atteignent le relais",
  },
  secretStdin: { en: "read the client secret from standard input", fr: "lire le secret client sur l’entrée standard" },
  secretFile: { en: "file that holds the client secret", fr: "fichier qui contient le secret client" },
  secretEnds: {
    en: "day on which the client secret ends, as the app registration shows it",
    fr: "jour où le secret client expire, tel que l’inscription de l’application l’affiche",
  },
  certificateFile: {
    en: "PEM file with the client certificate and its private key, instead of a secret",
    fr: "fichier PEM avec le certificat client et sa clé privée, au lieu d’un secret",
  },
  secretsDir: {
    en: "folder for the secrets that are made here (default: cosell-secrets beside the configuration)",
    fr: "dossier des secrets créés ici (par défaut : cosell-secrets à côté de la configuration)",
  },
  askDataverseUrl: { en: "Address of the Dataverse environment?", fr: "Adresse de l’environnement Dataverse ?" },
  askTenantId: { en: "Tenant (GUID or domain)?", fr: "Locataire (GUID ou domaine) ?" },
  askClientId: {
    en: "Application (client) id of the app registration?",
    fr: "Identifiant (client) de l’inscription d’application ?",
  },
  askPublicUrl: {
    en: "Address under which Dataverse and Partner Center reach the relay?",
    fr: "Adresse sous laquelle Dataverse et l’espace partenaires atteignent le relais ?",
  },
  askSecret: { en: "Client secret (not shown)?", fr: "Secret client (non affiché) ?" },
  askSecretEnd: {
    en: "Day on which the client secret ends (yyyy-mm-dd, see Certificates & secrets)?",
    fr: "Jour où le secret client expire (aaaa-mm-jj, voir Certificats et secrets) ?",
  },
  endPast: {
    en: "is over; make a new client secret first",
    fr: "ce jour est passé ; créez d’abord un nouveau secret client",
  },
  endOfCertificate: {
    en: "{flag} is for a client secret; a certificate tells itself when it ends.",
    fr: "{flag} est pour un secret client ; un certificat dit lui-même quand il expire.",
  },
  askWrite: { en: "Write this?", fr: "Écrire cela ?" },
  planTitle: { en: "Configuration: {path}", fr: "Configuration : {path}" },
  planSecret: { en: "{path}  (new, readable by you only)", fr: "{path}  (nouveau, lisible par vous seul)" },
  planKept: { en: "{path}  (kept)", fr: "{path}  (conservé)" },
  unchanged: { en: "Nothing to change.", fr: "Rien à changer." },
  refused: { en: "Nothing was written.", fr: "Rien n’a été écrit." },
  written: { en: "Written: {path}", fr: "Écrit : {path}" },
  badConfig: {
    en: "The configuration file has mistakes; mend them first:",
    fr: "Le fichier de configuration contient des erreurs ; corrigez-les d’abord :",
  },
  environmentWins: {
    en: "The environment sets {name} and wins over the configuration: take it out there, or the relay keeps that value.",
    fr: "L’environnement définit {name} et l’emporte sur la configuration : retirez-le là-bas, sinon le relais garde cette valeur.",
  },
  secretEnvironment: {
    en: "The credential comes from the environment (COSELL_CLIENT_SECRET or COSELL_CLIENT_CERTIFICATE) and is not written.",
    fr: "L’identification vient de l’environnement (COSELL_CLIENT_SECRET ou COSELL_CLIENT_CERTIFICATE) et n’est pas écrite.",
  },
  checklistTitle: {
    en: "App registration, at https://entra.microsoft.com → App registrations:",
    fr: "Inscription de l’application, sur https://entra.microsoft.com → Inscriptions d’applications :",
  },
  checkRegistration: {
    en: "New registration: any name, accounts in this organisational directory only. Its application id is {clientId}.",
    fr: "Nouvelle inscription : nom libre, comptes de cet annuaire uniquement. Son identifiant d’application est {clientId}.",
  },
  checkRedirect: {
    en: "Authentication → Add a platform → Web → redirect URI: http://localhost",
    fr: "Authentification → Ajouter une plateforme → Web → URI de redirection : http://localhost",
  },
  checkPublic: {
    en: "Only for sign-in without a browser here: Authentication → Allow public client flows → Yes.",
    fr: "Seulement pour se connecter sans navigateur ici : Authentification → Autoriser les flux clients publics → Oui.",
  },
  checkDataverse: {
    en: "API permissions → Dynamics CRM → delegated → user_impersonation (for cosell setup).",
    fr: "Autorisations d’API → Dynamics CRM → déléguées → user_impersonation (pour cosell setup).",
  },
  checkReferrals: {
    en: "API permissions → APIs my organization uses → Microsoft Partner, 4990cffe-04e8-4e8b-808a-1175604b879f → delegated → user_impersonation.",
    fr: "Autorisations d’API → API utilisées par mon organisation → Microsoft Partner, 4990cffe-04e8-4e8b-808a-1175604b879f → déléguées → user_impersonation.",
  },
  checkEvents: {
    en: "API permissions → APIs my organization uses → Microsoft Partner Center, fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd → delegated → user_impersonation.",
    fr: "Autorisations d’API → API utilisées par mon organisation → Microsoft Partner Center, fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd → déléguées → user_impersonation.",
  },
  checkConsent: {
    en: "API permissions → Grant admin consent.",
    fr: "Autorisations d’API → Accorder le consentement de l’administrateur.",
  },
  checkCredential: {
    en: "Certificates & secrets → a certificate (better) or a client secret; note the day it ends.",
    fr: "Certificats et secrets → un certificat (mieux) ou un secret client ; notez le jour où il expire.",
  },
  checkUser: {
    en: "Partner Center: a user of its own with the role Referrals admin and multi-factor authentication.",
    fr: "Espace partenaires : un utilisateur dédié, avec le rôle d’administrateur de références et l’authentification multifacteur.",
  },
  nextTitle: { en: "Then:", fr: "Ensuite :" },
  nextDataverse: {
    en: "cosell login dataverse && cosell setup     sign in as CRM administrator; shows what it will do first",
    fr: "cosell login dataverse && cosell setup     se connecter comme administrateur du CRM ; montre d’abord ce qui sera fait",
  },
  nextPartnerCenter: {
    en: "cosell login partner-center                sign in as the Partner Center user",
    fr: "cosell login partner-center                se connecter comme utilisateur de l’espace partenaires",
  },
  nextWebhook: {
    en: "cosell webhook register partner-center     with the relay running",
    fr: "cosell webhook register partner-center     pendant que le relais tourne",
  },
  exampleAsk: { en: "ask for what is missing", fr: "demander ce qui manque" },
  exampleScript: {
    en: "everything on the command line, the secret through a pipe",
    fr: "tout en ligne de commande, le secret par un tube",
  },
} as const satisfies Readonly<Record<string, Text>>;
