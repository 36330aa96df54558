import { helpOptions } from "../../solution/schema/help-options";
import { shownRoles } from "../../pcf-control/CoSellSection/model/field-names";
import type { PanelModel } from "../../pcf-control/CoSellSection/model/panel-model";
import { modelOf } from "./model-of";
import { someHelp, states, statusValue } from "./states";

const synced = states["synced"]?.values ?? {};

function rolesIn(model: PanelModel): readonly string[] {
  const { sync, help, visible, products, referralId, referralLink, audit, facts, status } = model;
  const fields = [sync, help, visible, products, referralId, referralLink, audit, ...facts];
  return [...fields.flatMap((field) => field?.role ?? []), ...(status === null ? [] : ["syncStatus"])];
}

const withOwnPlace = shownRoles.filter((role) => role !== "syncMessage" && role !== "lastSyncedOn");

test("[PF3] a fully bound section shows every field", () => {
  expect([...rolesIn(modelOf({ values: synced }))].sort()).toEqual([...withOwnPlace].sort());
});

test.each(withOwnPlace.map((role) => [role]))("[PF3] %s is not shown when it is not bound, or hidden", (role) => {
  expect(rolesIn(modelOf({ values: synced, unbound: [role] }))).not.toContain(role);
  expect(rolesIn(modelOf({ values: synced, hiddenFields: `nothing, ${role.toUpperCase()}` }))).not.toContain(role);
});

test("[PF3] fields may be hidden by the logical names of their columns", () => {
  const model = modelOf({ values: synced, hiddenFields: "cosell_audit; cosell_referrallink" });
  expect([model.audit, model.referralLink]).toEqual([null, null]);
  expect(model.referralId).not.toBeNull();
});

test("[PF3] what is hidden is not told by the status line either", () => {
  const needs = { ...synced, syncStatus: statusValue("needs-attention"), syncMessage: "Secret." };
  expect(modelOf({ values: needs, hiddenFields: "syncMessage" }).status?.details).toEqual([]);
  expect(modelOf({ values: synced, hiddenFields: "lastSyncedOn" }).status?.title).toBe("Synced");
});

test.each([
  ["new record", "not-shared", "Not shared with Partner Center"],
  ["not shared", "not-shared", "Not shared with Partner Center"],
  [
    "switched on, not saved",
    "after-save",
    "Waiting: sharing starts once the opportunity is saved and takes a few seconds; use Refresh to see the result",
  ],
  ["waiting", "waiting", "Waiting"],
  ["synced", "synced", "Synced at 2026-11-23 09:00"],
  ["retrying", "retrying", "Retrying"],
  ["needs attention", "needs-attention", "Needs you"],
  ["closed", "closed", "Closed"],
  ["switched off", "stopped", "Sync is off: nothing more is sent once the opportunity is saved"],
  ["unknown status", "unknown", "Unknown sync status"],
])("[PF4] %s reads %s", (name, state, title) => {
  expect(modelOf(states[name]).status).toMatchObject({ state, title });
});

test("[PF4] what the seller must do is told sentence by sentence", () => {
  expect(modelOf(states["needs attention"]).status?.details).toEqual(["Add the currency.", "Add the close date."]);
  expect(modelOf(states["closed"]).status?.details).toEqual(["Closed / Won"]);
});

test("[PF4] an old message is not told of a state that the relay did not write", () => {
  const off = { ...synced, sync: false, syncStatus: statusValue("retrying"), syncMessage: "Out of reach." };
  expect(modelOf({ values: off }).status).toMatchObject({ state: "stopped", details: [] });
});

test("[PF4] a status that the user may not read is not told", () => {
  const security = { readable: false, editable: false, secured: true };
  expect(modelOf({ values: synced, properties: { syncStatus: { security } } }).status).toBeNull();
});

test("[PF4] without the referral's identifier the status tells whether there is a referral", () => {
  const unbound = ["referralId"] as const;
  expect(modelOf({ values: synced, unbound }).readiness).toBeNull();
  expect(modelOf({ values: { sync: true }, unbound }).readiness).not.toBeNull();
});

test.each([
  [{}, "Private", "Nothing: the deal is registered in your own Partner Center account only."],
  [
    { visible: true },
    "Partner-led",
    "The deal, its customer and its value: Microsoft sellers can see it, and you lead it.",
  ],
  [{ help: someHelp }, "Co-sell", "The deal, its customer, the customer contact and your request for help."],
])("[PF5] choices %j make the deal %s", (choices, type, sees) => {
  const deal = modelOf({ values: { sync: true, ...choices } }).deal;
  expect(deal?.steps.filter(({ current }) => current).map(({ text }) => text)).toEqual([type]);
  expect(deal?.sees).toBe(sees);
});

test("[PF6] the list of what is missing asks for no field that is hidden", () => {
  const shown = modelOf({ values: { sync: false } }).readiness?.items.length;
  const hidden = modelOf({ values: { sync: false }, hiddenFields: "products, sync" });
  expect([shown, hidden.readiness?.items]).toEqual([2, []]);
});

test("[PF5] with the switch off nothing, or nothing more, is said to be sent", () => {
  expect(modelOf({ values: { sync: false, help: someHelp } }).deal?.sees).toMatch(/^Nothing:/);
  expect(modelOf(states["switched off"]).deal?.sees).toMatch(/^What was already shared;/);
  expect(modelOf(states["closed"]).deal?.sees).toMatch(/can no longer be changed/);
});

test("[PF5] no deal type is claimed when a choice is not known", () => {
  const security = { readable: false, editable: false, secured: true };
  expect(modelOf({ properties: { help: { security } } }).deal).toBeNull();
  expect(modelOf({ unbound: ["visible"] }).deal).toBeNull();
  expect(modelOf({ unbound: ["visible"], values: { help: someHelp } }).deal).not.toBeNull();
});

test("[PF6] the list says what is missing and what is done", () => {
  expect(modelOf({}).readiness?.items).toEqual([
    { text: "At least one product", done: false },
    { text: "Sync with Partner Center set to Yes", done: false },
  ]);
  expect(modelOf(states["switched on, not saved"]).readiness?.items.every(({ done }) => done)).toBe(true);
  expect(modelOf(states["wrong products"]).readiness?.items[0]).toEqual({
    text: "Only valid solution ids among the products",
    done: false,
  });
});

test("[PF6] the list holds what the relay found, and is gone once there is a referral", () => {
  const items = modelOf(states["not ready"]).readiness?.items ?? [];
  expect(items.filter(({ done }) => !done).map(({ text }) => text)).toEqual([
    "At least one product",
    "Add the currency.",
    "Add the close date.",
  ]);
  expect(modelOf({ values: synced }).readiness).toBeNull();
  expect(modelOf(states["closed"]).readiness).toBeNull();
});

test("[PF6] a co-sell needs a customer contact too", () => {
  expect(modelOf({}).readiness?.also).not.toContain("contact");
  expect(modelOf({ values: { help: someHelp } }).readiness?.also).toContain("customer contact");
});

test("[PF7] labels and options are those of the host", () => {
  const attributes = { DisplayName: "Share it", Options: [option(0, "Never"), option(1, "Always")] };
  const help = { attributes: { DisplayName: "Help?", Options: [option(7, "Seven")] } };
  const model = modelOf({ values: { help: 7 }, properties: { sync: { attributes }, help } as never });
  expect(model.sync).toMatchObject({ label: "Share it", yes: "Always", no: "Never" });
  expect(model.help).toMatchObject({ label: "Help?", text: "Seven", options: [{ value: 7, label: "Seven" }] });
});

test.each([
  [1033, "en", "Sync with Partner Center", "Yes"],
  [1036, "fr", "Synchroniser avec l’espace partenaires", "Oui"],
] as const)(
  "[PF7] without metadata the shipped texts stand in for language %i",
  (languageCode, language, label, yes) => {
    const model = modelOf({ languageCode });
    expect(model.sync).toMatchObject({ label, yes });
    expect(model.help?.options).toEqual(helpOptions.map(({ value, labels }) => ({ value, label: labels[language] })));
  },
);

test("[PF7] a value that no list knows is kept", () => {
  expect(modelOf({ values: { help: 99 } }).help).toMatchObject({ value: 99, text: "99" });
});

test.each([
  ["New / Pending", 3.5, "3 days left"],
  ["New / Pending", 1.5, "1 day left"],
  ["New / Pending", 0.5, "Less than a day left"],
  ["New / Pending", -1, "Expired"],
  ["New / Pending", 40, null],
  ["Active / Accepted", 3.5, null],
  ["Closed / Expired", -1, null],
])("[PF10] a referral that is %s and ends in %d days says %j", (referralStatus, days, note) => {
  const expiresOn = new Date(Date.parse("2026-11-23T10:00:00Z") + days * 86_400_000);
  const fact = modelOf({ values: { ...synced, referralStatus, expiresOn } }).facts.find(
    ({ role }) => role === "expiresOn",
  );
  expect(fact?.note).toBe(note);
});

test("[PF4] the switch says what it does as long as the status line does not", () => {
  expect(modelOf({}).sync?.note).toMatch(/^Set to Yes/);
  expect(modelOf({ values: { sync: true } }).sync?.note).toBeNull();
  expect(modelOf({ values: synced }).sync?.note).toMatch(/^No stops the updates/);
});

test("[PF15] a read-only form, a column that may not be edited and a disabled field are read-only", () => {
  const locked = { security: { readable: true, editable: false, secured: true } };
  const options = {
    values: { sync: true },
    properties: { help: locked },
    disabledFields: "products, cosell_visibletomicrosoft",
  };
  const model = modelOf(options);
  expect([model.sync, model.help, model.visible, model.products].map((field) => field?.access)).toEqual([
    "editable",
    "read-only",
    "read-only",
    "read-only",
  ]);
  const disabled = modelOf({ disabled: true });
  expect([disabled.sync, disabled.help, disabled.products].map((field) => field?.access)).toEqual(
    Array(3).fill("read-only"),
  );
});

test("[PF15] a column that may not be read shows no value", () => {
  const model = modelOf(states["secured columns"]);
  expect(model.products).toMatchObject({ access: "masked", entries: [] });
  expect(model.help).toMatchObject({ access: "masked", value: null });
  expect(model.referralId).toMatchObject({ access: "masked", text: "" });
  expect(JSON.stringify(model)).not.toContain("****");
});

function option(Value: number, Label: string) {
  return { Value, Label, Color: "" };
}
