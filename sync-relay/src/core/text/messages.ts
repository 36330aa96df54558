// Every sentence that the relay writes onto an opportunity, in each shipped language. `{name}` marks a placeholder.

import type { Labels, Language } from "../../../../solution/schema/labels";

export const messages = {
  missing: { en: "Add the {field}.", fr: "Ajoutez : {field}." },
  "not-positive": { en: "The {field} must be above 0.", fr: "Le champ « {field} » doit être supérieur à 0." },
  "not-understood": {
    en: "The {field} “{shown}” is not understood.",
    fr: "Le champ « {field} » : « {shown} » n’est pas compris.",
  },
  "contact-missing": {
    en: "Add a contact of the customer: Microsoft needs somebody to call.",
    fr: "Ajoutez un contact du client : Microsoft a besoin d’un interlocuteur.",
  },
  "contact-incomplete": {
    en: "Complete the customer contact: first name, last name, phone and e-mail.",
    fr: "Complétez le contact du client : prénom, nom, téléphone et e-mail.",
  },
  "held-not-changeable": {
    en: "Not sent: Partner Center does not let the {field} be changed any more. Change it there, or set it back here.",
    fr: "Non envoyé : l’espace partenaires ne permet plus de modifier « {field} ». Modifiez-le là-bas ou rétablissez-le ici.",
  },
  "held-closed": {
    en: "Not sent: the referral is closed in Partner Center and cannot be changed or reopened ({field}).",
    fr: "Non envoyé : la référence est clôturée dans l’espace partenaires et ne peut être ni modifiée ni rouverte ({field}).",
  },
  "held-one-way": {
    en: "Not sent: what was shared with Microsoft cannot be taken back ({field}).",
    fr: "Non envoyé : ce qui a été partagé avec Microsoft ne peut pas être retiré ({field}).",
  },
  "held-conflict": {
    en: "Both sides changed the {field}. Enter the same value on both sides.",
    fr: "Les deux côtés ont modifié « {field} ». Saisissez la même valeur des deux côtés.",
  },
  "held-unstable": {
    en: "The {field} is stored differently on both sides and is left alone.",
    fr: "Le champ « {field} » est enregistré différemment des deux côtés et n’est plus synchronisé.",
  },
  "held-on-hold": {
    en: "On hold: changes are sent when the opportunity is in progress again.",
    fr: "En attente : les modifications seront envoyées quand l’opportunité sera de nouveau en cours.",
  },
  "in-doubt": {
    en: "Partner Center has not confirmed the referral yet; the relay keeps looking.",
    fr: "L’espace partenaires n’a pas encore confirmé la référence ; la vérification continue.",
  },
  paused: {
    en: "Your admin has paused the sync; changes are sent when it goes on.",
    fr: "Votre administrateur a suspendu la synchronisation ; les modifications seront envoyées à la reprise.",
  },
  "referral-gone": {
    en: "The referral no longer exists in Partner Center. Set Sync to No, or ask your Partner Center admin.",
    fr: "La référence n’existe plus dans l’espace partenaires. Mettez la synchronisation sur Non ou contactez votre administrateur.",
  },
  "referral-foreign": {
    en: "The referral belongs to another organisation or is not visible to the relay. Ask your Partner Center admin.",
    fr: "La référence appartient à une autre organisation ou n’est pas visible. Contactez votre administrateur de l’espace partenaires.",
  },
  "referral-linked-elsewhere": {
    en: "The referral belongs to another opportunity. Clear the link there first.",
    fr: "La référence est liée à une autre opportunité. Supprimez d’abord ce lien.",
  },
  refused: {
    en: "Partner Center refused the deal: {reason} Correct it and save again.",
    fr: "L’espace partenaires a refusé l’affaire : {reason} Corrigez puis enregistrez à nouveau.",
  },
  "refused-by-crm": {
    en: "Dynamics 365 refused the values of the referral: {reason}",
    fr: "Dynamics 365 a refusé les valeurs de la référence : {reason}",
  },
  "not-allowed": {
    en: "Partner Center does not let the relay carry this deal over. Tell your administrator; it tries again by itself.",
    fr: "L’espace partenaires ne permet pas au relais de reporter cette affaire. Prévenez votre administrateur ; l’envoi reprend tout seul.",
  },
  retrying: {
    en: "Partner Center cannot be reached at the moment; the relay tries again by itself.",
    fr: "L’espace partenaires est injoignable pour le moment ; de nouveaux essais sont faits automatiquement.",
  },
  "gave-up": {
    en: "The sync failed too often ({reason}). Save the opportunity to try again, or ask your admin.",
    fr: "La synchronisation a échoué trop souvent ({reason}). Enregistrez l’opportunité pour réessayer ou contactez votre administrateur.",
  },
} as const satisfies { readonly [id: string]: Labels };

/** Id of a sentence. */
export type MessageId = keyof typeof messages;

/** A sentence with its placeholders filled. */
export function say(language: Language, id: MessageId, values: Readonly<Record<string, string>> = {}): string {
  return messages[id][language].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
}
