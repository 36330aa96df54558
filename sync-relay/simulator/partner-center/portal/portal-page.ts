// The simulated portal: one page, no scripts, no outside assets. Referrals are grouped by engagement, with the forms
// with which a person plays the partner or Microsoft.

import { atPath } from "../../../src/core/json";
import { HELP_CODES } from "../create-referral";
import type { ReferralResource } from "../referral-resource";
import { MICROSOFT } from "../referral-template";
import { html, type Html } from "./html";

export interface PortalView {
  /** Newest engagement first; each with the partner's referral before Microsoft's. */
  readonly engagements: readonly (readonly ReferralResource[])[];
  /** What the last form led to. */
  readonly notice: { readonly kind: "done" | "failed"; readonly text: string } | null;
}

export function portalPage({ engagements, notice }: PortalView): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Partner Center (simulated)</title>
        <link rel="stylesheet" href="/portal.css" />
      </head>
      <body>
        <header>
          <h1>Partner Center <small>simulated</small></h1>
        </header>
        <main>
          ${notice === null ? [] : noticeLine(notice)} ${newDealForm()}
          <h2>Referrals</h2>
          ${engagements.length === 0 ? html`<p>No referrals yet.</p>` : engagements.map(engagementSection)}
        </main>
      </body>
    </html>`.text;
}

function noticeLine({ kind, text }: NonNullable<PortalView["notice"]>): Html {
  return kind === "failed"
    ? html`<p class="failed" role="alert">${text}</p>`
    : html`<p class="done" role="status">${text}</p>`;
}

function newDealForm(): Html {
  return html`<details class="card">
    <summary>New deal</summary>
    <form method="post" action="/portal/deals">
      ${field("new", "name", "Deal name", { required: true })}
      ${field("new", "customer", "Customer", { required: true })}
      ${field("new", "dealValue", "Deal value", { value: "10000", mode: "decimal" })}
      ${field("new", "currency", "Currency", { value: "USD" })}
      ${field("new", "closingDate", "Estimated close date", { type: "date" })}
      ${field("new", "externalReferenceId", "CRM id", {})} ${notesField("new", "")}
      <label for="new-help">How can Microsoft help?</label>
      <select id="new-help" name="helpCode">
        ${HELP_CODES.map((code) => html`<option value="${code}">${code === "Unknown" ? "No help required" : code}</option>`)}
      </select>
      <button>Create deal</button>
    </form>
  </details>`;
}

function engagementSection(referrals: readonly ReferralResource[]): Html {
  const id = referrals[0]?.engagementId ?? "";
  return html`<section class="card" aria-label="Engagement ${id}">
    <p class="faint">Engagement ${id}</p>
    ${referrals.map((referral) => (referral.organizationId === MICROSOFT.id ? microsoftPart(referral) : partnerPart(referral)))}
  </section>`;
}

function partnerPart(referral: ReferralResource): Html {
  const { id } = referral;
  return html`<article id="r-${id}">
    <h3>${show(referral, "name") || "(no name)"}</h3>
    ${summary(referral)} ${referral.status === "Closed" ? [] : html`${editForm(referral)} ${statusForm(referral)}`}
  </article>`;
}

function microsoftPart(referral: ReferralResource): Html {
  const { id, status } = referral;
  const forms = html`<form method="post" action="/portal/microsoft/${id}/accept">
      ${field(id, "microsoftCrmId", "MSX id", {})}
      <button>Accept as Microsoft</button>
    </form>
    <form method="post" action="/portal/microsoft/${id}/decline">
      ${field(id, "reason", "Reason", {})}
      <button>Decline as Microsoft</button>
    </form>`;
  return html`<article id="r-${id}" class="microsoft">
    <h3>Microsoft's referral</h3>
    ${summary(referral)} ${status === "New" ? forms : []}
  </article>`;
}

const SUMMARY = [
  ["Customer", "customerProfile.name"],
  ["Deal value", "details.dealValue"],
  ["Currency", "details.currency"],
  ["Estimated close date", "details.closingDateTime"],
  ["Notes", "details.notes"],
  ["Help", "inviteContext.assistanceRequestCode"],
  ["MSX id", "trackingInfo.microsoftMsxId"],
  ["CRM id", "externalReferenceId"],
  ["Reason", "statusReason"],
  ["Id", "id"],
  ["Updated", "updatedDateTime"],
] as const;

function summary(referral: ReferralResource): Html {
  const filled = SUMMARY.filter(([, path]) => show(referral, path) !== "");
  return html`<p><strong class="status">${referral.status} / ${referral.substatus}</strong></p>
    <dl>
      ${filled.map(
        ([label, path]) =>
          html`<div>
            <dt>${label}</dt>
            <dd>${show(referral, path)}</dd>
          </div>`,
      )}
    </dl>`;
}

function editForm(referral: ReferralResource): Html {
  const { id } = referral;
  const value = (path: string) => ({ value: show(referral, path) });
  return html`<form method="post" action="/portal/deals/${id}/edit">
    ${field(id, "name", "Deal name", value("name"))}
    ${field(id, "dealValue", "Deal value", { ...value("details.dealValue"), mode: "decimal" })}
    ${field(id, "currency", "Currency", value("details.currency"))}
    ${field(id, "closingDate", "Estimated close date", { type: "date", value: show(referral, "details.closingDateTime").slice(0, 10) })}
    ${notesField(id, show(referral, "details.notes"))}
    <button>Save</button>
  </form>`;
}

function statusForm({ id, status }: ReferralResource): Html {
  const choices = status === "New" ? ["Accepted", "Declined", "Expired"] : ["Won", "Lost", "Declined", "Expired"];
  return html`<form method="post" action="/portal/deals/${id}/status">
    <label for="${id}-substatus">Set status</label>
    <select id="${id}-substatus" name="substatus">
      ${choices.map((choice) => html`<option>${choice}</option>`)}
    </select>
    ${field(id, "reason", "Reason", {})}
    <button>Set status</button>
  </form>`;
}

interface FieldLook {
  readonly type?: "text" | "date";
  readonly mode?: "decimal";
  readonly value?: string;
  readonly required?: boolean;
}

function field(form: string, name: string, ...[label, look]: readonly [string, FieldLook]): Html {
  const id = `${form}-${name}`;
  const { type = "text", mode = "text", value = "", required = false } = look;
  const needed = required ? html` required` : html``;
  return html`<label for="${id}">${label}</label>
    <input id="${id}" name="${name}" type="${type}" inputmode="${mode}" value="${value}" ${needed} />`;
}

/** A browser drops one line break at the start of a text area, so there is one to drop. */
function notesField(form: string, value: string): Html {
  return html`<label for="${form}-notes">Notes</label>
    <textarea id="${form}-notes" name="notes" rows="3">${"\n"}${value}</textarea>`;
}

function show(referral: ReferralResource, path: string): string {
  const value = atPath(referral, path);
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
