import { readFileSync } from "node:fs";
import { join } from "node:path";
import { shownRoles } from "../../pcf-control/CoSellSection/model/field-names";
import { stringIds } from "../../pcf-control/CoSellSection/model/strings";
import { opportunityColumns, type ColumnType } from "../../solution/schema/opportunity-columns";
import { languageCodes, type Language } from "../../solution/schema/labels";
import { textsOf } from "./fake-context";

const root = join(__dirname, "../..");
const manifest = readFileSync(join(root, "pcf-control/CoSellSection/ControlManifest.Input.xml"), "utf8");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly version: string };

const properties = [...manifest.matchAll(/<property ([^>]+)\/>/g)].map(([, text]) => attributesIn(text ?? ""));
const groups = new Map(
  [...manifest.matchAll(/<type-group name="(\w+)">([^]*?)<\/type-group>/g)].map(([, name, types]) => {
    return [name ?? "", [...(types ?? "").matchAll(/<type>([^<]+)<\/type>/g)].map(([, type]) => type ?? "")] as const;
  }),
);

function attributesIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name ?? "", value ?? ""]),
  );
}

/** How the manifest calls what Dataverse knows as a type of column. */
const manifestTypes: { readonly [K in ColumnType["kind"]]: string } = {
  "yes-no": "TwoOptions",
  choice: "OptionSet",
  text: "SingleLine.Text",
  url: "SingleLine.URL",
  "multi-line": "Multiple",
  "date-time": "DateAndTime.DateAndTime",
};

const bound = properties.filter((property) => property["usage"] === "bound");

test("[PF1] the bound properties are the shown columns of the schema", () => {
  const shown = Object.entries(opportunityColumns).filter(([, column]) => column.shown);
  expect(bound.map((property) => property["name"]).sort()).toEqual(shown.map(([role]) => role).sort());
  expect([...shownRoles].sort()).toEqual(shown.map(([role]) => role).sort());
});

test.each(shownRoles.map((role) => [role]))("[PF1] the property %s takes the type of its column", (role) => {
  const property = bound.find(({ name }) => name === role);
  const taken = groups.get(property?.["of-type-group"] ?? "") ?? [property?.["of-type"]];
  expect(taken).toContain(manifestTypes[opportunityColumns[role].type.kind]);
});

test("[PF1] only the sync column is required, and the inputs are the two lists of fields", () => {
  expect(bound.filter((property) => property["required"] === "true").map(({ name }) => name)).toEqual(["sync"]);
  const inputs = properties.filter((property) => property["usage"] === "input").map(({ name }) => name);
  expect(inputs).toEqual(["hiddenFields", "disabledFields"]);
});

test("[PF1] the control has the version of the package and libraries that the platform offers", () => {
  const control = attributesIn(/<control ([^>]+)>/.exec(manifest)?.[1] ?? "");
  expect(control).toMatchObject({ constructor: "CoSellSection", "control-type": "virtual", version });
  expect(manifest).toContain('<platform-library name="React" version="16.14.0" />');
  expect(manifest).toContain('<platform-library name="Fluent" version="8.121.1" />');
  expect(manifest).toContain('<external-service-usage enabled="false" />');
});

test("[PF1] the Web API is a feature that the control can do without", () => {
  expect([...manifest.matchAll(/<uses-feature ([^>]+)\/>/g)].map(([, text]) => attributesIn(text ?? ""))).toEqual([
    { name: "WebAPI", required: "false" },
  ]);
});

const keys = [...manifest.matchAll(/-key="([^"]+)"/g)].map(([, key]) => key ?? "");
const texts = { en: textsOf(languageCodes.en), fr: textsOf(languageCodes.fr) };

test.each(["en", "fr"] as const)("[PF2] every text of the section is there in %s, and no other", (language) => {
  expect([...texts[language].keys()].sort()).toEqual([...new Set([...stringIds, ...keys])].sort());
  expect([...texts[language]].filter(([, text]) => !/^\S(.*\S)?$/.test(text))).toEqual([]);
});

test("[PF2] placeholders are the same in every language", () => {
  const placeholders = (language: Language, id: string) =>
    [...(texts[language].get(id) ?? "").matchAll(/\{\d\}/g)].map(String);
  const odd = [...texts.en.keys()].filter((id) => {
    return placeholders("en", id).sort().join() !== placeholders("fr", id).sort().join();
  });
  expect(odd).toEqual([]);
  expect(placeholders("fr", "products_full")).toHaveLength(2);
});

test.each(shownRoles.map((role) => [role]))("[PF2] the label of %s is that of the schema", (role) => {
  const { en, fr } = opportunityColumns[role].labels;
  expect([texts.en.get(`${role}_name`), texts.fr.get(`${role}_name`)]).toEqual([en, fr]);
});
