import { readConfigText } from "../../sync-relay/src/config/config-file";
import { settingObjection } from "../../sync-relay/src/config/check-setting";
import { objectionTexts } from "../../sync-relay/src/config/objection-texts";
import { readSettings, type Environment } from "../../sync-relay/src/config/read-settings";
import { settingTable, type SettingEntry } from "../../sync-relay/src/config/setting-table";
import { words, wordsIn } from "../../sync-relay/src/config/words";
import { yamlTexts } from "../../sync-relay/src/config/yaml-texts";
import { readFrom, smallestEnvironment, toldIn, type Files } from "./settings-fixture";

const french = (changes: Environment, files: Files = {}) =>
  toldIn("fr", readSettings({ ...smallestEnvironment, ...changes }, readFrom(files))).map(({ message }) => message);

test("[CF20] a value is told in French with where it came from, and a secret is not told", () => {
  expect(french({ COSELL_PORT_FILE: "/run/port" }, { "/run/port": "many" })).toEqual([
    'la valeur « many » (de COSELL_PORT_FILE ("/run/port")) n’est pas acceptée : ce n’est pas un nombre entier de 0 à 65535.',
  ]);
  expect(french({ COSELL_MASTER_KEY: "canary" })).toEqual([
    "la valeur n’est pas acceptée : ce ne sont pas 32 octets en base64 ; créez une clé avec openssl rand -base64 32.",
  ]);
  expect(french({ COSELL_LANGUAGE: "de" })).toEqual([
    "la valeur « de » n’est pas acceptée : choix possibles : en, fr.",
  ]);
});

test("[CF20] problems of files, of names and of what belongs together are told in French", () => {
  expect(
    french({
      COSELL_CLIENT_CERTIFICATE_FILE: "/run/gone",
      COSELL_DATABASE_URL: "postgresql://relay@localhost/cosell",
      COSELL_PG_BIN: "/usr/bin",
      COSELL_PROT: "1",
    }),
  ).toEqual([
    expect.stringContaining("est défini en même temps que COSELL_CLIENT_CERTIFICATE"),
    expect.stringContaining("n’a pas pu être lu : COSELL_CLIENT_CERTIFICATE_FILE doit nommer un fichier"),
    expect.stringContaining("ne sert à rien tant que COSELL_DATABASE_URL est défini"),
    "n’est pas un paramètre. Vouliez-vous dire COSELL_PORT ?",
  ]);
});

test("[CF20] what a required setting is, is said in both languages", () => {
  const required = Object.entries<SettingEntry>(settingTable).filter(([, { need }]) => need === "required");
  for (const [name, { what, french: inFrench }] of required) {
    const [missing] = french({ [name]: undefined });
    expect(inFrench).not.toBe(what);
    expect(missing).toBe(`manque. Définissez ${name}, ou ${name}_FILE avec le chemin d’un fichier. ${inFrench ?? ""}`);
  }
});

test("[CF20] a value that holds signs of a place is told as it is", () => {
  const said = words({ en: "{value}: {objection}", fr: "{objection}" }, { value: "{objection}", objection: "no" });
  expect(wordsIn("en", said)).toBe("{objection}: no");
  expect(wordsIn("en", words({ en: "{gone}", fr: "" }))).toBe("{gone}");
});

test("[CF20] every objection is one of some setting", () => {
  const texts = [
    "x",
    "ftp://x",
    "http://x.example",
    "https://a@b.example",
    "https://x.example?a",
    "https://x.example:8443",
    "127.0.0.1:99999",
  ];
  const more = [
    "",
    "2027-02-30",
    "a,b,c",
    "a b",
    "https://x.example/{referralId}",
    "{referralId}",
    "postgresql://relay@db/cosell",
    "-----BEGIN CERTIFICATE-----AA-----END CERTIFICATE-----",
  ];
  const said = new Set(
    [...texts, ...more].flatMap((text) =>
      Object.keys(settingTable).map((name) => settingObjection(name as keyof typeof settingTable, text)?.text.en),
    ),
  );
  // The keys and certificates of real files are staged in certificates.test.ts.
  const staged = ["encryptedKey", "unreadableKey", "foreignKey"];
  const unsaid = Object.entries(objectionTexts).filter(([id, { en }]) => !said.has(en) && !staged.includes(id));
  expect(unsaid.map(([id]) => id)).toEqual([]);
});

test.each<[keyof typeof yamlTexts, string]>([
  ["DUPLICATE_KEY", "port: 1\nport: 2\n"],
  ["BLOCK_AS_IMPLICIT_KEY", "host: a: b\n"],
  ["MISSING_CHAR", 'host: "open\n'],
  ["TAB_AS_INDENT", "host:\n\tx: 1\n"],
  ["BAD_ALIAS", "host: *\n"],
  ["BAD_SCALAR_START", "host: @x\n"],
  ["MULTIPLE_DOCS", "host: a\n---\nhost: b\n"],
  ["BAD_DQ_ESCAPE", 'host: "\\q"\n'],
  ["UNEXPECTED_TOKEN", "host: a\n]\n"],
  ["MULTILINE_IMPLICIT_KEY", "host\nport: 1\n"],
])("[CF20] %s is told in both languages", (code, text) => {
  const { problems } = readConfigText("cosell.yaml", text);
  const told = problems.map(({ message }) => message.text);
  expect(told).toContain(yamlTexts[code]);
});
