import { dataverseFindings } from "./dataverse-findings";
import { findingTexts } from "./finding-texts";

/** Everything that the doctor can find. */
export const everyFinding = { ...findingTexts, ...dataverseFindings } as const;

/** Name of a finding; stable, for scripts. */
export type FindingId = keyof typeof everyFinding;
