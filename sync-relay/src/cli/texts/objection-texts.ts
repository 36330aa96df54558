import type { Language } from "../language";
import type { Text } from "./text";

// Why a value of a setting is refused is said by the settings themselves, in English, as the relay's start says it. Here
// is the same in French, for the questions of the command line.

const french: Readonly<Record<string, string>> = {
  "is not an address; write https://host": "ce n’est pas une adresse ; écrivez https://hôte",
  "holds a user name or password; leave them out":
    "elle contient un nom d’utilisateur ou un mot de passe ; retirez-les",
  "holds a ? or # part; give only scheme, host and path":
    "elle contient une partie ? ou # ; ne donnez que le schéma, l’hôte et le chemin",
  "is not encrypted; write https:// (http:// is taken for loopback addresses only)":
    "elle n’est pas chiffrée ; écrivez https:// (http:// n’est admis que pour cette machine)",
  "is not a tenant; give its GUID or a verified domain such as contoso.com":
    "ce n’est pas un locataire ; donnez son GUID ou un domaine vérifié comme contoso.com",
  "is not a GUID; copy the application (client) id of the app registration":
    "ce n’est pas un GUID ; copiez l’identifiant d’application (client) de l’inscription",
  "holds no readable certificate; give certificate and private key, both PEM":
    "elle ne contient pas de certificat lisible ; donnez le certificat et la clé privée, tous deux en PEM",
  "holds an encrypted private key; give it without a pass phrase":
    "elle contient une clé privée chiffrée ; donnez-la sans phrase secrète",
  "holds no readable private key; add it below the certificate (-----BEGIN PRIVATE KEY-----)":
    "elle ne contient pas de clé privée lisible ; ajoutez-la sous le certificat (-----BEGIN PRIVATE KEY-----)",
  "holds a private key of another certificate; give the pair":
    "elle contient la clé privée d’un autre certificat ; donnez la paire",
  "is not a day; write it as yyyy-mm-dd, e.g. 2027-05-31":
    "ce n’est pas un jour ; écrivez-le aaaa-mm-jj, par exemple 2027-05-31",
  "holds white space; give the bare token": "elle contient des blancs ; donnez le jeton seul",
};

export const objectionTexts: Readonly<Record<string, Text>> = Object.fromEntries(
  Object.entries(french).map(([en, fr]) => [en, { en, fr }]),
);

/** Why a value is refused, in a language. */
export function objectionIn(language: Language, english: string): string {
  return objectionTexts[english]?.[language] ?? english;
}
