import type { Labels, Language } from "../../../../solution/schema/labels";
import { fieldKeys } from "../deal-kind";

const names: Readonly<Record<string, Labels>> = {
  [fieldKeys.name]: { en: "deal name", fr: "nom de l’affaire" },
  [fieldKeys.status]: { en: "status", fr: "statut" },
  [fieldKeys.statusReason]: { en: "reason", fr: "raison" },
  [fieldKeys.dealValue]: { en: "deal value", fr: "valeur de l’affaire" },
  [fieldKeys.currency]: { en: "currency", fr: "devise" },
  [fieldKeys.closeDate]: { en: "close date", fr: "date de clôture" },
  [fieldKeys.notes]: { en: "notes", fr: "notes" },
  [fieldKeys.solutions]: { en: "products", fr: "produits" },
  [fieldKeys.customerName]: { en: "customer name", fr: "nom du client" },
  [fieldKeys.country]: { en: "country of the customer", fr: "pays du client" },
  [fieldKeys.customerTeam]: { en: "customer contact", fr: "contact du client" },
  [fieldKeys.help]: { en: "help from Microsoft", fr: "aide de Microsoft" },
  [fieldKeys.visible]: { en: "visibility to Microsoft", fr: "visibilité pour Microsoft" },
  team: { en: "sales team", fr: "équipe commerciale" },
  externalReferenceId: { en: "CRM identifier", fr: "identificateur CRM" },
};

/** The seller's word for a field; a field that only a customer's mapping knows is named by its path. */
export function fieldName(field: string, language: Language): string {
  return names[field]?.[language] ?? field;
}
