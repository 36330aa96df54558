/** A text that sellers or customisers see, in each shipped language (1033 English, 1036 French). */
export interface Labels {
  readonly en: string;
  readonly fr: string;
}

/** Language of a text: English is the fallback everywhere. */
export type Language = keyof Labels;

/** Dataverse language codes of the shipped languages. */
export const languageCodes: { readonly [L in Language]: number } = { en: 1033, fr: 1036 };
