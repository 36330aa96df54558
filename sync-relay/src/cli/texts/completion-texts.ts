import type { Text } from "./text";

export const completionTexts = {
  summary: {
    en: "Print a script that completes cosell in a shell.",
    fr: "Afficher un script qui complète cosell dans un shell.",
  },
  shell: { en: "the shell", fr: "le shell" },
  bash: { en: "complete in this bash session", fr: "compléter dans cette session bash" },
  fish: { en: "complete in every fish session", fr: "compléter dans toutes les sessions fish" },
} as const satisfies Readonly<Record<string, Text>>;
