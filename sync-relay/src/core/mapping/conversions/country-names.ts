// Finds a country by what a seller typed: the code, or the name in one of seven languages, whatever the accents, case
// and punctuation. A name that means two countries means none.

import { countryCodes } from "./country-codes";

const LANGUAGES = ["en", "fr", "de", "es", "it", "pt", "nl"];

/** Names that people use and the language data does not have, in folded form. */
const ALIASES: readonly (readonly [string, string])[] = [
  ["usa", "US"],
  ["u s a", "US"],
  ["u s", "US"],
  ["united states of america", "US"],
  ["etats unis d amerique", "US"],
  ["america", "US"],
  ["eeuu", "US"],
  ["ee uu", "US"],
  ["vs", "US"],
  ["uk", "GB"],
  ["u k", "GB"],
  ["great britain", "GB"],
  ["britain", "GB"],
  ["england", "GB"],
  ["scotland", "GB"],
  ["wales", "GB"],
  ["northern ireland", "GB"],
  ["grande bretagne", "GB"],
  ["angleterre", "GB"],
  ["grossbritannien", "GB"],
  ["uae", "AE"],
  ["emirates", "AE"],
  ["holland", "NL"],
  ["hollande", "NL"],
  ["the netherlands", "NL"],
  ["les pays bas", "NL"],
  ["czech republic", "CZ"],
  ["republique tcheque", "CZ"],
  ["tschechische republik", "CZ"],
  ["brasil", "BR"],
  ["turkey", "TR"],
  ["republic of korea", "KR"],
  ["russian federation", "RU"],
  ["people s republic of china", "CN"],
  ["pr china", "CN"],
  ["republic of ireland", "IE"],
  ["eire", "IE"],
  ["ivory coast", "CI"],
  ["viet nam", "VN"],
  ["macedonia", "MK"],
  ["swaziland", "SZ"],
  ["burma", "MM"],
  ["drc", "CD"],
  ["ksa", "SA"],
];

/** Alpha-2 codes of places that are named by an older or other code. */
const OTHER_CODES: Readonly<Record<string, string>> = { UK: "GB", EL: "GR" };

let names: ReadonlyMap<string, string> | null = null;

/** Code of the country, or null when the text names none, or more than one. */
export function countryOf(typed: string): string | null {
  const code = typed.trim().toUpperCase();
  if (countryCodes.has(code)) return code;
  names ??= countryNames();
  return OTHER_CODES[code] ?? names.get(foldName(typed)) ?? null;
}

/** A name without accents, case and punctuation. */
export function foldName(name: string): string {
  return name
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/ø/g, "o")
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "")
    .replace(/&/g, " and ")
    .replace(/[^\p{Letter}\p{Number}]+/gu, " ")
    .trim();
}

function countryNames(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const language of LANGUAGES) {
    const shown = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
    for (const code of countryCodes) {
      const name = foldName(shown.of(code) ?? "");
      if ((found.get(name) ?? code) !== code) ambiguous.add(name);
      found.set(name, code);
    }
  }
  ["", ...ambiguous].forEach((name) => found.delete(name));
  return new Map([...found, ...ALIASES]);
}
