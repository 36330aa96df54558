import type { Labels } from "./labels";
import type { OpportunityColumnRole } from "./opportunity-columns";

/** What each column of the co-sell section is for. Forms show it when the pointer rests on a label, makers read it in lists. */
export const columnDescriptions: { readonly [R in OpportunityColumnRole]: Labels } = {
  sync: {
    en: "Yes shares the opportunity as a co-sell referral in Partner Center and keeps both in step.",
    fr: "Oui partage l’opportunité en tant que référence de co-vente dans l’espace partenaires et synchronise les deux.",
  },
  help: {
    en: "The help asked of Microsoft. Once sent it can be neither changed nor taken back.",
    fr: "L’aide demandée à Microsoft. Une fois envoyée, elle ne peut être ni modifiée ni retirée.",
  },
  products: {
    en: "Ids of the solutions that are sold, separated by commas, semicolons, blanks or line breaks.",
    fr: "Identifiants des solutions vendues, séparés par des virgules, des points-virgules, des espaces ou des sauts de ligne.",
  },
  visible: {
    en: "Whether Microsoft sellers see the deal. Once they do, it cannot be taken back.",
    fr: "Indique si les vendeurs de Microsoft voient l’affaire. Une fois accordée, la visibilité ne peut pas être retirée.",
  },
  referralId: {
    en: "Identifier of the referral in Partner Center. Written by the relay; each referral stands on one opportunity only.",
    fr: "Identificateur de la référence dans l’espace partenaires. Écrit par le relais ; une référence n’est liée qu’à une seule opportunité.",
  },
  referralLink: {
    en: "Opens the referral in Partner Center. Written by the relay.",
    fr: "Ouvre la référence dans l’espace partenaires. Écrit par le relais.",
  },
  audit: {
    en: "What the sync did, newest first. Written by the relay.",
    fr: "Ce que la synchronisation a fait, du plus récent au plus ancien. Écrit par le relais.",
  },
  syncStatus: {
    en: "Where the sync of this opportunity stands. Written by the relay.",
    fr: "Où en est la synchronisation de cette opportunité. Écrit par le relais.",
  },
  syncMessage: {
    en: "What the seller must know or do for the sync to go on. Written by the relay.",
    fr: "Ce que le vendeur doit savoir ou faire pour que la synchronisation continue. Écrit par le relais.",
  },
  lastSyncedOn: {
    en: "When the relay last wrote here how the sync stands. Written by the relay.",
    fr: "Dernier moment où le relais a écrit ici l’état de la synchronisation. Écrit par le relais.",
  },
  expiresOn: {
    en: "When the referral runs out unless it is answered. Written by the relay.",
    fr: "Date à laquelle la référence expire sans réponse. Écrit par le relais.",
  },
  microsoftCrmId: {
    en: "Microsoft’s own identifier of the deal. Written by the relay.",
    fr: "Identificateur de l’affaire chez Microsoft. Écrit par le relais.",
  },
  referralStatus: {
    en: "Status of the referral in Partner Center. Written by the relay.",
    fr: "État de la référence dans l’espace partenaires. Écrit par le relais.",
  },
  syncState: {
    en: "The relay’s memory of this opportunity. Do not change it and do not put it on a form.",
    fr: "Mémoire du relais pour cette opportunité. Ne la modifiez pas et ne la placez pas sur un formulaire.",
  },
};
