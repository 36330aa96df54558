import { addressFindingTexts } from "./address-finding-texts";
import { findingTexts } from "./finding-texts";
import { secretFindingTexts } from "./secret-finding-texts";

/** Everything that the doctor can find, by the finding's name. */
export const allFindingTexts = { ...findingTexts, ...addressFindingTexts, ...secretFindingTexts };

/** Name of a finding; stable, for scripts. */
export type FindingId = keyof typeof allFindingTexts;
