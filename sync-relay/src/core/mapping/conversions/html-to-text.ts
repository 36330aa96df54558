import type { Json } from "../../json";
import { cleanText } from "./clean-text";
import {
  type Canonical,
  type ConversionRules,
  type ConversionSettings,
  EMPTY,
  NOT_CONVERTIBLE,
  value,
} from "./conversion-rules";
import { escapeHtml, htmlToPlainText } from "./html";

/** A rich-text column of the CRM and plain text in Partner Center. Canonical: plain text with single blanks. */
export const htmlToText: ConversionRules = {
  empty: null,
  fromCrm: (raw, settings) => read(raw, settings, htmlToPlainText),
  fromPartnerCenter: (raw, settings) => read(raw, settings, (plain) => plain),
  toCrm: (canonical) => (typeof canonical === "string" ? escapeHtml(canonical) : canonical),
  toPartnerCenter: (canonical) => canonical,
};

function read(raw: Json, settings: ConversionSettings, toPlain: (source: string) => string): Canonical {
  if (raw === null) return EMPTY;
  if (typeof raw === "object") return NOT_CONVERTIBLE;
  const cleaned = cleanText(singleBlanks(cleanText(toPlain(String(raw)), null)), settings.max);
  return cleaned === "" ? EMPTY : value(cleaned);
}

/** HTML cannot keep runs of blanks, nor blanks at the ends of a line: neither does the canonical value. */
function singleBlanks(plain: string): string {
  return plain
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trim())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n");
}
