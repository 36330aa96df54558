import type { Json, JsonObject } from "../../../src/core/json";
import { helpOptions } from "../../../../solution/schema/help-options";
import { opportunityColumns } from "../../../../solution/schema/opportunity-columns";
import { syncStatuses } from "../../../../solution/schema/sync-status";
import { html, type Markup } from "../../page/html";
import { renderPage } from "../../page/page-layout";
import type { RecordAccess } from "../record-access";
import { stages, TICKED, type OpportunityForm } from "./opportunity-form";

/** How often the list reloads itself, seconds: short enough to watch the sync at work. */
const REFRESH_SECONDS = 3;

/** The list of opportunities, newest first. */
export function listView(records: RecordAccess, refresh: { readonly every: "never" | "few-seconds" }): string {
  const rows = [...records.list("opportunities")].sort((a, b) =>
    text(b["createdon"]).localeCompare(text(a["createdon"])),
  );
  const live = refresh.every === "few-seconds";
  const link = live ? html`<a href="/">Stop refreshing</a>` : html`<a href="/?refresh=1">Refresh by itself</a>`;
  return renderPage({
    title: "Opportunities",
    refreshSeconds: live ? REFRESH_SECONDS : null,
    body: html`<p class="actions"><a class="button" href="/opportunities/new">New opportunity</a> ${link}</p>
      ${rows.length === 0 ? html`<p>No opportunities yet.</p>` : listTable(records, rows)}`,
  });
}

function listTable(records: RecordAccess, rows: readonly JsonObject[]): Markup {
  return html`<div class="table">
    <table>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Account</th>
          <th scope="col">Value</th>
          <th scope="col">Close date</th>
          <th scope="col">Stage</th>
          <th scope="col">Sync</th>
          <th scope="col">Sync status</th>
          <th scope="col">Referral</th>
          <th scope="col">Referral status</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => listRow(records, row))}
      </tbody>
    </table>
  </div>`;
}

function listRow(records: RecordAccess, row: JsonObject): Markup {
  const { sync, syncStatus, referralId, referralStatus } = opportunityColumns;
  const account = related(records, "accounts", row["_parentaccountid_value"]);
  const currency = related(records, "transactioncurrencies", row["_transactioncurrencyid_value"]);
  const value = row["estimatedvalue"];
  const money =
    typeof value === "number" ? `${value.toLocaleString("en-US")} ${text(currency?.["isocurrencycode"])}` : "";
  return html`<tr>
    <td><a href="/opportunities/${text(row["opportunityid"])}">${text(row["name"]) || "(no name)"}</a></td>
    <td>${text(account?.["name"])}</td>
    <td class="number">${money}</td>
    <td class="short">${text(row["estimatedclosedate"])}</td>
    <td class="short">${stages.find((stage) => stage.value === text(row["statuscode"]))?.label ?? ""}</td>
    <td class="short">${row[sync.logicalName] === true ? "✔ Yes" : "No"}</td>
    <td class="short">
      ${syncStatuses.find((status) => status.value === row[syncStatus.logicalName])?.labels.en ?? ""}
    </td>
    <td>${text(row[referralId.logicalName])}</td>
    <td>${text(row[referralStatus.logicalName])}</td>
  </tr>`;
}

/** What the form page shows. */
export interface FormView {
  readonly form: OpportunityForm;
  /** The opportunity as stored; undefined for a new one. */
  readonly row: JsonObject | undefined;
  /** Why the last save was refused. */
  readonly refusal: string | null;
}

/** The form of one opportunity, new or stored. */
export function formView(records: RecordAccess, view: FormView): string {
  const id = text(view.row?.["opportunityid"]);
  const action = id === "" ? "/opportunities" : `/opportunities/${id}`;
  const closed = view.row !== undefined && view.row["statecode"] !== 0;
  const refusal = view.refusal === null ? null : html`<p class="notice" role="alert">${view.refusal}</p>`;
  const hint = closed
    ? html`<p class="notice">This opportunity is closed. Choose an open stage to reopen it.</p>`
    : null;
  return renderPage({
    title: id === "" ? "New opportunity" : text(view.row?.["name"]) || "(no name)",
    refreshSeconds: null,
    body: html`${refusal} ${hint}
      <form class="fields" method="post" action="${action}">
        ${dealFields(records, view.form)} ${customerFields(view.form)} ${coSellFields(view.form)}
        <p class="actions"><button type="submit">Save</button> <a href="/">Back to the list</a></p>
      </form>
      ${view.row ? storedParts(view.row, id) : null}`,
  });
}

function dealFields(records: RecordAccess, form: OpportunityForm): Markup {
  const currencies = records.list("transactioncurrencies").map((row) => ({
    value: text(row["transactioncurrencyid"]),
    label: text(row["isocurrencycode"]),
  }));
  return html`<h2>Deal</h2>
    ${input(form, "name", { label: "Name", required: true })}
    ${input(form, "value", { label: "Value", type: "number" })}
    ${select(form, "currency", { label: "Currency", options: currencies })}
    ${input(form, "closeDate", { label: "Close date", type: "date" })}
    ${select(form, "stage", { label: "Stage", options: stages })} ${area(form, "description", "Description")}`;
}

function customerFields(form: OpportunityForm): Markup {
  return html`<h2>Customer</h2>
    ${input(form, "accountName", { label: "Account" })} ${input(form, "accountCountry", { label: "Country" })}
    ${input(form, "accountPostalCode", { label: "Postal code" })}
    ${input(form, "contactFirstName", { label: "Contact first name" })}
    ${input(form, "contactLastName", { label: "Contact last name" })}
    ${input(form, "contactEmail", { label: "Contact e-mail", type: "email" })}
    ${input(form, "contactPhone", { label: "Contact phone", type: "tel" })}`;
}

function coSellFields(form: OpportunityForm): Markup {
  const help = [
    { value: "", label: "No help" },
    ...helpOptions.map((option) => ({ value: String(option.value), label: option.labels.en })),
  ];
  return html`<h2>Co-sell with Microsoft</h2>
    ${check(form, "sync", opportunityColumns.sync.labels.en)}
    ${check(form, "visible", opportunityColumns.visible.labels.en)}
    ${select(form, "help", { label: opportunityColumns.help.labels.en, options: help })}
    ${area(form, "products", opportunityColumns.products.labels.en)}`;
}

type FieldName = keyof OpportunityForm;

function input(
  form: OpportunityForm,
  name: FieldName,
  field: { label: string; type?: "text" | "number" | "date" | "email" | "tel"; required?: boolean },
): Markup {
  const kind = field.type ?? "text";
  const step = kind === "number" ? html` step="0.01" min="0"` : null;
  const required = field.required === true ? html` required` : null;
  return html`<div>
    <label for="${name}">${field.label}</label>
    <input id="${name}" name="${name}" type="${kind}" value="${form[name]}" ${step}${required} />
  </div>`;
}

function select(
  form: OpportunityForm,
  name: FieldName,
  field: { label: string; options: readonly { value: string; label: string }[] },
): Markup {
  const options = field.options.map(({ value, label }) =>
    value === form[name]
      ? html`<option value="${value}" selected>${label}</option>`
      : html`<option value="${value}">${label}</option>`,
  );
  return html`<div>
    <label for="${name}">${field.label}</label>
    <select id="${name}" name="${name}">
      ${options}
    </select>
  </div>`;
}

function check(form: OpportunityForm, name: FieldName, label: string): Markup {
  const checked = form[name] === TICKED ? html` checked` : null;
  return html`<div class="check">
    <input id="${name}" name="${name}" type="checkbox" value="${TICKED}" ${checked} />
    <label for="${name}">${label}</label>
  </div>`;
}

function area(form: OpportunityForm, name: FieldName, label: string): Markup {
  return html`<div>
    <label for="${name}">${label}</label>
    <textarea id="${name}" name="${name}" rows="2">${`\n${form[name]}`}</textarea>
  </div>`;
}

/** What the relay wrote, and the way to delete the row. */
function storedParts(row: JsonObject, id: string): Markup {
  const written = Object.values(opportunityColumns).filter((column) => column.writer === "relay" && column.shown);
  return html`<h2>Written by the relay</h2>
    <dl>
      ${written.map(
        (column) =>
          html`<dt>${column.labels.en}</dt>
            <dd>${shown(column.logicalName, row)}</dd>`,
      )}
    </dl>
    <form method="post" action="/opportunities/${id}/delete">
      <p class="actions"><button class="quiet" type="submit">Delete this opportunity</button></p>
    </form>`;
}

function shown(column: string, row: JsonObject): string {
  if (column !== opportunityColumns.syncStatus.logicalName) return text(row[column]);
  return syncStatuses.find((status) => status.value === row[column])?.labels.en ?? "";
}

function related(records: RecordAccess, set: string, id: Json | undefined): JsonObject | undefined {
  return typeof id === "string" ? records.read(set, id) : undefined;
}

function text(value: Json | undefined): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
