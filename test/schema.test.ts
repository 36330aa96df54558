// The contract with Dataverse: names and numbers that customers' data depends on, and texts in every shipped language.

import { helpCodes, helpOptions, NO_HELP_CODE } from "../solution/schema/help-options";
import { columnSecurityProfiles, columnSecuritySolution, securedColumns } from "../solution/schema/column-security";
import { securityIds } from "../solution/schema/component-ids";
import {
  environmentVariables,
  REFERRAL_ID_PLACE,
  type EnvironmentVariable,
} from "../solution/schema/environment-variables";
import { languageCodes, type Labels } from "../solution/schema/labels";
import { opportunityColumns, referralKey, type OpportunityColumn } from "../solution/schema/opportunity-columns";
import { optionValue, publisher, solutionUniqueName } from "../solution/schema/publisher";
import { securityRoles } from "../solution/schema/security-roles";
import { solutionColumns, solutionIdKey, solutionTable, solutionTypes } from "../solution/schema/solution-table";
import { syncStatuses, syncStatusNames } from "../solution/schema/sync-status";
import { webhookSteps } from "../solution/schema/webhook-steps";
import { settingTable } from "../sync-relay/src/config/setting-table";

const columns: readonly OpportunityColumn[] = Object.values(opportunityColumns);
const options = [...helpOptions, ...syncStatuses];
const variables: readonly EnvironmentVariable[] = Object.values(environmentVariables);
/** What has a name and a description for customisers. */
const described = [...variables, ...securityRoles, ...columnSecurityProfiles, columnSecuritySolution, solutionTable];

/** Every label of the schema, with its place. */
function allLabels(): readonly { readonly place: string; readonly labels: Labels }[] {
  return [
    { place: "publisher", labels: publisher.labels },
    { place: "referral key", labels: referralKey.labels },
    { place: "solution id key", labels: solutionIdKey.labels },
    { place: "solutions", labels: solutionTable.pluralLabels },
    ...Object.values(solutionColumns).map(({ labels, logicalName }) => ({ place: logicalName, labels })),
    ...solutionTypes.map(({ labels, code }) => ({ place: code, labels })),
    ...described.flatMap(({ labels, description }) => [
      { place: labels.en, labels },
      { place: `description of ${labels.en}`, labels: description },
    ]),
    ...options.map(({ labels, value }) => ({ place: String(value), labels })),
    ...columns.flatMap(({ labels, logicalName, type }) => [
      { place: logicalName, labels },
      ...(type.kind === "yes-no"
        ? [
            { place: `${logicalName} yes`, labels: type.labels.yes },
            { place: `${logicalName} no`, labels: type.labels.no },
          ]
        : []),
    ]),
  ];
}

test("[HO5] the logical names of the columns are fixed for the life of the product", () => {
  const names = Object.entries(opportunityColumns).map(([role, { logicalName }]) => [role, logicalName]);
  expect(Object.fromEntries(names)).toEqual({
    sync: "cosell_syncwithpartnercenter",
    help: "cosell_helprequired",
    products: "cosell_products",
    visible: "cosell_visibletomicrosoft",
    referralId: "cosell_referralidentifier",
    referralLink: "cosell_referrallink",
    audit: "cosell_audit",
    syncStatus: "cosell_syncstatus",
    syncMessage: "cosell_syncmessage",
    lastSyncedOn: "cosell_lastsyncedon",
    expiresOn: "cosell_expireson",
    microsoftCrmId: "cosell_microsoftcrmidentifier",
    referralStatus: "cosell_referralstatus",
    syncState: "cosell_syncstate",
  });
  expect(referralKey).toMatchObject({ logicalName: "cosell_referralkey", columns: ["cosell_referralidentifier"] });
  expect(solutionUniqueName).toBe("CoSellSync");
});

test("[HO5] every schema name carries the publisher's prefix and is its logical name in other case", () => {
  for (const { schemaName, logicalName } of [...columns, referralKey]) {
    expect(schemaName).toMatch(/^cosell_[A-Z][A-Za-z]{2,40}$/);
    expect(logicalName).toBe(schemaName.toLowerCase());
  }
});

test("[HO5] column sizes are what Dataverse takes", () => {
  const limits = { text: 4_000, url: 4_000, "multi-line": 1_048_576 };
  for (const { type, logicalName } of columns) {
    if (!("maxLength" in type)) continue;
    expect([logicalName, type.maxLength > 0 && type.maxLength <= limits[type.kind]]).toEqual([logicalName, true]);
  }
});

test("[HO6] option values are unique, in the publisher's range, and fixed", () => {
  const values = options.map(({ value }) => value);
  expect(new Set(values).size).toBe(values.length);
  const first = publisher.optionValuePrefix * 10_000;
  expect(publisher.optionValuePrefix).toBeGreaterThanOrEqual(10_000);
  expect(publisher.optionValuePrefix).toBeLessThanOrEqual(99_999);
  expect(values.filter((value) => value < first || value > first + 9_999)).toEqual([]);
  expect(optionValue(0)).toBe(842_130_000);
  expect(Object.fromEntries(syncStatuses.map(({ name, value }) => [name, value]))).toEqual({
    "not-shared": 842_130_100,
    waiting: 842_130_101,
    synced: 842_130_102,
    retrying: 842_130_103,
    "needs-attention": 842_130_104,
    closed: 842_130_105,
  });
});

test("[HO6] every help code of Partner Center has one option, and none asks for nothing", () => {
  expect(Object.fromEntries(helpOptions.map(({ code, value }) => [code, value]))).toEqual({
    WorkloadSpecificValueProposition: 842_130_000,
    CustomerTechnicalArchitecture: 842_130_001,
    ProofOfConceptOrDemo: 842_130_002,
    QuotesOrLicensing: 842_130_003,
    PostSalesCustomerSuccess: 842_130_004,
    GeneralOrOther: 842_130_005,
  });
  expect(helpOptions.map(({ code }) => code)).toEqual([...helpCodes]);
  expect(helpCodes).not.toContain(NO_HELP_CODE);
  expect(syncStatuses.map(({ name }) => name)).toEqual([...syncStatusNames]);
});

test("[HO7] every text is there in every shipped language, without stray blanks", () => {
  const languages = Object.keys(languageCodes);
  expect(languageCodes).toEqual({ en: 1033, fr: 1036 });
  for (const { place, labels } of allLabels()) {
    expect([place, Object.keys(labels).sort()]).toEqual([place, languages.sort()]);
    for (const text of Object.values(labels))
      expect([place, text]).toEqual([place, expect.stringMatching(/^\S(.*\S)?$/)]);
  }
});

test("[HO7] within a form or a list no two texts are the same", () => {
  for (const group of [columns, helpOptions, syncStatuses]) {
    for (const language of ["en", "fr"] as const) {
      const texts = group.map(({ labels }) => labels[language]);
      expect(texts.filter((text, n) => texts.indexOf(text) !== n)).toEqual([]);
    }
  }
});

test("[HO8] the relay is called for every column the seller writes, and for none of its own", () => {
  const update = webhookSteps.find(({ message }) => message === "Update");
  const byWriter = (writer: "seller" | "relay") => columns.filter((column) => column.writer === writer);
  expect(update?.filteringColumns).toEqual(expect.arrayContaining(byWriter("seller").map((c) => c.logicalName)));
  const own: readonly string[] = byWriter("relay").map((column) => column.logicalName);
  expect(update?.filteringColumns.filter((name) => own.includes(name))).toEqual([]);
  expect(webhookSteps.map(({ message }) => message).sort()).toEqual(["Create", "Delete", "Update"]);
});

test("[CU1] environment variables have fixed names, are texts, and only the link has a value from the start", () => {
  const shapes = Object.entries(environmentVariables).map(([role, { schemaName, type }]) => [role, schemaName, type]);
  expect(shapes).toEqual([
    ["relayAddress", "cosell_RelayAddress", "text"],
    ["referralLink", "cosell_ReferralLink", "text"],
    ["supportAddress", "cosell_SupportAddress", "text"],
  ]);
  const valued = variables.filter(({ defaultValue }) => defaultValue !== null);
  expect(valued.map(({ schemaName }) => schemaName)).toEqual(["cosell_ReferralLink"]);
});

test("[CU1] the link to a referral is the same as the relay's own default", () => {
  const relays = settingTable.COSELL_REFERRAL_LINK;
  expect(environmentVariables.referralLink.defaultValue).toBe(relays.fallback);
  expect(environmentVariables.referralLink.defaultValue).toContain(REFERRAL_ID_PLACE);
});

test("[CU1] no environment variable holds a secret", () => {
  const secret = /secret|password|token|key|credential|mot de passe|jeton|cl[ée]\b/i;
  for (const { schemaName, description, labels } of variables) {
    expect([schemaName, secret.test([schemaName, labels.en, labels.fr, description.en].join(" "))]).toEqual([
      schemaName,
      false,
    ]);
  }
});

test("[CU3] the seller's role reads the co-sell solutions and grants nothing else", () => {
  const seller = securityRoles.find(({ key }) => key === "seller");
  expect(seller?.privileges).toEqual([{ name: "prvReadcosell_CoSellSolution", depth: "organisation" }]);
});

test("[CU3] no role deletes, assigns or shares, and every privilege is named once, in the order of its name", () => {
  expect(securityRoles.map(({ key }) => key)).toEqual(["relay", "seller"]);
  for (const { privileges } of securityRoles) {
    const names = privileges.map(({ name }) => name);
    expect(names.filter((name) => /^prv(Delete|Assign|Share)/.test(name))).toEqual([]);
    expect(names).toEqual([...new Set(names)].sort());
  }
});

test("[CU4] column security locks every column of the relay that is not part of an alternate key", () => {
  const keyed: readonly string[] = referralKey.columns;
  const relays = columns.filter(({ writer, logicalName }) => writer === "relay" && !keyed.includes(logicalName));
  expect(securedColumns).toEqual(relays.map(({ logicalName }) => logicalName));
  expect(securedColumns).toContain("cosell_syncstate");
  expect(securedColumns).not.toContain("cosell_referralidentifier");
});

test("[CU4] the relay's profile writes all of them, the readers' profile reads those on the form and writes none", () => {
  const [relay, reader] = columnSecurityProfiles;
  expect(relay).toMatchObject({ key: "relay", columns: securedColumns });
  expect(relay?.permissions).toEqual({ read: true, create: true, update: true });
  expect(reader?.permissions).toEqual({ read: true, create: false, update: false });
  expect(reader?.columns).toEqual(securedColumns.filter((name) => name !== "cosell_syncstate"));
});

test("[CU5] identifiers of roles and profiles are fixed and unique", () => {
  expect(securityIds).toEqual({
    relayRole: "1f62d117-ccce-422e-9ddd-96abb7dfbf69",
    sellerRole: "cc59d020-a052-46d1-921f-19ecbeaea214",
    relayProfile: "e37c29c5-3f0a-4c64-a73e-49388954297e",
    sellerProfile: "1c4e1539-f597-4849-9a84-f705bb0105a3",
  });
  const used = [...securityRoles, ...columnSecurityProfiles].map(({ id }) => id);
  expect(new Set(used)).toEqual(new Set(Object.values(securityIds)));
  expect(used).toHaveLength(4);
});
