import type { Text } from "./text";

export const loginTexts = {
  summaryDataverse: {
    en: "Sign in to Dataverse as administrator, for setup, webhook and uninstall.",
    fr: "Se connecter à Dataverse comme administrateur, pour setup, webhook et uninstall.",
  },
  summaryPartnerCenter: {
    en: "Sign in to Partner Center as the user that the relay acts as.",
    fr: "Se connecter à l’espace partenaires comme l’utilisateur au nom duquel agit le relais.",
  },
  deviceCode: {
    en: "sign in on another device with a code that is shown here",
    fr: "se connecter sur un autre appareil avec un code affiché ici",
  },
  tokenStdin: {
    en: "take a refresh token that you have from standard input",
    fr: "prendre sur l’entrée standard un jeton d’actualisation que vous avez",
  },
  tokenFile: {
    en: "take a refresh token that you have from a file",
    fr: "prendre dans un fichier un jeton d’actualisation que vous avez",
  },
  printUrl: {
    en: "print the address instead of opening a browser",
    fr: "afficher l’adresse au lieu d’ouvrir un navigateur",
  },
  port: {
    en: "port of this machine that the browser comes back to",
    fr: "port de cette machine où revient le navigateur",
  },
  user: { en: "account to suggest", fr: "compte à proposer" },
  badPort: {
    en: '--port: "{value}" is not a port; give a number from 1024 to 65535.',
    fr: "--port : « {value} » n’est pas un port ; donnez un nombre de 1024 à 65535.",
  },
  portTaken: {
    en: "The port {port} cannot be listened on ({reason}). Give another --port, or none.",
    fr: "Impossible d’écouter sur le port {port} ({reason}). Donnez un autre --port, ou aucun.",
  },
  open: {
    en: "Sign in here (this command waits for {minutes} minutes):",
    fr: "Connectez-vous ici (cette commande attend {minutes} minutes) :",
  },
  type: { en: "Open {url} on any device and type {code}.", fr: "Ouvrez {url} sur un appareil et tapez {code}." },
  waiting: { en: "Waiting for the sign-in …", fr: "En attente de la connexion …" },
  pageDone: {
    en: "Signed in. You can close this window and go back to the terminal.",
    fr: "Connexion faite. Vous pouvez fermer cette fenêtre et revenir au terminal.",
  },
  pageRefused: {
    en: "The sign-in was refused. The terminal says why.",
    fr: "La connexion a été refusée. Le terminal dit pourquoi.",
  },
  pageStranger: {
    en: "This is not the answer to the sign-in that is waiting.",
    fr: "Ce n’est pas la réponse à la connexion en attente.",
  },
  tooLate: {
    en: "Nobody signed in within {minutes} minutes. Run the command again.",
    fr: "Personne ne s’est connecté en {minutes} minutes. Relancez la commande.",
  },
  refused: { en: "The sign-in was refused: {words}", fr: "La connexion a été refusée : {words}" },
  deviceBlocked: {
    en: "Your organisation blocks sign-in by device code ({code}). Sign in with a browser.",
    fr: "Votre organisation bloque la connexion par code d’appareil ({code}). Connectez-vous avec un navigateur.",
  },
  notStored: {
    en: "The sign-in could not be stored. Check the database, then sign in again.",
    fr: "La connexion n’a pas pu être enregistrée. Vérifiez la base de données, puis reconnectez-vous.",
  },
  signedIn: { en: "{name} ({user})", fr: "{name} ({user})" },
  areaUser: { en: "Signed in", fr: "Connecté" },
  areaTenant: { en: "Tenant", fr: "Locataire" },
  areaRoles: { en: "Roles", fr: "Rôles" },
  areaMfa: { en: "Multi-factor", fr: "Multifacteur" },
  areaUntil: { en: "Good until", fr: "Valable jusqu’au" },
  areaReferrals: { en: "Referrals API", fr: "API des références" },
  areaEvents: { en: "Events API", fr: "API des événements" },
  noRoles: { en: "none in the token", fr: "aucun dans le jeton" },
  otherTenant: {
    en: "{tenant} (the settings say {wanted})",
    fr: "{tenant} (les paramètres disent {wanted})",
  },
  mfaYes: { en: "yes", fr: "oui" },
  mfaNo: {
    en: "no; Partner Center refuses such sign-ins. Give the user a second factor and sign in again.",
    fr: "non ; l’espace partenaires refuse ces connexions. Donnez un second facteur à l’utilisateur et reconnectez-vous.",
  },
  mfaUnknown: { en: "the token does not say", fr: "le jeton ne le dit pas" },
  until: {
    en: "{date} if it is not used; the relay renews it every day",
    fr: "{date} s’il ne sert pas ; le relais le renouvelle chaque jour",
  },
  untilUnused: { en: "{date} if it is not used", fr: "{date} s’il ne sert pas" },
  reached: { en: "may be used", fr: "peut servir" },
  notReached: { en: "{reason}", fr: "{reason}" },
  exampleBrowser: {
    en: "sign in with the browser of this machine",
    fr: "se connecter avec le navigateur de cette machine",
  },
  exampleDevice: { en: "on a server without a browser", fr: "sur un serveur sans navigateur" },
  exampleToken: { en: "with a refresh token that you have already", fr: "avec un jeton d’actualisation existant" },
} as const satisfies Readonly<Record<string, Text>>;
