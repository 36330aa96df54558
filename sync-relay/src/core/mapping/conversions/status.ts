import { stages } from "../stages";
import { choice, fromCrmList } from "./choice";
import { type ConversionRules, EMPTY, isBlank, NOT_CONVERTIBLE, value } from "./conversion-rules";

/**
 * The stage of an opportunity. Canonical: one of the stages. The CRM's values come from the list; Partner Center's
 * side is the stage that its status and substatus mean together (stage-of).
 */
export const status: ConversionRules = {
  empty: null,
  fromCrm(raw, { list }) {
    if (isBlank(raw)) return EMPTY;
    return raw === null || typeof raw === "object" || list === null ? NOT_CONVERTIBLE : fromCrmList(raw, list);
  },
  fromPartnerCenter(raw) {
    if (isBlank(raw)) return EMPTY;
    const stage = stages.find((known) => known === raw);
    return stage === undefined ? NOT_CONVERTIBLE : value(stage);
  },
  toCrm: (canonical, settings) => (settings.list === null ? undefined : choice.toCrm(canonical, settings)),
  toPartnerCenter: (canonical) => canonical,
};
