import { languageCodes, type Language } from "../../solution/schema/labels";
import { PAGE_TEXTS_ADDRESS } from "./page-texts";
import { isRow, rowsOf, text, type WebApi } from "./web-api";

/** The low ten bits of a language code are the language without its region. */
const LANGUAGE_WITHOUT_REGION = 0x3ff;

/** The shipped language of a Dataverse language code; English for all others. */
export function languageOfCode(code: number): Language {
  const isFrench = (code & LANGUAGE_WITHOUT_REGION) === (languageCodes.fr & LANGUAGE_WITHOUT_REGION);
  return isFrench ? "fr" : "en";
}

/** The language that Dynamics tells its pages in their address; undefined when it does not. */
export function languageOfAddress(search: string): Language | undefined {
  const code = Number(new URLSearchParams(search).get("userlcid"));
  return Number.isInteger(code) && code > 0 ? languageOfCode(code) : undefined;
}

/** The user's language: as the page is told, as the user set it, or as the browser speaks. */
export async function userLanguage(api: WebApi, search: string, browser: string): Promise<Language> {
  const told = languageOfAddress(search);
  if (told !== undefined) return told;
  const set = await languageSetting(api);
  if (set !== undefined) return set;
  return browser.toLowerCase().split("-")[0] === "fr" ? "fr" : "en";
}

async function languageSetting(api: WebApi): Promise<Language | undefined> {
  const me = await api.get("WhoAmI()");
  const id = me.kind === "seen" ? text(me.value["UserId"]) : "";
  if (id === "") return undefined;
  const seen = await api.get(`usersettingscollection?$select=uilanguageid&$filter=systemuserid eq ${id}`);
  const [settings] = (seen.kind === "seen" && rowsOf(seen.value)) || [];
  const code = isRow(settings) ? settings["uilanguageid"] : undefined;
  return typeof code === "number" && code > 0 ? languageOfCode(code) : undefined;
}

/** Texts of a resx by key. */
export function textsInResx(resx: string): ReadonlyMap<string, string> {
  const xml = new DOMParser().parseFromString(resx, "application/xml");
  const entries = Array.from(xml.getElementsByTagName("data")).map((data): readonly [string, string] => {
    const value = data.getElementsByTagName("value")[0];
    return [data.getAttribute("name") || "", (value && value.textContent) || ""];
  });
  return new Map(entries.filter(([key, value]) => key !== "" && value !== ""));
}

/** The text web resource of a language; empty, so that English is shown, when it cannot be had. */
export async function loadTexts(language: Language): Promise<ReadonlyMap<string, string>> {
  try {
    const response = await fetch(`${PAGE_TEXTS_ADDRESS}.${languageCodes[language]}.resx`, {
      credentials: "same-origin",
    });
    return response.ok ? textsInResx(await response.text()) : new Map();
  } catch {
    return new Map();
  }
}
