/** Languages of the command line. */
export const languages = ["en", "fr"] as const;
export type Language = (typeof languages)[number];

/**
 * The language to speak: what `--language` says, else COSELL_LANGUAGE, else that of the terminal. It is needed before
 * the options are read, because help and refusals are written in it.
 */
export function languageOf(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  const locale = environment["LC_ALL"] || environment["LC_MESSAGES"] || environment["LANG"] || "";
  // Container tools pass on variables that are empty: such a one says nothing.
  const set = environment["COSELL_LANGUAGE"]?.trim() || locale.slice(0, 2);
  const wanted = optionIn(argv)?.trim() ?? set;
  return languages.find((language) => language === wanted.toLowerCase()) ?? "en";
}

function optionIn(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((word) => word === "--language" || word.startsWith("--language="));
  const word = at < 0 ? undefined : argv[at];
  return word === "--language" ? argv[at + 1] : word?.slice("--language=".length);
}
