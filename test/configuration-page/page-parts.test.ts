// The parts of the configuration page around its model: asking the relay, language, texts, where Dataverse is.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { askRelay, relayAddressOf, type Ask } from "../../webresources/configuration-page/checks/ask-relay";
import { isBelow } from "../../webresources/configuration-page/checks/read-webhook";
import { organisationPath, recordPath, viewPath } from "../../webresources/configuration-page/org-address";
import { englishPageTexts } from "../../webresources/configuration-page/english-page-texts";
import { textsOf } from "../../webresources/configuration-page/page-texts";
import { languageOfAddress, languageOfCode, userLanguage } from "../../webresources/configuration-page/user-language";
import type { WebApi } from "../../webresources/configuration-page/web-api";

const RELAY = "https://cosell.contoso.example";

/** Answers to a readable request and to one whose answer the browser hides; a text that is an error is none. */
function asking(readable: Response | "error", hidden: Response | "error" = "error"): Ask & { asked: string[] } {
  const asked: string[] = [];
  const ask = (address: string, mode: "cors" | "no-cors"): Promise<Response> => {
    asked.push(`${mode} ${address}`);
    const answer = mode === "cors" ? readable : hidden;
    return answer === "error" ? Promise.reject(new TypeError("Failed to fetch")) : Promise.resolve(answer);
  };
  return Object.assign(ask, { asked });
}

const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status });

test("[CFG4] the relay is asked once at its liveness address, and its own answer makes it alive", async () => {
  const ask = asking(json({ alive: true }));
  expect(await askRelay(`${RELAY}/`, ask)).toEqual({ kind: "alive", address: RELAY });
  expect(ask.asked).toEqual([`cors ${RELAY}/livez`]);
});

test.each([
  ["another status", json({ alive: true }, 503)],
  ["another answer", json({ status: "ok" })],
  ["a list", json([])],
  ["a page", new Response("<html>")],
])("[CFG4] %s is something else than the relay", async (_what, response) => {
  expect(await askRelay(RELAY, asking(response))).toEqual({ kind: "other", address: RELAY });
});

test("[CFG4] an answer that the browser hides, and no answer, are told apart", async () => {
  const hidden = asking("error", new Response());
  expect(await askRelay(RELAY, hidden)).toEqual({ kind: "hidden", address: RELAY });
  expect(hidden.asked).toEqual([`cors ${RELAY}/livez`, `no-cors ${RELAY}/livez`]);
  expect(await askRelay(RELAY, asking("error"))).toEqual({ kind: "unseen", address: RELAY });
});

test.each([null, "", "cosell.contoso.example", "ftp://cosell.contoso.example", "javascript:alert(1)", "https://"])(
  "[CFG4] %p is no address to ask",
  async (value) => {
    const ask = asking(json({ alive: true }));
    expect(relayAddressOf(value)).toBeNull();
    expect(await askRelay(value, ask)).toEqual({ kind: "no-address" });
    expect(ask.asked).toEqual([]);
  },
);

test("[CFG4] of an address its origin and path count, without what is behind them", () => {
  expect(relayAddressOf(" https://Cosell.Contoso.example:443/relay/?x=1#y ")).toBe(
    "https://cosell.contoso.example/relay",
  );
  expect(relayAddressOf("http://127.0.0.1:8080")).toBe("http://127.0.0.1:8080");
});

test("[CFG5] an address is below another when its path is, not when its text begins alike", () => {
  expect(isBelow(`${RELAY}/webhooks/dataverse`, RELAY)).toBe(true);
  expect(isBelow(`${RELAY}/relay/webhooks`, `${RELAY}/relay`)).toBe(true);
  expect(isBelow(`${RELAY}/relayed`, `${RELAY}/relay`)).toBe(false);
  expect(isBelow(`${RELAY}.evil.example/`, RELAY)).toBe(false);
  expect(isBelow("nothing", RELAY)).toBe(false);
});

function textsIn(code: number): ReadonlyMap<string, string> {
  const file = join(__dirname, `../../webresources/strings/CoSellConfiguration.${code}.resx`);
  const entries = readFileSync(file, "utf8").matchAll(
    /<data name="([^"]+)" xml:space="preserve">\s*<value>([^<]*)<\/value>\s*<\/data>/g,
  );
  return new Map([...entries].map(([, key = "", text = ""]) => [key, text]));
}

/** Words that are the same in English and French. */
const sameInBoth = ["solutionTitle", "webhookTitle"];

test("[CFG6] both languages have the same texts with the same placeholders, and English is what the code falls back to", () => {
  const [english, french] = [textsIn(1033), textsIn(1036)];
  expect(Object.fromEntries(english)).toEqual(englishPageTexts);
  expect([...french.keys()]).toEqual([...english.keys()]);
  const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
  for (const [key, text] of french) {
    expect([key, placeholders(text)]).toEqual([key, placeholders(english.get(key) ?? "")]);
    if (!sameInBoth.includes(key)) expect([key, text]).not.toEqual([key, english.get(key)]);
  }
});

test("[CFG6] placeholders take values as they are, and what a translation lacks is English", () => {
  const texts = textsOf(new Map([["syncLast", "Dernière : {name}, le {date}, {name}."]]));
  expect(texts("syncLast", { name: "$& {date} <b>", date: 3 })).toBe("Dernière : $& {date} <b>, le 3, $& {date} <b>.");
  expect(texts("checking")).toBe(englishPageTexts.checking);
  expect(texts("syncLast", { constructor: "x" })).toContain("{name}");
});

test("[CFG6] the language is the one that the page is told, regional variants included", () => {
  expect([1036, 3084, 1033, 2057, 1031].map(languageOfCode)).toEqual(["fr", "fr", "en", "en", "en"]);
  expect(languageOfAddress("?orglcid=1033&userlcid=1036")).toBe("fr");
  expect(languageOfAddress("?orglcid=1036")).toBeUndefined();
  expect(languageOfAddress("?userlcid=x")).toBeUndefined();
});

function apiWith(uilanguageid: unknown): WebApi {
  return {
    get: async (address) => {
      if (address === "WhoAmI()") return { kind: "seen", value: { UserId: "u1" } };
      expect(address).toBe("usersettingscollection?$select=uilanguageid&$filter=systemuserid eq u1");
      return { kind: "seen", value: { value: uilanguageid === undefined ? [] : [{ uilanguageid }] } };
    },
  };
}

const mute: WebApi = { get: async () => ({ kind: "not-allowed" }) };

test("[CFG6] else it is the user's own setting, else the browser's, else English", async () => {
  expect(await userLanguage(mute, "?userlcid=1036", "en-GB")).toBe("fr");
  expect(await userLanguage(apiWith(1036), "", "en-GB")).toBe("fr");
  expect(await userLanguage(apiWith(1033), "", "fr-FR")).toBe("en");
  expect(await userLanguage(apiWith(0), "", "fr-CA")).toBe("fr");
  expect(await userLanguage(apiWith(undefined), "", "fr")).toBe("fr");
  expect(await userLanguage(mute, "", "de-DE")).toBe("en");
});

test.each([
  ["/WebResources/cosell_/pages/configuration.html", ""],
  ["/%7B638123456789%7D/WebResources/cosell_/pages/configuration.html", ""],
  ["/{638123456789}/webresources/cosell_/pages/configuration.html", ""],
  ["/contoso/WebResources/cosell_/pages/configuration.html", "/contoso"],
  ["/contoso/%7b638123456789%7d/WebResources/cosell_/pages/configuration.html", "/contoso"],
  ["/somewhere/else.html", ""],
])("[CFG9] seen from %s the organisation is at “%s”", (pathname, organisation) => {
  expect(organisationPath(pathname)).toBe(organisation);
});

test("[CFG9] records and views are opened in the same organisation", () => {
  expect(recordPath("/contoso", "opportunity", "1&x=2")).toBe(
    "/contoso/main.aspx?pagetype=entityrecord&etn=opportunity&id=1%26x%3D2",
  );
  expect(viewPath("", "opportunity", "v1")).toBe(
    "/main.aspx?pagetype=entitylist&etn=opportunity&viewid=v1&viewType=1039",
  );
});
