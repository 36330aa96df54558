// What the visitor's form says, and the writes that bring an opportunity there. As on a real form, only columns that the
// visitor changed are written.

import type { Json, JsonObject } from "../../../src/core/json";
import { opportunityColumns } from "../../../../solution/schema/opportunity-columns";
import type { RecordAccess } from "../record-access";

/** The stages on the form, with the state and the status reason that each means. */
export const stages = [
  { value: "1", label: "In progress", state: 0 },
  { value: "2", label: "On hold", state: 0 },
  { value: "3", label: "Won", state: 1 },
  { value: "4", label: "Lost: canceled", state: 2 },
  { value: "5", label: "Lost: out-sold", state: 2 },
] as const;

const columns = {
  sync: opportunityColumns.sync.logicalName,
  help: opportunityColumns.help.logicalName,
  products: opportunityColumns.products.logicalName,
  visible: opportunityColumns.visible.logicalName,
};

/** The fields as text, the way a form sends them. */
export type OpportunityForm = Readonly<Record<(typeof fieldNames)[number], string>>;

/** Names of all form fields. */
export const fieldNames = [
  "name",
  "description",
  "value",
  "currency",
  "closeDate",
  "accountName",
  "accountCountry",
  "accountPostalCode",
  "contactFirstName",
  "contactLastName",
  "contactEmail",
  "contactPhone",
  "sync",
  "help",
  "products",
  "visible",
  "stage",
] as const;

/** Value of a ticked box. */
export const TICKED = "yes";

/** Which column of which row a text field shows. */
const textColumns = {
  name: "name",
  description: "description",
  value: "estimatedvalue",
  currency: "_transactioncurrencyid_value",
  closeDate: "estimatedclosedate",
  help: columns.help,
  products: columns.products,
  stage: "statuscode",
} as const;

const accountColumns = {
  accountName: "name",
  accountCountry: "address1_country",
  accountPostalCode: "address1_postalcode",
} as const;

const contactColumns = {
  contactFirstName: "firstname",
  contactLastName: "lastname",
  contactEmail: "emailaddress1",
  contactPhone: "telephone1",
} as const;

/** A form from posted pairs; what is missing is empty. */
export function parseForm(body: string): OpportunityForm {
  const posted = new URLSearchParams(body);
  return formWith((name) => (posted.get(name) ?? "").replaceAll("\r\n", "\n").trim());
}

/** The form that shows an opportunity; an empty one for none. */
export function formOf(records: RecordAccess, row: JsonObject | undefined): OpportunityForm {
  const shown: Readonly<Record<string, string>> = {
    ...textsIn(row, textColumns),
    ...textsIn(related(records, "accounts", row?.["_parentaccountid_value"]), accountColumns),
    ...textsIn(related(records, "contacts", row?.["_parentcontactid_value"]), contactColumns),
    sync: row?.[columns.sync] === true ? TICKED : "",
    visible: row?.[columns.visible] === true ? TICKED : "",
    ...(row ? {} : { stage: stages[0].value }),
  };
  return formWith((name) => shown[name] ?? "");
}

function formWith(valueOf: (name: (typeof fieldNames)[number]) => string): OpportunityForm {
  return Object.fromEntries(fieldNames.map((name) => [name, valueOf(name)])) as OpportunityForm;
}

function textsIn(row: JsonObject | undefined, fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, column]) => [name, text(row?.[column])]));
}

/** Creates or changes an opportunity so that it says what the form says; returns its id. Refusals are thrown. */
export function saveForm(records: RecordAccess, id: string | null, form: OpportunityForm): string {
  const stage = stages.find((one) => one.value === form.stage) ?? stages[0];
  const staysOpen = stage.state === 0 ? { statuscode: Number(stage.value) } : {};
  return records.atomic(() => {
    const empty = formOf(records, undefined);
    if (id === null) {
      const created = records.create("opportunities", { ...changes(records, empty, form), ...staysOpen });
      closeAs(records, created, stage);
      return created;
    }
    const stored = records.read("opportunities", id);
    const before = formOf(records, stored);
    const moves = form.stage !== before.stage;
    const wasOpen = stored?.["statecode"] === 0;
    if (moves && !wasOpen && stage.state === 0) {
      records.update("opportunities", { id, body: { statecode: 0, ...staysOpen } });
    }
    update(records, id, { ...changes(records, before, form), ...(moves && wasOpen ? staysOpen : {}) });
    if (moves) closeAs(records, id, stage);
    return id;
  });
}

function update(records: RecordAccess, id: string, body: JsonObject): void {
  if (Object.keys(body).length > 0) records.update("opportunities", { id, body });
}

function closeAs(records: RecordAccess, id: string, stage: (typeof stages)[number]): void {
  if (stage.state === 0) return;
  records.close(id, stage.state === 1 ? "won" : "lost", { status: Number(stage.value) });
}

type Write = (form: OpportunityForm, records: RecordAccess) => JsonObject;

/** What is written when one of the fields has changed. */
const writes: readonly { readonly fields: readonly (keyof OpportunityForm)[]; readonly write: Write }[] = [
  { fields: ["name"], write: ({ name }) => ({ name }) },
  { fields: ["description"], write: ({ description }) => ({ description }) },
  { fields: ["value"], write: ({ value }) => ({ estimatedvalue: value === "" ? null : Number(value) }) },
  { fields: ["currency"], write: ({ currency }) => currencyBind(currency) },
  { fields: ["closeDate"], write: ({ closeDate }) => ({ estimatedclosedate: closeDate }) },
  { fields: ["sync"], write: ({ sync }) => ({ [columns.sync]: sync === TICKED }) },
  { fields: ["visible"], write: ({ visible }) => ({ [columns.visible]: visible === TICKED }) },
  { fields: ["help"], write: ({ help }) => ({ [columns.help]: help === "" ? null : Number(help) }) },
  { fields: ["products"], write: ({ products }) => ({ [columns.products]: products }) },
  {
    fields: ["accountName", "accountCountry", "accountPostalCode"],
    write: (form, records) => ({ "parentaccountid@odata.bind": saveAccount(records, form) }),
  },
  {
    fields: ["contactFirstName", "contactLastName", "contactEmail", "contactPhone"],
    write: (form, records) => ({ "parentcontactid@odata.bind": saveContact(records, form) }),
  },
];

function changes(records: RecordAccess, before: OpportunityForm, form: OpportunityForm): JsonObject {
  const changed = writes.filter(({ fields }) => fields.some((name) => before[name] !== form[name]));
  return Object.assign({}, ...changed.map(({ write: one }) => one(form, records))) as JsonObject;
}

/** A form without a currency leaves the choice to the platform. */
function currencyBind(currency: string): JsonObject {
  return currency === "" ? {} : { "transactioncurrencyid@odata.bind": `/transactioncurrencies(${currency})` };
}

/** The account of that name, created or brought up to date. */
function saveAccount(records: RecordAccess, form: OpportunityForm): string | null {
  if (form.accountName === "") return null;
  const body = {
    name: form.accountName,
    address1_country: form.accountCountry,
    address1_postalcode: form.accountPostalCode,
  };
  const found = records.list("accounts").find((row) => row["name"] === form.accountName);
  return `/accounts(${save(records, "accounts", { id: text(found?.["accountid"]), body })})`;
}

/** The contact with that e-mail address or name, created or brought up to date. */
function saveContact(records: RecordAccess, form: OpportunityForm): string | null {
  if (form.contactLastName === "" && form.contactFirstName === "" && form.contactEmail === "") return null;
  const body = {
    firstname: form.contactFirstName,
    lastname: form.contactLastName,
    emailaddress1: form.contactEmail,
    telephone1: form.contactPhone,
  };
  const found = records
    .list("contacts")
    .find((row) => (form.contactEmail === "" ? hasName(row, form) : row["emailaddress1"] === form.contactEmail));
  return `/contacts(${save(records, "contacts", { id: text(found?.["contactid"]), body })})`;
}

function hasName(contact: JsonObject, form: OpportunityForm): boolean {
  return text(contact["firstname"]) === form.contactFirstName && text(contact["lastname"]) === form.contactLastName;
}

function save(records: RecordAccess, set: string, row: { id: string; body: JsonObject }): string {
  if (row.id === "") return records.create(set, row.body);
  records.update(set, row);
  return row.id;
}

function related(records: RecordAccess, set: string, id: Json | undefined): JsonObject | undefined {
  return typeof id === "string" ? records.read(set, id) : undefined;
}

function text(value: Json | undefined): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
