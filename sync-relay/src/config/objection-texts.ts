import type { Labels } from "../../../solution/schema/labels";

/**
 * Why a value is not accepted, and what to write instead. English goes on after the value, French stands for itself,
 * after a colon or in brackets. No text repeats the value.
 */
export const objectionTexts = {
  notAddress: {
    en: "is not an address; write https://host",
    fr: "ce n’est pas une adresse ; écrivez https://hôte",
  },
  userInAddress: {
    en: "holds a user name or password; leave them out",
    fr: "elle contient un nom d’utilisateur ou un mot de passe ; retirez-les",
  },
  partsOfAddress: {
    en: "holds a ? or # part; give only scheme, host and path",
    fr: "elle contient une partie ? ou # ; ne donnez que le schéma, l’hôte et le chemin",
  },
  notEncrypted: {
    en: "is not encrypted; write https:// (http:// is taken for loopback addresses only)",
    fr: "elle n’est pas chiffrée ; écrivez https:// (http:// n’est admis que pour cette machine)",
  },
  otherPort: {
    en: "names a port; Dataverse calls port 443 only, so leave it out and lead 443 to the relay",
    fr: "elle nomme un port ; Dataverse n’appelle que le port 443 : retirez-le et dirigez 443 vers le relais",
  },
  loopbackPort: {
    en: "names a loopback host with a port out of range",
    fr: "elle nomme cette machine avec un port hors limites",
  },
  notHostName: {
    en: "is not a plain host name; write it without scheme, port and path",
    fr: "ce n’est pas un simple nom d’hôte ; écrivez-le sans schéma, port ni chemin",
  },
  notDatabase: {
    en: "is not a database address; write postgresql://user:password@host:5432/name",
    fr: "ce n’est pas une adresse de base de données ; écrivez postgresql://utilisateur:motdepasse@hôte:5432/nom",
  },
  databaseNotEncrypted: {
    en: "is not encrypted, or not to a server that is known; add sslmode=verify-full to its ? part",
    fr: "elle n’est pas chiffrée, ou mène à un serveur non vérifié ; ajoutez sslmode=verify-full à sa partie ?",
  },
  noReferralId: {
    en: "has no {place}; put it where the id belongs",
    fr: "il manque {place} ; mettez-le à la place de l’identifiant",
  },
  notLink: { en: "is not a link; write https://…", fr: "ce n’est pas un lien ; écrivez https://…" },
  notHost: {
    en: "is not a host; give an IP address or host name of this machine",
    fr: "ce n’est pas un hôte ; donnez une adresse IP ou un nom d’hôte de cette machine",
  },
  notTenant: {
    en: "is not a tenant; give its GUID or a verified domain such as contoso.com",
    fr: "ce n’est pas un locataire ; donnez son GUID ou un domaine vérifié comme contoso.com",
  },
  notClientId: {
    en: "is not a GUID; copy the application (client) id of the app registration",
    fr: "ce n’est pas un GUID ; copiez l’identifiant d’application (client) de l’inscription",
  },
  notDay: {
    en: "is not a day; write it as yyyy-mm-dd, e.g. 2027-05-31",
    fr: "ce n’est pas un jour ; écrivez-le aaaa-mm-jj, par exemple 2027-05-31",
  },
  notOneOf: { en: "is not one of {choices}", fr: "choix possibles : {choices}" },
  notWholeNumber: {
    en: "is not a whole number from {least} to {most}",
    fr: "ce n’est pas un nombre entier de {least} à {most}",
  },
  tooMany: {
    en: "has {count} items; give at most {most}, separated by commas",
    fr: "elle a {count} éléments ; donnez-en {most} au plus, séparés par des virgules",
  },
  whiteSpace: { en: "holds white space; give the bare token", fr: "elle contient des blancs ; donnez le jeton seul" },
  notKey: {
    en: "is not 32 bytes in base64; make one with openssl rand -base64 32",
    fr: "ce ne sont pas 32 octets en base64 ; créez une clé avec openssl rand -base64 32",
  },
  notPathToken: {
    en: "is not 32 to 200 letters, digits, - or _; make a random one, e.g. with openssl rand -hex 32",
    fr: "ce ne sont pas 32 à 200 lettres, chiffres, - ou _ ; créez un jeton aléatoire, par exemple avec openssl rand -hex 32",
  },
  weakSecret: {
    en: "has a secret with fewer than {least} characters or with blanks; make one with openssl rand -hex 32",
    fr: "elle contient un secret de moins de {least} caractères ou avec des blancs ; créez-en un avec openssl rand -hex 32",
  },
  noCertificate: {
    en: "holds no certificate; give PEM text (-----BEGIN CERTIFICATE-----)",
    fr: "elle ne contient pas de certificat ; donnez du texte PEM (-----BEGIN CERTIFICATE-----)",
  },
  brokenCertificate: {
    en: "holds a broken certificate (number {number}); export it again",
    fr: "elle contient un certificat abîmé (le numéro {number}) ; exportez-le de nouveau",
  },
  unreadableCertificate: {
    en: "holds no readable certificate; give certificate and private key, both PEM",
    fr: "elle ne contient pas de certificat lisible ; donnez le certificat et la clé privée, tous deux en PEM",
  },
  encryptedKey: {
    en: "holds an encrypted private key; give it without a pass phrase",
    fr: "elle contient une clé privée chiffrée ; donnez-la sans phrase secrète",
  },
  unreadableKey: {
    en: "holds no readable private key; add it below the certificate (-----BEGIN PRIVATE KEY-----)",
    fr: "elle ne contient pas de clé privée lisible ; ajoutez-la sous le certificat (-----BEGIN PRIVATE KEY-----)",
  },
  foreignKey: {
    en: "holds a private key of another certificate; give the pair",
    fr: "elle contient la clé privée d’un autre certificat ; donnez la paire",
  },
} as const satisfies Readonly<Record<string, Labels>>;
