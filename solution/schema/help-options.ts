import type { Labels } from "./labels";
import { optionValue } from "./publisher";

/**
 * The six answers to "How can Microsoft help?". `code` is Partner Center's `inviteContext.assistanceRequestCode`
 * (typed contract of the Power Automate connector); `value` is the option value of the Dataverse choice.
 */
export interface HelpOption {
  readonly code: HelpCode;
  readonly value: number;
  readonly labels: Labels;
}

/** Partner Center's code for "no help asked". */
export const NO_HELP_CODE = "Unknown";

/** Codes that invite Microsoft into the deal. */
export const helpCodes = [
  "WorkloadSpecificValueProposition",
  "CustomerTechnicalArchitecture",
  "ProofOfConceptOrDemo",
  "QuotesOrLicensing",
  "PostSalesCustomerSuccess",
  "GeneralOrOther",
] as const;

/** A code that invites Microsoft into the deal. */
export type HelpCode = (typeof helpCodes)[number];

/** Every help option in the order of the form. */
export const helpOptions: readonly HelpOption[] = [
  option(0, {
    en: "Workload specific value proposition",
    fr: "Proposition de valeur propre à la charge de travail",
  }),
  option(1, { en: "Customer technical architecture", fr: "Architecture technique du client" }),
  option(2, { en: "Proof of concept or demo", fr: "Preuve de concept ou démonstration" }),
  option(3, { en: "Quotes or licensing", fr: "Devis ou licences" }),
  option(4, { en: "Post-sales customer success", fr: "Réussite du client après la vente" }),
  option(5, { en: "General or other", fr: "Général ou autre" }),
];

function option(n: number, labels: Labels): HelpOption {
  return { code: helpCodes[n] ?? "GeneralOrOther", value: optionValue(n), labels };
}
