// The relay's words in the audit trail, in every language that it writes, and the text of the section that says the same
// in the user's language. A test compares them with the relay's own lines.

import type { StringId } from "./strings";

/** Where a change went. */
export const directionWords: ReadonlyMap<string, StringId> = words([
  ["audit_to_partner_center", "CRM → Partner Center", "CRM → espace partenaires"],
  ["audit_to_crm", "Partner Center → CRM", "espace partenaires → CRM"],
]);

/** What happened. */
export const actionWords: ReadonlyMap<string, StringId> = words([
  ["audit_referral_created", "referral created", "référence créée"],
  ["audit_microsoft_invited", "Microsoft invited", "Microsoft invité"],
  ["audit_opportunity_created", "opportunity created", "opportunité créée"],
  ["audit_updated", "updated", "mis à jour"],
  ["audit_linked", "linked", "lié"],
  ["audit_not_sent", "not sent", "non envoyé"],
  ["audit_needs_attention", "needs attention", "intervention nécessaire"],
]);

/** How it ended. */
export const resultWords: ReadonlyMap<string, StringId> = words([
  ["audit_done", "done", "fait"],
  ["audit_held", "held back", "retenu"],
  ["audit_failed", "failed", "échec"],
  ["audit_ignored", "ignored", "ignoré"],
]);

/** Which fields. */
export const fieldWords: ReadonlyMap<string, StringId> = words([
  ["field_name", "deal name", "nom de l’affaire"],
  ["field_status", "status", "statut"],
  ["field_reason", "reason", "raison"],
  ["field_deal_value", "deal value", "valeur de l’affaire"],
  ["field_currency", "currency", "devise"],
  ["field_close_date", "close date", "date de clôture"],
  ["field_notes", "notes", "notes"],
  ["field_solutions", "products", "produits"],
  ["field_customer_name", "customer name", "nom du client"],
  ["field_country", "country of the customer", "pays du client"],
  ["field_customer_contact", "customer contact", "contact du client"],
  ["field_help", "help from Microsoft", "aide de Microsoft"],
  ["field_visible", "visibility to Microsoft", "visibilité pour Microsoft"],
  ["field_team", "sales team", "équipe commerciale"],
  ["field_crm_id", "CRM identifier", "identificateur CRM"],
]);

function words(rows: readonly (readonly [id: StringId, ...written: string[]])[]): ReadonlyMap<string, StringId> {
  return new Map(rows.flatMap(([id, ...written]) => written.map((word) => [word, id] as const)));
}
