// Mistakes to plant in a copy of the schema: what to write where, the places at which it must be found, and the rule.

import { shippedSchema } from "../../solution/build/check/solution-schema";
import { at, column, profile, role, variable, type Draft } from "./schema-draft";

/** Renames a column everywhere but where the mistake shall be. */
function rename(draft: Draft, of: string, schemaName: string): void {
  Object.assign(column(draft, of), { schemaName, logicalName: schemaName.toLowerCase() });
}

export type Plant = readonly [mistake: string, plant: (draft: Draft) => void, places: readonly string[], rule: RegExp];

const names: readonly Plant[] = [
  [
    "a prefix in capitals",
    (d) => void (d.publisher.prefix = "CoSell"),
    ["publisher.prefix", ...everyName()],
    /2 to 8 lower-case|begins with/,
  ],
  [
    "a prefix that Dataverse keeps for itself",
    (d) => void (d.publisher.prefix = "mscrmx"),
    ["publisher.prefix", ...everyName()],
    /“mscrm”|begins with/,
  ],
  [
    "a unique name with a blank",
    (d) => void (at(d.packageNames, "main").uniqueName = "CoSell Sync"),
    ["packageNames.main.uniqueName"],
    /letters, digits/,
  ],
  [
    "a unique name that upgrades would take",
    (d) => void (at(d.packageNames, "columnSecurity").uniqueName = "CoSell_Upgrade"),
    ["packageNames.columnSecurity.uniqueName"],
    /_upgrade/,
  ],
  [
    "two solutions of one name",
    (d) => void (at(d.packageNames, "salesInsights").uniqueName = "cosellsync"),
    ["packageNames.salesInsights.uniqueName"],
    /a name of its own/,
  ],
  [
    "a name without the prefix",
    (d) => rename(d, "visible", "new_Visible"),
    ["opportunityColumns.visible.schemaName", "webhookSteps.Update.filteringColumns"],
    /“cosell_”|logical name/,
  ],
  [
    "a name with a dash",
    (d) => void (variable(d, "supportAddress").schemaName = "cosell_Support-Address"),
    ["environmentVariables.supportAddress.schemaName"],
    /letters, digits and underscores/,
  ],
  [
    "a name that is too long",
    (d) => void (d.solutionIdKey.schemaName = `cosell_${"K".repeat(44)}`),
    ["solutionIdKey.schemaName", "solutionIdKey.logicalName"],
    /At most 50|lower case/,
  ],
  [
    "a name that is there twice in another case",
    (d) => void (variable(d, "supportAddress").schemaName = "cosell_RELAYaddress"),
    ["environmentVariables.supportAddress.schemaName"],
    /used once/,
  ],
  [
    "two columns of one name",
    (d) => rename(d, "expiresOn", "cosell_LastSyncedOn"),
    ["opportunityColumns.expiresOn.schemaName", ...profileColumns()],
    /used once|No column/,
  ],
  [
    "a logical name that is not the schema name in lower case",
    (d) => void (column(d, "visible").logicalName = "cosell_visible"),
    ["opportunityColumns.visible.logicalName", "webhookSteps.Update.filteringColumns"],
    /lower case|No column/,
  ],
];

const texts: readonly Plant[] = [
  [
    "a label that is missing in French",
    (d) => void Reflect.deleteProperty(column(d, "help").labels, "fr"),
    ["opportunityColumns.help.labels.fr"],
    /needed in French/,
  ],
  ["an empty label", (d) => void (d.solutionTable.labels.en = " "), ["solutionTable.labels.en"], /needed in English/],
  [
    "a label with a blank at its end",
    (d) => void (at(d.helpOptions, 2).labels.en += " "),
    ["helpOptions[2].labels.en"],
    /no blanks/,
  ],
  [
    "a label over two lines",
    (d) => void (role(d, 0).description.fr = "Une\nligne"),
    ["securityRoles.relay.description.fr"],
    /one plain line/,
  ],
  [
    "a label that is too long",
    (d) => void (column(d, "audit").labels.fr = "A".repeat(51)),
    ["opportunityColumns.audit.labels.fr"],
    /At most 50/,
  ],
  [
    "an option label that is too long",
    (d) => void (at(d.syncStatuses, 0).labels.en = "N".repeat(201)),
    ["syncStatuses[0].labels.en"],
    /At most 200/,
  ],
  [
    "a description that is too long",
    (d) => void (variable(d, "relayAddress").description.en = "R".repeat(2_001)),
    ["environmentVariables.relayAddress.description.en"],
    /At most 2000/,
  ],
  [
    "two options of one text",
    (d) => void (at(d.syncStatuses, 1).labels.en = "not shared"),
    ["syncStatuses[1].labels.en"],
    /no two texts/,
  ],
  [
    "two roles of one name",
    (d) => void (role(d, 1).labels.en = "CoSell Sync relay"),
    ["securityRoles.seller.labels.en"],
    /no two texts/,
  ],
  [
    "two views of one name",
    (d) => void (at(d.opportunityViews, 1).labels.fr = "Opportunités de co-vente"),
    ["opportunityViews[1].labels.fr"],
    /no two texts/,
  ],
  [
    "a view with a name that is too long",
    (d) => void (at(d.solutionViews, 0).labels.en = "V".repeat(201)),
    ["solutionViews[0].labels.en"],
    /At most 200/,
  ],
  ["a tab without a name", (d) => void (d.coSellTab.labels.fr = ""), ["coSellTab.labels.fr"], /needed in French/],
  [
    "a choice without a name",
    (d) => void (at(d.globalChoices, "cosell_help").labels.en = ""),
    ["globalChoices.cosell_help.labels.en"],
    /needed in English/,
  ],
  [
    "an answer of a switch without a text",
    (d) => {
      const { type } = column(d, "sync");
      if (type.kind === "yes-no") type.labels.no.fr = "";
    },
    ["opportunityColumns.sync.type.labels.no.fr"],
    /needed in French/,
  ],
];

const values: readonly Plant[] = [
  [
    "a view with an identifier of its own",
    (d) => void (at(d.solutionViews, 0).id = "5a0a2c5e-1f0a-4b1c-8e7d-0d7c3b2a1f00"),
    ["solutionViews[0].id"],
    /component-ids\.ts/,
  ],
  [
    "a publisher's number out of range",
    (d) => void (d.publisher.optionValuePrefix = 9_999),
    ["publisher.optionValuePrefix", ...everyOption()],
    /from 10000 to 99999|from 99990000/,
  ],
  [
    "an option value of another publisher",
    (d) => void (at(d.helpOptions, 0).value = 100_000_000),
    ["helpOptions[0].value"],
    /842130000 to 842139999/,
  ],
  [
    "an option value that is there twice",
    (d) => void (at(d.solutionTypes, 0).value = 842_130_100),
    ["solutionTypes[0].value"],
    /used once/,
  ],
  [
    "a text column that is too long",
    (d) => void Object.assign(column(d, "syncMessage").type, { maxLength: 4_001 }),
    ["opportunityColumns.syncMessage.type.maxLength"],
    /1 to 4000/,
  ],
  [
    "a multi-line column that is too long",
    (d) => void Object.assign(column(d, "syncState").type, { maxLength: 1_048_577 }),
    ["opportunityColumns.syncState.type.maxLength"],
    /1 to 1048576/,
  ],
  [
    "a text column without a length",
    (d) => void Reflect.deleteProperty(at(d.solutionColumns, "name").type, "maxLength"),
    ["solutionColumns.name.type.maxLength"],
    /1 to 4000/,
  ],
  [
    "a switch that starts as neither",
    (d) => void Object.assign(variable(d, "relayAddress"), { type: "yes-no", defaultValue: "true" }),
    ["environmentVariables.relayAddress.defaultValue"],
    /“yes” or “no”/,
  ],
  [
    "a value that no variable holds",
    (d) => void (variable(d, "referralLink").defaultValue = "h".repeat(2_001)),
    ["environmentVariables.referralLink.defaultValue"],
    /at most 2000/,
  ],
  [
    "an identifier that is there twice",
    (d) => {
      const ids = d.componentIds as { securityIds: Record<string, string> };
      ids.securityIds["another"] = role(d, 0).id;
    },
    ["securityIds.another"],
    /said once/,
  ],
  [
    "an identifier in capitals",
    (d) => {
      const ids = d.componentIds as { securityIds: Record<string, string> };
      ids.securityIds["another"] = "5A0A2C5E-1F0A-5B1C-8E7D-0D7C3B2A1F00";
    },
    ["securityIds.another"],
    /GUID in lower case/,
  ],
  [
    "an identifier that is said elsewhere",
    (d) => void (profile(d, 0).id = "5a0a2c5e-1f0a-5b1c-8e7d-0d7c3b2a1f00"),
    ["columnSecurityProfiles.relay.id"],
    /component-ids\.ts/,
  ],
];

const references: readonly Plant[] = [
  [
    "a view of a column that is not there",
    (d) => void at(d.opportunityViews, 0).columns.push({ column: "cosell_nowhere", width: 100 }),
    ["opportunityViews[0].columns"],
    /No column/,
  ],
  [
    "a view of another table's column",
    (d) => void at(d.solutionViews, 0).columns.push({ column: "estimatedvalue", width: 100 }),
    ["solutionViews[0].columns"],
    /No column/,
  ],
  [
    "a view that tests a column that is not there",
    (d) => void at(d.solutionViews, 1).conditions.push({ column: "cosell_nowhere", operator: "not-null" }),
    ["solutionViews[1].conditions"],
    /No column/,
  ],
  [
    "a view in the order of a column that is not there",
    (d) => void (at(d.opportunityViews, 1).order.column = "cosell_nowhere"),
    ["opportunityViews[1].order"],
    /No column/,
  ],
  [
    "a quick find in a column that is not there",
    (d) => void (at(d.solutionViews, 2).finds = ["cosell_nowhere"]),
    ["solutionViews[2].finds"],
    /No column/,
  ],
  [
    "a view that shows a column twice",
    (d) => void at(d.opportunityViews, 0).columns.push({ column: "name", width: 100 }),
    ["opportunityViews[0].columns"],
    /a column once/,
  ],
  [
    "a view that shows nothing",
    (d) => void (at(d.solutionViews, 3).columns = []),
    ["solutionViews[3].columns"],
    /at least one/,
  ],
  [
    "a key over a column that is not there",
    (d) => void (d.referralKey.columns = ["cosell_nowhere"]),
    ["referralKey.columns"],
    /No column/,
  ],
  [
    "a key over a column of the wrong kind",
    (d) => void (d.referralKey.columns = ["cosell_audit"]),
    ["referralKey.columns", "referralKey.columns", ...profileColumns()],
    /of the kind text|over a secured/,
  ],
  ["a key without columns", (d) => void (d.solutionIdKey.columns = []), ["solutionIdKey.columns"], /1 to 16 columns/],
  [
    "a key that is too large",
    (d) => void Object.assign(at(d.solutionColumns, "solutionId").type, { maxLength: 451 }),
    ["solutionIdKey.columns"],
    /at most 900 bytes/,
  ],
  [
    "a choice that is not there",
    (d) => void Object.assign(column(d, "help").type, { choice: "cosell_nowhere" }),
    ["opportunityColumns.help.type.choice"],
    /The choices are/,
  ],
  [
    "a privilege on a table that an environment may lack",
    (d) => void role(d, 1).privileges.push({ name: "prvReadInvoice", depth: "user" }),
    ["securityRoles.seller.privileges"],
    /does not find/,
  ],
  [
    "a privilege in another spelling",
    (d) => void role(d, 1).privileges.push({ name: "ReadAccount", depth: "user" }),
    ["securityRoles.seller.privileges"],
    /spelled prv/,
  ],
  [
    "a privilege that is granted twice",
    (d) => void role(d, 0).privileges.push({ name: "prvReadUser", depth: "user" }),
    ["securityRoles.relay.privileges"],
    /granted once/,
  ],
  [
    "a profile for a column that is not there",
    (d) => void profile(d, 1).columns.push("cosell_nowhere"),
    ["columnSecurityProfiles.seller.columns"],
    /No column/,
  ],
  [
    "a profile for the column of the key",
    (d) => void profile(d, 0).columns.push("cosell_referralidentifier"),
    ["columnSecurityProfiles.relay.columns"],
    /no alternate key over a secured column/,
  ],
  [
    "a webhook step that listens to a column that is not there",
    (d) => void at(d.webhookSteps, 1).filteringColumns.push("cosell_nowhere"),
    ["webhookSteps.Update.filteringColumns"],
    /No column/,
  ],
  [
    "a webhook step that listens to the relay itself",
    (d) => void at(d.webhookSteps, 1).filteringColumns.push("cosell_audit"),
    ["webhookSteps.Update.filteringColumns"],
    /its own columns/,
  ],
  [
    "an update step that listens to everything",
    (d) => void (at(d.webhookSteps, 1).filteringColumns = []),
    ["webhookSteps.Update.filteringColumns"],
    /for every change/,
  ],
];

/** Every mistake. */
export const mistakes: readonly Plant[] = [...names, ...texts, ...values, ...references];

/** Places of all names: a wrong prefix makes each of them wrong. */
function everyName(): readonly string[] {
  const { opportunityColumns, solutionColumns, environmentVariables } = shippedSchema;
  return [
    ...Object.keys(opportunityColumns).map((key) => `opportunityColumns.${key}`),
    ...Object.keys(solutionColumns).map((key) => `solutionColumns.${key}`),
    ...Object.keys(environmentVariables).map((key) => `environmentVariables.${key}`),
    "referralKey",
    "solutionTable",
    "solutionIdKey",
  ].map((place) => `${place}.schemaName`);
}

function everyOption(): readonly string[] {
  const { helpOptions, syncStatuses, solutionTypes } = shippedSchema;
  return Object.entries({ helpOptions, syncStatuses, solutionTypes }).flatMap(([list, options]) =>
    options.map((_option, n) => `${list}[${n}].value`),
  );
}

/** Both profiles name the column that was renamed. */
function profileColumns(): readonly string[] {
  return ["columnSecurityProfiles.relay.columns", "columnSecurityProfiles.seller.columns"];
}
