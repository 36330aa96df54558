// What every shipped zip keeps, and that each check finds the fault that it is for.

import { checkComponents } from "./checks/components";
import { checkContainer } from "./checks/container";
import { checkFiles } from "./checks/files";
import { checkIds, idsIn } from "./checks/ids";
import { checkLanguages } from "./checks/languages";
import { checkManaged, checkUnmanaged } from "./checks/layers";
import { checkNames } from "./checks/names";
import { checkShipping } from "./checks/shipping";
import { BUSY_MACHINE_MS, shippedZips, type ShippedZips } from "./built-solutions";
import { edited, withFile, without, type Findings, type OpenedZip } from "./opened-zip";
import { CONTROL_BUILD_TIMEOUT_MS } from "../support/run-control-build";

jest.setTimeout(BUSY_MACHINE_MS);

let zips: ShippedZips;
beforeAll(async () => {
  zips = await shippedZips();
}, CONTROL_BUILD_TIMEOUT_MS);

type Which = keyof ShippedZips;
type Fault = (zip: OpenedZip) => OpenedZip;
const every: readonly Which[] = ["managed", "unmanaged", "salesInsights", "columnSecurity", "columnSecurityUnmanaged"];
const CUSTOMIZATIONS = "customizations.xml";
const MANIFEST = "solution.xml";
const TYPES = "[Content_Types].xml";
const CONTROL = "Controls/cosell_CoSellSync.CoSellSection";

/** The findings of a check on a zip with one fault planted. */
function broken(check: (zip: OpenedZip) => Findings, fault: Fault, which: Which = "managed"): string {
  return check(fault(zips[which])).join("\n");
}

const edit =
  (path: string, from: string | RegExp, to: string): Fault =>
  (zip) =>
    edited(zip, path, from, to);

test.each(every)("[SO7] the zip %s is a container with plain paths, and a content type for every file", (which) => {
  expect(checkContainer(zips[which])).toEqual([]);
});

test.each<[string, Fault, string]>([
  ["no manifest", (zip) => without(zip, /^solution\.xml$/), "there is no solution.xml"],
  ["an extension without type", (zip) => withFile(zip, "a/b.gif", "x"), "no content type for a/b.gif"],
  ["a bare file without type", (zip) => withFile(zip, "WebResources/x", "x"), "no content type for WebResources/x"],
  ["a type for no extension", edit(TYPES, 'Extension="css"', 'Extension="gif"'), "no file is .gif"],
  ["a type for no file", (zip) => without(zip, /iconsclosed/), "a content type for /WebResources/cosell_iconsclosed"],
  ["a folder as a file", (zip) => withFile(zip, "WebResources/", ""), "odd path WebResources/"],
  ["a Windows path", (zip) => withFile(zip, "a\\b.xml", "x"), "odd path a\\b.xml"],
  ["an odd type", edit(TYPES, '"text/xml"', '"xml"'), "odd content type xml"],
])("[SO7] in the container %s is found", (_name, fault, finding) => {
  expect(broken(checkContainer, fault)).toContain(finding);
});

test.each(every)("[SO8] in the zip %s every file is named and every named file is there", (which) => {
  expect(checkFiles(zips[which])).toEqual([]);
});

test.each<[string, Fault, string]>([
  ["a web resource without content", (zip) => without(zip, /iconssynced/), "is named and not there"],
  ["content without a web resource", (zip) => withFile(zip, "WebResources/stray", "x"), "stray is there and not named"],
  ["a control without its script", (zip) => without(zip, /bundle\.js$/), "bundle.js is named and not there"],
  ["a control without its texts", (zip) => without(zip, /Section\.1036\.resx$/), "1036.resx is named and not there"],
  ["a variable in another's folder", edit(variable(), "cosell_RelayAddress", "cosell_Other"), "is there and not named"],
  ["an empty file", (zip) => withFile(zip, `${CONTROL}/bundle.js`, ""), "bundle.js is empty"],
])("[SO8] among the files %s is found", (_name, fault, finding) => {
  expect(broken(checkFiles, fault)).toContain(finding);
});

test.each(every)("[SO9] in the zip %s whatever is called by a name is there under that name", (which) => {
  const alone = which === "managed" || which === "unmanaged";
  expect(checkNames(zips[which], alone ? [] : [zips.managed])).toEqual([]);
});

test.each<[string, Fault, string]>([
  [
    "an icon script",
    edit(CUSTOMIZATIONS, "$webresource:cosell_/scripts/opportunity-view", "$webresource:x"),
    "no web resource x.js",
  ],
  ["a form script", edit(CUSTOMIZATIONS, /<Library name="[^"]*"/, '<Library name="y"'), "no web resource y"],
  [
    "the library of a handler",
    edit(CUSTOMIZATIONS, /libraryName="[^"]*"/, 'libraryName="z"'),
    "no library of the form z",
  ],
  [
    "a text file",
    edit(CUSTOMIZATIONS, "name=&quot;cosell_/strings/CoSell.1036.resx", "name=&quot;w"),
    "no web resource w",
  ],
  ["a control", edit(CUSTOMIZATIONS, /name="cosell_CoSellSync[^"]*"/, 'name="v"'), "no control v"],
  ["a choice", edit(CUSTOMIZATIONS, "<OptionSetName>cosell_help", "<OptionSetName>u"), "no choice u"],
])("[SO9] a wrong name of %s is found", (_name, fault, finding) => {
  expect(broken(checkNames, fault)).toContain(finding);
});

test("[SO9] the Sales Insights solution cannot stand without the main one", () => {
  expect(checkNames(zips.salesInsights)).toEqual([
    "no web resource cosell_/scripts/opportunity-form.js",
    ...[1, 2, 3].map(() => "no control cosell_CoSellSync.CoSellSection"),
  ]);
});

test.each(every)("[SO10] in the zip %s the list of components and the definitions agree both ways", (which) => {
  expect(checkComponents(zips[which])).toEqual([]);
});

test.each<[string, Fault, string]>([
  ["a role that is not listed", edit(MANIFEST, /<RootComponent type="20"[^>]*>/, ""), "20 {1f62d117-ccce"],
  [
    "a listed table that is not there",
    edit(MANIFEST, 'schemaName="cosell_help"', 'schemaName="x"'),
    "9 x is listed and not",
  ],
  ["a control that is not listed", edit(MANIFEST, /<RootComponent type="66"[^>]*>/, ""), "66 cosell_CoSellSync"],
  ["a variable that is not listed", edit(MANIFEST, /<RootComponent type="380"[^>]*>/, ""), "380 cosell_RelayAddress"],
  [
    "a web resource that is not defined",
    edit(CUSTOMIZATIONS, "<Name>cosell_/icons/closed.svg", "<Name>x"),
    "icons/closed.svg is listed",
  ],
  [
    "a whole Opportunity table",
    edit(MANIFEST, 'schemaName="opportunity" behavior="2"', 'schemaName="opportunity" behavior="0"'),
    "opportunity is listed with behavior 0",
  ],
  [
    "metadata of the Opportunity table",
    edit(CUSTOMIZATIONS, "<attributes>", "<IsAuditEnabled>1</IsAuditEnabled><attributes>"),
    "IsAuditEnabled of opportunity is not ours",
  ],
])("[SO10] among the components %s is found", (_name, fault, finding) => {
  expect(broken(checkComponents, fault)).toContain(finding);
});

test("[SO10] a column security profile that is not listed is found", () => {
  const fault = edit(MANIFEST, /<RootComponent type="70"[^>]*>/, "");
  expect(broken(checkComponents, fault, "columnSecurity")).toContain("70 {e37c29c5-3f0a");
});

test.each(every)("[SO14] in the zip %s every GUID is well-formed and is given to one thing", (which) => {
  expect(checkIds(zips[which])).toEqual([]);
});

test.each<[string, Fault, string]>([
  [
    "one id for two views",
    edit(CUSTOMIZATIONS, /<savedqueryid>[^<]*/, "<savedqueryid>{7b2d5e9d-ca77-48c5-aecb-103fab7a6c0a}"),
    "103fab7a6c0a} twice",
  ],
  [
    "a form without braces",
    edit(CUSTOMIZATIONS, /<formid>\{([^}]*)\}/, "<formid>18d081df-6602"),
    "no GUID: 18d081df-6602",
  ],
  [
    "a cell with the id of a tab",
    edit(CUSTOMIZATIONS, /<cell id="[^"]*"/, '<cell id="{18d081df-6602-4489-b585-c803c82bc74e}"'),
    "c803c82bc74e} twice",
  ],
])("[SO14] %s is found", (_name, fault, finding) => {
  expect(broken(checkIds, fault)).toContain(finding);
});

test("[SO14] solutions that may be installed beside one another share no id but that of what they share", () => {
  const ids = new Set(idsIn(zips.managed));
  expect(idsIn(zips.salesInsights).filter((id) => ids.has(id))).toEqual([]);
  expect(idsIn(zips.columnSecurity).filter((id) => ids.has(id))).toEqual([]);
  expect(new Set(idsIn(zips.unmanaged))).toEqual(new Set(idsIn(zips.unmanaged).filter((id) => ids.has(id))));
});

test.each(every)("[SO15] in the zip %s every text is there in English and French", (which) => {
  expect(checkLanguages(zips[which])).toEqual([]);
});

test.each<[string, Fault, string]>([
  [
    "a column without French",
    edit(CUSTOMIZATIONS, /<displayname description="Produits"[^>]*>/, ""),
    'attribute/displaynames "Products" is in 1033',
  ],
  [
    "an empty label",
    edit(CUSTOMIZATIONS, 'description="Co-vente avec Microsoft"', 'description=" "'),
    "is empty in 1036",
  ],
  [
    "a language twice",
    edit(CUSTOMIZATIONS, 'description="Produits" languagecode="1036"', 'description="x" languagecode="1033"'),
    "is in 1033,1033",
  ],
  ["a language that is not declared", edit(CUSTOMIZATIONS, "<Language>1036</Language>", ""), "languages 1033"],
  [
    "a variable without French",
    edit(variable(), /<label description="Adresse du relais"[^>]*>/, ""),
    'displayname "Relay address" is in 1033',
  ],
  [
    "a solution without French",
    edit(MANIFEST, /<LocalizedName description="CoSell Sync" languagecode="1036" \/>/, ""),
    "SolutionManifest/LocalizedNames",
  ],
  [
    "a column without any label",
    edit(CUSTOMIZATIONS, /<displaynames>\s*<displayname description="Products"[^]*?<\/displaynames>/, ""),
    "column cosell_products has no label",
  ],
  [
    "an option without label",
    edit(CUSTOMIZATIONS, /(?<=<option value="842130000"[^>]*>)\s*<labels>[^]*?<\/labels>/, ""),
    "option 842130000 has no label",
  ],
  [
    "a control without French texts",
    (zip) => without(zip, /CoSellSection\.1036\.resx$/),
    "not there in every language",
  ],
  [
    "a text that one language lacks",
    edit(`${CONTROL}/strings/CoSellSection.1036.resx`, /<data name="control_name"[^]*?<\/data>/, ""),
    "has not the same texts",
  ],
])("[SO15] %s is found", (_name, fault, finding) => {
  expect(broken(checkLanguages, fault)).toContain(finding);
});

test.each<Which>(["unmanaged", "columnSecurityUnmanaged"])(
  "[SO16] the zip %s holds no difference and no form of somebody else",
  (which) => {
    expect(checkUnmanaged(zips[which])).toEqual([]);
  },
);

test("[SO16] differences and forms of somebody else are found in an unmanaged zip", () => {
  expect(checkUnmanaged(zips.salesInsights)).toEqual(
    expect.arrayContaining([
      "it does not say that it is unmanaged",
      "tab is a difference",
      "cell is a difference",
      "form {595978a6-704c-4aec-aab8-34f3927c1cda} is not ours",
    ]),
  );
});

test.each<Which>(["managed", "salesInsights", "columnSecurity"])(
  "[SO17] the zip %s adds to forms of others and leaves nothing of an unmanaged export",
  (which) => {
    expect(checkManaged(zips[which])).toEqual([]);
  },
);

test.each<[string, Fault, string]>([
  ["an unmanaged manifest", edit(MANIFEST, "<Managed>1", "<Managed>0"), "does not say that it is managed"],
  [
    "a table marked unmodified",
    edit(CUSTOMIZATIONS, '<entity Name="Opportunity">', '<entity Name="Opportunity" unmodified="1">'),
    "entity is marked as unmodified",
  ],
  [
    "a difference in an own form",
    edit(CUSTOMIZATIONS, 'name="summary"', 'name="summary" solutionaction="Added"'),
    "tab of the own form",
  ],
  [
    "a change of what others made",
    edit(CUSTOMIZATIONS, 'solutionaction="Added"', 'solutionaction="Removed"'),
    "tab is Removed, which changes",
  ],
  [
    "a part that is not added",
    edit(CUSTOMIZATIONS, ' solutionaction="Added"', ""),
    "tab is not part of anything that is added",
  ],
  ["a cell without a place", edit(CUSTOMIZATIONS, / ordinalvalue="10000"/, ""), "cell has no place"],
  [
    "a column without a number",
    edit(CUSTOMIZATIONS, '<column width="100%" id="0">', '<column width="100%">'),
    "a column of a tab has no number",
  ],
])("[SO17] %s is found", (_name, fault, finding) => {
  expect(broken(checkManaged, fault)).toContain(finding);
});

test.each(every)("[SO18] the zip %s has no endpoint, step, flow, value of an environment or secret", (which) => {
  expect(checkShipping(zips[which])).toEqual([]);
});

test.each<[string, Fault, string]>([
  [
    "an endpoint",
    edit(CUSTOMIZATIONS, "<EntityDataProviders />", "<ServiceEndpoints><ServiceEndpoint /></ServiceEndpoints>"),
    "it has a ServiceEndpoint",
  ],
  ["a step", edit(MANIFEST, '<RootComponent type="66"', '<RootComponent type="92"'), "a component of type 92"],
  [
    "a value",
    (zip) => withFile(zip, "environmentvariabledefinitions/x/environmentvariablevalues.json", "{}"),
    "it has environmentvariabledefinitions/x/environmentvariablevalues.json",
  ],
  ["a secret variable", edit(variable(), "100000000", "100000005"), "is a secret"],
  [
    "a secret in a script",
    (zip) => withFile(zip, `${CONTROL}/bundle.js`, 'const clientSecret = "x";'),
    "bundle.js holds a secret",
  ],
])("[SO18] %s is found", (_name, fault, finding) => {
  expect(broken(checkShipping, fault)).toContain(finding);
});

function variable(): string {
  return "environmentvariabledefinitions/cosell_RelayAddress/environmentvariabledefinition.xml";
}
