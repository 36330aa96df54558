// What the solutions say is what the schema says.

import type { Element } from "@xmldom/xmldom";
import { globalChoices } from "../../solution/schema/choices";
import { columnSecurityProfiles, securedColumns } from "../../solution/schema/column-security";
import { environmentVariables, type EnvironmentVariable } from "../../solution/schema/environment-variables";
import { opportunityColumns, referralKey, type OpportunityColumn } from "../../solution/schema/opportunity-columns";
import { publisher } from "../../solution/schema/publisher";
import { securityRoles } from "../../solution/schema/security-roles";
import { solutionIdKey, solutionTypes } from "../../solution/schema/solution-table";
import { CONTROL_BUILD_TIMEOUT_MS } from "../support/run-control-build";
import { BUSY_MACHINE_MS, shippedZips, type ShippedZips } from "./built-solutions";
import {
  all,
  attribute,
  attributes,
  children,
  customizationsOf,
  manifestOf,
  rootOf,
  serialized,
  textOf,
} from "./opened-zip";
import type { OpenedZip } from "./opened-zip";

jest.setTimeout(BUSY_MACHINE_MS);

let zips: ShippedZips;
beforeAll(async () => {
  zips = await shippedZips();
}, CONTROL_BUILD_TIMEOUT_MS);

const section: readonly OpportunityColumn[] = Object.values(opportunityColumns);

/** Definitions of the columns of a table by logical name. */
function columnsOf(zip: OpenedZip, table: string): ReadonlyMap<string, Element> {
  const columns = all(entityOf(zip, table), "attribute").filter((one) => one.hasAttribute("PhysicalName"));
  return new Map(columns.map((column) => [textOf(column, "LogicalName"), column]));
}

function entityOf(zip: OpenedZip, table: string): Element {
  const found = all(customizationsOf(zip), "Entity").find((entity) => textOf(entity, "Name") === table);
  if (found === undefined) throw new Error(`no table ${table}`);
  return found;
}

function column(name: string, table = "Opportunity"): Element {
  const found = columnsOf(zips.managed, table).get(name);
  if (found === undefined) throw new Error(`no column ${name}`);
  return found;
}

/** Both languages of the labels right below an element. */
function labelsBelow(parent: Element, container: string): readonly string[] {
  return children(parent, container).flatMap((one) => children(one).map((each) => attribute(each, "description")));
}

function optionsIn(set: Element) {
  return all(set, "option").map((option) => [Number(attribute(option, "value")), ...labelsBelow(option, "labels")]);
}

test("[SO24] each column of the section has the type, size and labels of the schema", () => {
  const types = { "yes-no": "bit", choice: "picklist", text: "nvarchar", url: "nvarchar", "multi-line": "ntext" };
  for (const { schemaName, logicalName, type, labels } of section) {
    const definition = column(logicalName);
    expect(attribute(definition, "PhysicalName")).toBe(schemaName);
    expect(textOf(definition, "Type")).toBe({ ...types, "date-time": "datetime" }[type.kind]);
    expect(labelsBelow(definition, "displaynames")).toEqual([labels.en, labels.fr]);
    expect(labelsBelow(definition, "Descriptions").filter((text) => /^\p{Lu}.{20,}\.$/u.test(text))).toHaveLength(2);
    if ("maxLength" in type) expect(textOf(definition, "MaxLength")).toBe(String(type.maxLength));
    if (type.kind === "choice") expect(textOf(definition, "OptionSetName")).toBe(type.choice);
    if (type.kind === "yes-no") {
      const { yes, no } = type.labels;
      expect(optionsIn(definition)).toEqual([
        [1, yes.en, yes.fr],
        [0, no.en, no.fr],
      ]);
      expect(textOf(definition, "AppDefaultValue")).toBe(type.defaultValue ? "1" : "0");
    }
  }
  expect([textOf(column("cosell_referrallink"), "Format"), textOf(column("cosell_referrallink"), "Length")]).toEqual([
    "url",
    "1000",
  ]);
  expect(textOf(column("cosell_lastsyncedon"), "Format")).toBe("datetime");
});

test("[SO24] what only the relay understands is not offered for searching, and its writing is not audited", () => {
  expect(textOf(column("cosell_syncstate"), "DisplayMask")).not.toContain("ValidForAdvancedFind");
  expect(textOf(column("cosell_audit"), "DisplayMask")).toContain("ValidForAdvancedFind");
  for (const { logicalName, writer } of section) {
    expect([logicalName, textOf(column(logicalName), "IsAuditEnabled")]).toEqual([
      logicalName,
      writer === "seller" ? "1" : "0",
    ]);
  }
});

test("[SO24] the global choices have the options of the schema", () => {
  const [sets] = all(customizationsOf(zips.managed), "optionsets");
  const found = sets === undefined ? [] : children(sets, "optionset");
  expect(found.map((set) => attribute(set, "Name"))).toEqual(["cosell_help", "cosell_syncstatus"]);
  for (const set of found) {
    const { options, labels } = globalChoices[attribute(set, "Name") as keyof typeof globalChoices];
    expect(optionsIn(set)).toEqual(options.map((option) => [option.value, option.labels.en, option.labels.fr]));
    expect(labelsBelow(set, "displaynames")).toEqual([labels.en, labels.fr]);
    expect([textOf(set, "OptionSetType"), textOf(set, "IsGlobal")]).toEqual(["picklist", "1"]);
  }
});

test.each([
  ["Opportunity", referralKey],
  ["cosell_CoSellSolution", solutionIdKey],
] as const)("[SO24] the table %s has its alternate key", (table, key) => {
  const [found, ...more] = all(entityOf(zips.managed, table), "EntityKey");
  expect(more).toEqual([]);
  expect(found === undefined ? "" : textOf(found, "Name")).toBe(key.schemaName);
  expect(all(entityOf(zips.managed, table), "AttributeName").map(({ textContent }) => textContent)).toEqual([
    ...key.columns,
  ]);
});

test("[SO24] publisher and platform are stated, and the platform is the oldest that will do", () => {
  const manifest = manifestOf(zips.managed);
  expect([attribute(manifest, "SolutionPackageVersion"), attribute(manifest, "languagecode")]).toEqual(["9.1", "1033"]);
  const [stated] = all(manifest, "Publisher");
  const texts = ["UniqueName", "CustomizationPrefix", "CustomizationOptionValuePrefix"].map(
    (name) => stated && textOf(stated, name),
  );
  expect(texts).toEqual([publisher.uniqueName, publisher.prefix, String(publisher.optionValuePrefix)]);
  expect(all(manifest, "Address")).toHaveLength(2);
});

test("[SO25] two views of opportunities show the sync status as an icon and stand beside the shipped ones", () => {
  const views = all(entityOf(zips.managed, "Opportunity"), "savedquery");
  expect(views.map((view) => labelsBelow(view, "LocalizedNames"))).toEqual([
    ["Co-sell opportunities", "Opportunités de co-vente"],
    ["Co-sell: needs attention", "Co-vente : intervention nécessaire"],
  ]);
  for (const view of views) {
    expect([textOf(view, "querytype"), textOf(view, "isdefault")]).toEqual(["0", "0"]);
    const [icon] = all(view, "cell");
    expect(icon && [attribute(icon, "name"), attribute(icon, "imageproviderfunctionname")]).toEqual([
      "cosell_syncstatus",
      "CoSell.syncIcon",
    ]);
  }
  const filters = views.map((view) =>
    all(view, "condition").map((one) => ["attribute", "operator", "value"].map((name) => attribute(one, name))),
  );
  const switchedOn = ["cosell_syncwithpartnercenter", "eq", "1"];
  expect(filters).toEqual([[switchedOn], [switchedOn, ["cosell_syncstatus", "eq", "842130104"]]]);
});

test("[SO25] the co-sell tab is on the shipped form, on the Sales Insights form and on a form of its own", () => {
  const forms = [zips.managed, zips.salesInsights].flatMap((zip) => all(customizationsOf(zip), "systemform"));
  const tabs = forms.map((form) => all(form, "tab").find((tab) => attribute(tab, "name") === "cosell_tab"));
  const withTab = forms.filter((_, n) => tabs[n] !== undefined).map((form) => textOf(form, "formid"));
  expect(withTab).toEqual([
    "{a837e4a7-01b8-4f82-a475-be9abd67e667}",
    "{18d081df-6602-4489-b585-c803c82bc74e}",
    "{595978a6-704c-4aec-aab8-34f3927c1cda}",
  ]);
  for (const tab of tabs.filter((one) => one !== undefined)) {
    expect(labelsBelow(tab, "labels")).toEqual(["Microsoft co-sell", "Co-vente avec Microsoft"]);
    expect(all(tab, "section").map((one) => [attribute(one, "name"), attribute(one, "visible")])).toEqual([
      ["cosell_section", ""],
      ["cosell_columns", "false"],
    ]);
  }
});

test("[SO25] the own form has what a deal needs, and only customisers see it until they give it to others", () => {
  const form = all(entityOf(zips.managed, "Opportunity"), "systemform").at(-1);
  if (form === undefined) throw new Error("no form");
  const columns = attributes(form, "control", "datafieldname");
  for (const needed of [
    "name",
    "parentaccountid",
    "parentcontactid",
    "transactioncurrencyid",
    "estimatedvalue",
    "estimatedclosedate",
    "ownerid",
  ]) {
    expect(columns).toContain(needed);
  }
  expect(attributes(form, "Role", "Id")).toHaveLength(2);
  expect(attributes(form, "DisplayConditions", "FallbackForm")).toEqual(["false"]);
  expect(textOf(form, "FormActivationState")).toBe("1");
});

test("[SO26] the table of solutions has name, id and type, a form, and one view of every kind that a table needs", () => {
  const entity = entityOf(zips.managed, "cosell_CoSellSolution");
  expect([...columnsOf(zips.managed, "cosell_CoSellSolution").keys()]).toEqual([
    "cosell_cosellsolutionid",
    "cosell_name",
    "cosell_solutionid",
    "cosell_solutiontype",
    "statecode",
    "statuscode",
  ]);
  expect(
    ["cosell_name", "cosell_solutionid", "cosell_solutiontype"].map((name) =>
      textOf(column(name, "cosell_CoSellSolution"), "RequiredLevel"),
    ),
  ).toEqual(["required", "required", "none"]);
  expect(optionsIn(column("cosell_solutiontype", "cosell_CoSellSolution"))).toEqual(
    solutionTypes.map(({ value, labels }) => [value, labels.en, labels.fr]),
  );
  expect(all(entity, "OwnershipTypeMask")[0]?.textContent).toBe("OrgOwned");
  expect(all(entity, "EntitySetName")[0]?.textContent).toBe("cosell_cosellsolutions");
  const kinds = all(entity, "savedquery").map((view) => [textOf(view, "querytype"), textOf(view, "isdefault")].join());
  expect(kinds.sort()).toEqual(["0,0", "0,1", "1,1", "2,1", "4,1", "64,1"]);
  const quick = all(entity, "savedquery").find((view) => textOf(view, "isquickfindquery") === "1");
  const [, finds] = quick === undefined ? [] : all(quick, "filter");
  expect(finds && attributes(finds, "condition", "attribute")).toEqual(["cosell_name", "cosell_solutionid"]);
  expect(all(entity, "systemform")).toHaveLength(1);
});

test("[SO27] the security roles have the privileges of the schema, and no others", () => {
  const levels = { user: "Basic", "business-unit": "Local", deep: "Deep", organisation: "Global" };
  const roles = all(customizationsOf(zips.managed), "Roles").flatMap((one) => children(one, "Role"));
  expect(roles.map((role) => [attribute(role, "id"), attribute(role, "name")])).toEqual(
    securityRoles.map(({ id, labels }) => [`{${id}}`, labels.en]),
  );
  roles.forEach((role, n) => {
    const granted = all(role, "RolePrivilege").map((one) => [attribute(one, "name"), attribute(one, "level")]);
    expect(granted).toEqual(securityRoles[n]?.privileges.map(({ name, depth }) => [name, levels[depth]]));
  });
});

test("[SO28] environment variables come without values, in both languages, with the defaults of the schema", () => {
  const variables: readonly EnvironmentVariable[] = Object.values(environmentVariables);
  for (const { schemaName, labels, defaultValue, type } of variables) {
    const path = `environmentvariabledefinitions/${schemaName}/environmentvariabledefinition.xml`;
    const definition = rootOf(zips.managed, path);
    expect(textOf(definition, "defaultvalue")).toBe(defaultValue ?? "");
    expect(labelsBelow(definition, "displayname")).toEqual([labels.en, labels.fr]);
    expect(textOf(definition, "type")).toBe(type === "text" ? "100000000" : "100000002");
    expect([textOf(definition, "secretstore"), textOf(definition, "isrequired")]).toEqual(["0", "0"]);
  }
});

test("[SO21] the main solution secures no column; column security secures the relay's own and changes nothing else of them", () => {
  const main = columnsOf(zips.managed, "Opportunity");
  const secured = columnsOf(zips.columnSecurity, "Opportunity");
  expect([...main.values()].filter((one) => textOf(one, "IsSecured") !== "0")).toEqual([]);
  expect([...secured.keys()]).toEqual(
    section.map(({ logicalName }) => logicalName).filter((name) => securedColumns.includes(name)),
  );
  for (const [name, definition] of secured) {
    expect(serialized(definition).replace("<IsSecured>1<", "<IsSecured>0<")).toBe(serialized(column(name)));
    expect(textOf(definition, "IsSecured")).toBe("1");
  }
});

test("[SO21] its profiles allow what the schema allows", () => {
  const profiles = all(customizationsOf(zips.columnSecurity), "FieldSecurityProfile");
  expect(profiles.map((one) => attribute(one, "name"))).toEqual(columnSecurityProfiles.map(({ labels }) => labels.en));
  profiles.forEach((profile, n) => {
    const wanted = columnSecurityProfiles[n];
    const permissions = all(profile, "FieldPermission");
    expect(permissions.map((one) => textOf(one, "AttributeName"))).toEqual(wanted?.columns);
    const digits = (allowed: boolean | undefined): string => (allowed === true ? "4" : "0");
    for (const permission of permissions) {
      const granted = ["EntityName", "CanRead", "CanUpdate", "CanCreate"].map((name) => textOf(permission, name));
      const { read, update, create } = wanted?.permissions ?? {};
      expect(granted).toEqual(["opportunity", digits(read), digits(update), digits(create)]);
    }
  });
});
