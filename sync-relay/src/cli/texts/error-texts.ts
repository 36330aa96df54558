import { errorCodes, type ErrorCode } from "../../core/errors";
import type { Text } from "./text";

// The documented failures in both languages. English is said once, in core/errors.ts.

interface ErrorText {
  readonly meaning: Text;
  readonly action: Text;
}

type French = readonly [meaning: string, action: string];

const french: { readonly [C in ErrorCode]: French } = {
  "CS-1001": [
    "Dataverse est injoignable ou a répondu par une erreur de serveur.",
    "Rien : le relais réessaie. Si cela dure, vérifiez l’état de l’environnement et le réseau.",
  ],
  "CS-1002": [
    "Dataverse a demandé au relais de ralentir (protection du service).",
    "Rien : le relais attend comme demandé. Si cela dure, cherchez qui d’autre emploie le même utilisateur d’application.",
  ],
  "CS-1003": ["L’opportunité a changé juste avant d’être écrite.", "Rien : le relais la relit."],
  "CS-1004": [
    "Dataverse a refusé une écriture.",
    "Lisez la raison ; c’est d’ordinaire une colonne obligatoire, une règle métier ou un plug-in du client.",
  ],
  "CS-1005": [
    "Dataverse a refusé l’utilisateur d’application du relais.",
    "Donnez à l’utilisateur d’application le rôle du relais et vérifiez qu’il est activé.",
  ],
  "CS-1006": [
    "Le CRM n’a pas une devise que la référence emploie.",
    "Ajoutez la devise dans Dynamics 365, puis relancez.",
  ],
  "CS-1007": [
    "Une colonne que la correspondance nomme n’existe pas.",
    "Corrigez le fichier de correspondance ou ajoutez la colonne.",
  ],
  "CS-1101": [
    "L’espace partenaires est injoignable ou a répondu par une erreur de serveur.",
    "Rien : le relais réessaie.",
  ],
  "CS-1102": ["L’espace partenaires a demandé au relais de ralentir.", "Rien : le relais attend comme demandé."],
  "CS-1103": ["La référence a changé juste avant d’être écrite.", "Rien : le relais la relit."],
  "CS-1104": [
    "L’espace partenaires a refusé une écriture.",
    "Lisez la raison ; corrigez l’opportunité et enregistrez-la.",
  ],
  "CS-1105": [
    "L’espace partenaires a refusé l’utilisateur du relais.",
    "L’utilisateur a besoin du rôle d’administrateur de références ; reconnectez-vous avec l’authentification multifacteur.",
  ],
  "CS-1106": [
    "La réponse de l’espace partenaires est incompréhensible.",
    "Si cela dure, signalez-le avec l’identifiant de corrélation : l’API a peut-être changé.",
  ],
  "CS-1201": [
    "L’autorité de connexion a refusé le secret client ou le certificat.",
    "Donnez un COSELL_CLIENT_SECRET ou COSELL_CLIENT_CERTIFICATE valable et redémarrez.",
  ],
  "CS-1202": [
    "La connexion à l’espace partenaires a expiré ou a été révoquée.",
    "Lancez `cosell login partner-center` ; le relais reprend la nouvelle connexion sans redémarrage.",
  ],
  "CS-1203": ["L’autorité de connexion est injoignable.", "Rien : le relais réessaie."],
  "CS-1204": [
    "Un secret enregistré ne s’ouvre pas : il a été scellé avec une autre clé.",
    "Donnez dans COSELL_MASTER_KEY la clé qui l’a scellé, ou reconnectez-vous.",
  ],
  "CS-1301": [
    "La base de données est injoignable.",
    "Vérifiez la base ; d’ici là les webhooks reçoivent la réponse 503.",
  ],
  "CS-1302": ["Une autre instance a travaillé sur la même paire.", "Rien : le travail est refait."],
  "CS-1303": [
    "Cette version du relais ne peut pas employer la correspondance appliquée.",
    "Lancez `cosell mapping check`, corrigez et appliquez à nouveau ; un relais en marche garde la sienne.",
  ],
  "CS-1401": [
    "La correspondance n’a pas pu convertir une valeur.",
    "Lisez le champ et la sorte de valeur ; complétez la liste dans le fichier de correspondance.",
  ],
  "CS-1402": [
    "Le certificat d’une notification de l’espace partenaires n’a pas pu être obtenu.",
    "Si cela dure, permettez au relais d’atteindre l’hôte du certificat.",
  ],
  "CS-1403": [
    "Les deux côtés changeaient sans cesse pendant le rapprochement.",
    "Rien : le relais réessaie après une pause.",
  ],
  "CS-1501": [
    "Le travail sur cette paire a échoué trop souvent.",
    "Lisez la dernière erreur de la paire, corrigez sa cause, puis relancez.",
  ],
  "CS-1901": ["Le relais a rencontré un cas inconnu.", "Signalez-le avec l’identifiant de corrélation."],
};

function bothLanguages(code: ErrorCode): ErrorText {
  const { meaning, action } = errorCodes[code];
  const [fr, frAction] = french[code];
  return { meaning: { en: meaning, fr }, action: { en: action, fr: frAction } };
}

/** Meaning and what to do, of every error code. */
export const errorTexts = Object.fromEntries(
  Object.keys(french).map((code) => [code, bothLanguages(code as ErrorCode)]),
) as { readonly [C in ErrorCode]: ErrorText };
