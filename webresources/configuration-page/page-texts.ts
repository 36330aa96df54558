import { publisher } from "../../solution/schema/publisher";
import { englishPageTexts } from "./english-page-texts";

const TEXTS = "strings/CoSellConfiguration";
/** Name of the page's text web resources without language code and ending. */
export const PAGE_TEXTS_NAME = `${publisher.prefix}_/${TEXTS}`;
/** Where they lie as seen from the page: only relative addresses are answered from the platform's cache. */
export const PAGE_TEXTS_ADDRESS = `../${TEXTS}`;

/** Key of a text of the page. */
export type PageTextKey = keyof typeof englishPageTexts;

/** Gives a text in the user's language with its placeholders filled. */
export type Texts = (key: PageTextKey, values?: Readonly<Record<string, string | number>>) => string;

/** Texts from a translation; what it lacks is English. */
export function textsOf(translation: ReadonlyMap<string, string>): Texts {
  return (key, values = {}) => {
    const translated = translation.get(key);
    const text: string = translated === undefined ? englishPageTexts[key] : translated;
    return text.replace(/\{(\w+)\}/g, (place, name: string) => {
      const value: string | number | undefined = Object.prototype.hasOwnProperty.call(values, name)
        ? values[name]
        : undefined;
      return value === undefined ? place : String(value);
    });
  };
}
