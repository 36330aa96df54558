// Forms, views and the control on them: what users meet first.

import { runInNewContext } from "node:vm";
import { opportunityColumns, type OpportunityColumn } from "../../solution/schema/opportunity-columns";
import { syncStatuses } from "../../solution/schema/sync-status";
import { webhookSteps } from "../../solution/schema/webhook-steps";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CONTROL_BUILD_TIMEOUT_MS } from "../support/run-control-build";
import { BUSY_MACHINE_MS, shippedZips, type ShippedZips } from "./built-solutions";
import { checkColumns, columnsOnForms, definedColumns } from "./checks/columns";
import { checkControlDescriptions, checkParameters } from "./checks/controls";
import { checkNeeded } from "./checks/needed";
import { withShippedColumns } from "./known-columns";
import { all, attribute, attributes, customizationsOf, edited, textIn, textOf, type OpenedZip } from "./opened-zip";

jest.setTimeout(BUSY_MACHINE_MS);

type Which = keyof ShippedZips;
const CUSTOMIZATIONS = "customizations.xml";
const withForms: readonly Which[] = ["managed", "unmanaged", "salesInsights"];
const every: readonly Which[] = [...withForms, "columnSecurity", "columnSecurityUnmanaged"];
const section: readonly OpportunityColumn[] = Object.values(opportunityColumns);

let zips: ShippedZips;
beforeAll(async () => {
  zips = await shippedZips();
}, CONTROL_BUILD_TIMEOUT_MS);

/** Columns that are there once everything is imported. */
const known = () => withShippedColumns(definedColumns(zips.managed));
const parameters = (zip: OpenedZip) => checkParameters(zip, known().get("opportunity") ?? new Map());
const faulty = (from: string | RegExp, to: string): OpenedZip => edited(zips.managed, CUSTOMIZATIONS, from, to);

test.each(withForms)("[SO11] on every form of %s cell and control agree, with a native control beside it", (which) => {
  expect(all(customizationsOf(zips[which]), "controlDescription").length).toBeGreaterThan(0);
  expect(checkControlDescriptions(zips[which])).toEqual([]);
});

test.each([
  ["a description for no cell", / forControl="[^"]*"/, ' forControl="{x}"', "description for no control: {x}"],
  ["a cell without description", / uniqueid="[^"]*"/, ' uniqueid="{y}"', "no description for control {y}"],
  ["a form factor that is missing", /<customControl formFactor="1"[^]*?<\/customControl>/, "", "form factors 0,2"],
  ["a native control of another kind", /<customControl id="[^"]*"/, '<customControl id="{z}"', "no native control"],
  ["a native control of another column", /<datafieldname>[^<]*/, "<datafieldname>name", "native control shows name"],
  [
    "two controls in one cell",
    /formFactor="2" name="[^"]*"/,
    'formFactor="2" name="other"',
    "controls cosell_CoSellSync",
  ],
] as const)("[SO11] %s is found", (_name, from, to, finding) => {
  expect(checkControlDescriptions(faulty(from, to)).join("\n")).toContain(finding);
});

test("[SO12] what the forms hand the control is what its built manifest asks for", () => {
  expect(parameters(zips.managed)).toEqual([]);
  expect(parameters(zips.unmanaged)).toEqual([]);
  const shown = section.filter(({ shown: yes }) => yes).map(({ logicalName }) => logicalName);
  const [first] = all(customizationsOf(zips.managed), "customControl").filter((one) => one.hasAttribute("name"));
  const bound =
    first === undefined
      ? []
      : all(first, "*")
          .slice(1)
          .map(({ textContent }) => textContent);
  expect(bound.sort()).toEqual(shown.sort());
});

const manifest = "Controls/cosell_CoSellSync.CoSellSection/ControlManifest.xml";
test.each([
  [
    "a parameter that the control lacks",
    CUSTOMIZATIONS,
    /<help type[^>]*>([^<]*)<\/help>/,
    '<aid type="OptionSet">cosell_helprequired</aid>',
    "the control has no property aid",
  ],
  [
    "a required property that is not bound",
    CUSTOMIZATIONS,
    /<sync type[^>]*>[^<]*<\/sync>/,
    "",
    "required property sync is not bound",
  ],
  [
    "a type that the property does not take",
    CUSTOMIZATIONS,
    '<help type="OptionSet">',
    '<help type="SingleLine.Text">',
    "help does not take SingleLine.Text",
  ],
  [
    "a column of another type",
    CUSTOMIZATIONS,
    '<help type="OptionSet">cosell_helprequired',
    '<help type="OptionSet">cosell_products',
    "column cosell_products is no OptionSet",
  ],
  [
    "a property that was renamed in the control",
    manifest,
    'name="audit"',
    'name="trail"',
    "the control has no property audit",
  ],
  [
    "a property of another type in the control",
    manifest,
    'name="help" display-name-key="help_name" description-key="help_about" of-type="OptionSet"',
    'name="help" of-type="Multiple"',
    "help does not take OptionSet",
  ],
  [
    "a control of another name",
    manifest,
    'constructor="CoSellSection"',
    'constructor="Other"',
    "is cosell_CoSellSync.Other in its manifest",
  ],
] as const)("[SO12] %s is found", (_name, path, from, to, finding) => {
  expect(parameters(edited(zips.managed, path, from, to)).join("\n")).toContain(finding);
});

test.each(every)("[SO13] in the zip %s every column in use exists and has the type that its use needs", (which) => {
  expect(checkColumns(zips[which], known())).toEqual([]);
});

test.each([
  [
    "a form",
    /datafieldname="cosell_products"/,
    'datafieldname="cosell_prodcts"',
    "a form uses opportunity.cosell_prodcts",
  ],
  ["a view", /<cell name="cosell_helprequired"/, '<cell name="cosell_help"', "a view uses opportunity.cosell_help,"],
  ["a filter", /<condition attribute="cosell_sync[^"]*"/, '<condition attribute="x"', "a view uses opportunity.x"],
  ["an order", /<order attribute="[^"]*"/, '<order attribute="y"', "a view uses opportunity.y"],
  ["a view's own table", '<entity name="opportunity">', '<entity name="lead">', "asks lead and belongs to opportunity"],
  ["a view's request", '<attribute name="cosell_helprequired" />', "", "shows cosell_helprequired without asking"],
  [
    "a key",
    "<AttributeName>cosell_referralidentifier",
    "<AttributeName>cosell_referral",
    "a key uses opportunity.cosell_referral,",
  ],
  [
    "a parameter",
    '<help type="OptionSet">cosell_helprequired',
    '<help type="OptionSet">cosell_gone',
    "a control uses opportunity.cosell_gone",
  ],
  [
    "a native control",
    /(?<=id="cosell_audit" classid=")[^"]*/,
    "{4273EDBD-AC1D-40D3-9FB2-095C621B552D}",
    "cosell_audit is ntext",
  ],
  [
    "the type of a column",
    /(?<=<attribute PhysicalName="cosell_ExpiresOn">\s*)<Type>datetime/,
    "<Type>nvarchar",
    "cosell_expireson is nvarchar",
  ],
] as const)("[SO13] a wrong column in %s is found", (_name, from, to, finding) => {
  const zip = faulty(from, to);
  expect(checkColumns(zip, withShippedColumns(definedColumns(zip))).join("\n")).toContain(finding);
});

test("[SO13] the columns that mapping, relay and webhook steps go by are the columns of the zip", () => {
  const columns = [...(definedColumns(zips.managed).get("opportunity")?.keys() ?? [])];
  expect(columns).toEqual(section.map(({ logicalName }) => logicalName));
  const mapping = readFileSync(join(__dirname, "../../sync-relay/mapping/mapping.yaml"), "utf8");
  const mapped = [...new Set(mapping.match(/(?<![\w.])cosell_\w+/g))];
  const heard = webhookSteps.flatMap((step) => step.filteringColumns).filter((name) => name.startsWith("cosell_"));
  expect(mapped.length).toBeGreaterThan(2);
  expect([...mapped, ...heard].filter((name) => !columns.includes(name))).toEqual([]);
});

test("[SO19] for every sync status the script of the views names an icon that is in the zip", () => {
  const root = customizationsOf(zips.managed);
  const resources = new Map(
    all(root, "WebResource").map((one) => [textOf(one, "Name"), textOf(one, "FileName").slice(1)]),
  );
  const icons = all(root, "cell").filter((cell) => cell.hasAttribute("imageproviderwebresource"));
  expect(icons.map((cell) => attribute(cell, "name"))).toEqual(["cosell_syncstatus", "cosell_syncstatus"]);
  for (const cell of icons) {
    const name = attribute(cell, "imageproviderwebresource").replace("$webresource:", "");
    const icon = functionOf(
      textIn(zips.managed, resources.get(name) ?? name),
      attribute(cell, "imageproviderfunctionname"),
    );
    const images = syncStatuses.map(({ value }) => icon(JSON.stringify({ cosell_syncstatus_Value: value }), 1033)[0]);
    expect(new Set(images).size).toBe(syncStatuses.length);
    for (const image of images) {
      expect([image, resources.has(image ?? "")]).toEqual([image, true]);
      expect(textIn(zips.managed, resources.get(image ?? "") ?? "")).toMatch(/^<svg /);
    }
  }
});

test("[SO19] the function that the forms call when they load is there and takes the execution context", () => {
  for (const which of withForms) {
    const handlers = all(customizationsOf(zips[which]), "Handler");
    expect(handlers.length).toBeGreaterThan(0);
    for (const handler of handlers) {
      expect([attribute(handler, "enabled"), attribute(handler, "passExecutionContext")]).toEqual(["true", "true"]);
      expect(attributes(customizationsOf(zips[which]), "event", "name").every((name) => name === "onload")).toBe(true);
      const file = all(customizationsOf(zips.managed), "WebResource").find(
        (one) => textOf(one, "Name") === attribute(handler, "libraryName"),
      );
      const script = textIn(zips.managed, file === undefined ? "" : textOf(file, "FileName").slice(1));
      expect(typeof functionOf(script, attribute(handler, "functionName"))).toBe("function");
    }
  }
});

test.each(withForms)("[SO20] the forms of %s lock what only the relay writes, and nothing of the seller's", (which) => {
  const writers = new Map(section.map(({ logicalName, writer }) => [logicalName, writer]));
  const cells = columnsOnForms(zips[which]).filter(({ column }) => writers.has(column));
  const forms = new Set(cells.map(({ form }) => form));
  expect(cells).toHaveLength(forms.size * section.filter(({ shown }) => shown).length);
  for (const { column, locked } of cells) expect([column, locked]).toEqual([column, writers.get(column) === "relay"]);
});

test("[SO20] a relay's column that a form lets users change is found", () => {
  const zip = faulty(/(?<=datafieldname="cosell_audit" disabled=")true/, "false");
  expect(columnsOnForms(zip).filter(({ column, locked }) => column === "cosell_audit" && !locked)).toHaveLength(1);
});

test.each(every)("[SO22] the zip %s lists everything of others that it needs", (which) => {
  expect(checkNeeded(zips[which])).toEqual([]);
});

test.each([
  [
    "managed",
    "the shipped form",
    /<Required type="60"[^>]*>/,
    "60 {a837e4a7-01b8-4f82-a475-be9abd67e667} is not listed",
  ],
  ["managed", "a standard column", /<Required type="2" schemaName="description"[^>]*>/, "2 description is not listed"],
  ["salesInsights", "the control", /<Required type="66"[^>]*>/, "66 cosell_CoSellSync.CoSellSection is not listed"],
  ["columnSecurity", "a choice", /<Required type="9"[^>]*>/, "9 cosell_syncstatus is not listed"],
  ["columnSecurity", "one side of an entry", /<Required type="9"[^>]*>/, "an entry without both sides"],
] as const)("[SO22] in %s the lack of %s is found", (which, _name, from, finding) => {
  expect(checkNeeded(edited(zips[which], "solution.xml", from, ""))).toContain(finding);
});

/** A function of a script by its global name, as the platform finds it. */
function functionOf(script: string, name: string): (...args: unknown[]) => readonly string[] {
  const page: Record<string, unknown> = {};
  page["window"] = page;
  runInNewContext(script, page);
  return name.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], page) as (
    ...args: unknown[]
  ) => readonly string[];
}
