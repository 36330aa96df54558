import type { Labels } from "./labels";
import { publisher } from "./publisher";

/**
 * An environment variable of the solution: something that differs between test and production and that customisers
 * set after the import. Never a secret: whoever may read the table may read the value.
 */
export interface EnvironmentVariable {
  readonly schemaName: string;
  readonly type: "text" | "yes-no";
  readonly labels: Labels;
  readonly description: Labels;
  /** What counts while no value is set; null: the variable has to be given a value. */
  readonly defaultValue: string | null;
}

/** Stands for the id of the referral in a link. */
export const REFERRAL_ID_PLACE = "{referralId}";

/** The environment variables by role. */
export const environmentVariables = {
  /** Read by the configuration page, which looks whether the relay answers there. */
  relayAddress: {
    schemaName: `${publisher.prefix}_RelayAddress`,
    type: "text",
    labels: { en: "Relay address", fr: "Adresse du relais" },
    description: {
      en: "Public address of the CoSell Sync relay, e.g. https://cosell.contoso.com. The configuration page asks it whether it runs.",
      fr: "Adresse publique du relais CoSell Sync, par exemple https://cosell.contoso.com. La page de configuration lui demande s’il fonctionne.",
    },
    defaultValue: null,
  },
  /** Read by the configuration page, which compares it with the links that the relay wrote. */
  referralLink: {
    schemaName: `${publisher.prefix}_ReferralLink`,
    type: "text",
    labels: { en: "Link to a referral", fr: "Lien vers une référence" },
    description: {
      en: "How a link to a referral in Partner Center looks; {referralId} stands for its identifier. Keep it equal to the relay’s setting COSELL_REFERRAL_LINK.",
      fr: "Forme d’un lien vers une référence de l’espace partenaires ; {referralId} représente son identificateur. Gardez la même valeur que le paramètre COSELL_REFERRAL_LINK du relais.",
    },
    defaultValue: `https://partner.microsoft.com/referrals/v2/inbox?id=${REFERRAL_ID_PLACE}`,
  },
  /** Read by the configuration page, which names it wherever it says to ask somebody. */
  supportAddress: {
    schemaName: `${publisher.prefix}_SupportAddress`,
    type: "text",
    labels: { en: "Support address", fr: "Adresse de l’assistance" },
    description: {
      en: "E-mail or web address of the people who help with the co-sell sync in this organisation. The configuration page shows it.",
      fr: "Adresse de messagerie ou adresse web des personnes qui assistent pour la synchronisation de co-vente dans cette organisation. La page de configuration l’affiche.",
    },
    defaultValue: null,
  },
} as const satisfies { readonly [role: string]: EnvironmentVariable };

/** Role of an environment variable. */
export type EnvironmentVariableRole = keyof typeof environmentVariables;
