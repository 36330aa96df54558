/**
 * English texts of the form script: what is shown when the text web resource cannot be had. That of English is made from
 * these by `npm run generate`.
 */
export const englishFormTexts = {
  needsAttention: "Co-sell with Microsoft: the sync needs your attention. See the co-sell section.",
  needsAttentionBecause: "Co-sell with Microsoft needs your attention: {message}",
  retrying: "Co-sell with Microsoft: the last changes have not arrived yet; they are sent again automatically.",
  retryingBecause: "Co-sell with Microsoft is being retried: {message}",
} as const;
