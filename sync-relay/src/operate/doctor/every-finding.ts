import { addressFindingTexts } from "./address-finding-texts";
import { dataverseFindings } from "./dataverse-findings";
import { findingTexts } from "./finding-texts";
import { secretFindingTexts } from "./secret-finding-texts";

/** Everything that the doctor can find, by the finding's name. */
export const everyFinding = {
  ...findingTexts,
  ...addressFindingTexts,
  ...secretFindingTexts,
  ...dataverseFindings,
} as const;

/** Name of a finding; stable, for scripts. */
export type FindingId = keyof typeof everyFinding;
