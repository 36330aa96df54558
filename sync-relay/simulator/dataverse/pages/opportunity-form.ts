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

/** A form from posted pairs; what is missing is empty. */
export function parseForm(body: string): OpportunityForm {
  const posted = new URLSearchParams(body);
  const entries = fieldNames.map((name) => [name, (posted.get(name) ?? "").replaceAll("\r\n", "\n").trim()]);
  return Object.fromEntries(entries) as OpportunityForm;
}

/** The form that shows an opportunity; an empty one for none. */
export function formOf(records: RecordAccess, row: JsonObject | undefined): OpportunityForm {
  const account = related(records, "accounts", row?.["_parentaccountid_value"]);
  const contact = related(records, "contacts", row?.["_parentcontactid_value"]);
  return {
    name: text(row?.["name"]),
    description: text(row?.["description"]),
    value: text(row?.["estimatedvalue"]),
    currency: text(row?.["_transactioncurrencyid_value"]),
    closeDate: text(row?.["estimatedclosedate"]),
    accountName: text(account?.["name"]),
    accountCountry: text(account?.["address1_country"]),
    accountPostalCode: text(account?.["address1_postalcode"]),
    contactFirstName: text(contact?.["firstname"]),
    contactLastName: text(contact?.["lastname"]),
    contactEmail: text(contact?.["emailaddress1"]),
    contactPhone: text(contact?.["telephone1"]),
    sync: row?.[columns.sync] === true ? TICKED : "",
    help: text(row?.[columns.help]),
    products: text(row?.[columns.products]),
    visible: row?.[columns.visible] === true ? TICKED : "",
    stage: text(row?.["statuscode"]) || "1",
  };
}

/** Creates or changes an opportunity so that it says what the form says; returns its id. Refusals are thrown. */
export function saveForm(records: RecordAccess, id: string | null, form: OpportunityForm): string {
  return records.atomic(() => {
    if (id === null) return create(records, form);
    const row = records.read("opportunities", id);
    const before = formOf(records, row);
    const wasOpen = row?.["statecode"] === 0;
    const stageChanged = form.stage !== before.stage;
    const opens = !wasOpen && stageChanged && stageOf(form).state === 0;
    if (opens) records.update("opportunities", { id, body: { statecode: 0, statuscode: Number(form.stage) } });
    const body = changes(records, before, form);
    if (wasOpen && stageChanged && stageOf(form).state === 0) body["statuscode"] = Number(form.stage);
    if (Object.keys(body).length > 0) records.update("opportunities", { id, body });
    if (stageChanged) close(records, id, form);
    return id;
  });
}

function create(records: RecordAccess, form: OpportunityForm): string {
  const body = changes(records, formOf(records, undefined), form);
  if (stageOf(form).state === 0) body["statuscode"] = Number(form.stage);
  const id = records.create("opportunities", body);
  close(records, id, form);
  return id;
}

function close(records: RecordAccess, id: string, form: OpportunityForm): void {
  const { state } = stageOf(form);
  if (state === 0) return;
  records.close(id, state === 1 ? "won" : "lost", { status: Number(form.stage) });
}

function stageOf(form: OpportunityForm): (typeof stages)[number] {
  return stages.find((stage) => stage.value === form.stage) ?? stages[0];
}

function changes(records: RecordAccess, before: OpportunityForm, form: OpportunityForm): Record<string, Json> {
  const body: Record<string, Json> = {};
  const changed = (...names: readonly (typeof fieldNames)[number][]): boolean =>
    names.some((name) => before[name] !== form[name]);
  if (changed("name")) body["name"] = form.name;
  if (changed("description")) body["description"] = form.description;
  if (changed("value")) body["estimatedvalue"] = form.value === "" ? null : Number(form.value);
  if (changed("currency") && form.currency !== "") {
    body["transactioncurrencyid@odata.bind"] = `/transactioncurrencies(${form.currency})`;
  }
  if (changed("closeDate")) body["estimatedclosedate"] = form.closeDate;
  if (changed("sync")) body[columns.sync] = form.sync === TICKED;
  if (changed("help")) body[columns.help] = form.help === "" ? null : Number(form.help);
  if (changed("products")) body[columns.products] = form.products;
  if (changed("visible")) body[columns.visible] = form.visible === TICKED;
  if (changed("accountName", "accountCountry", "accountPostalCode")) {
    body["parentaccountid@odata.bind"] = saveAccount(records, form);
  }
  if (changed("contactFirstName", "contactLastName", "contactEmail", "contactPhone")) {
    body["parentcontactid@odata.bind"] = saveContact(records, form);
  }
  return body;
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
    .find((row) =>
      form.contactEmail === ""
        ? text(row["firstname"]) === form.contactFirstName && text(row["lastname"]) === form.contactLastName
        : row["emailaddress1"] === form.contactEmail,
    );
  return `/contacts(${save(records, "contacts", { id: text(found?.["contactid"]), body })})`;
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
