import type { Json } from "../../json";
import {
  type Canonical,
  type ConversionSettings,
  EMPTY,
  isBlank,
  NOT_CONVERTIBLE,
  symmetric,
  value,
} from "./conversion-rules";
import { spell } from "./choice";
import { countryOf, foldName } from "./country-names";

/**
 * A country. Canonical: its ISO 3166-1 alpha-2 code, which is also what is written to both sides. Reads a code, or a
 * name in the languages of country-names; the entry's list adds names, and wins over what is built in.
 */
export const country = symmetric(null, read);

function read(raw: Json, settings: ConversionSettings): Canonical {
  if (isBlank(raw)) return EMPTY;
  if (typeof raw !== "string") return NOT_CONVERTIBLE;
  const listed = settings.list?.pairs.find((pair) => foldName(spell(pair.crm) ?? "") === foldName(raw));
  const code = countryOf(typeof listed?.canonical === "string" ? listed.canonical : raw);
  return code === null ? NOT_CONVERTIBLE : value(code);
}
