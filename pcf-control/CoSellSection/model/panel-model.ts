// The section as the seller sees it, made of what the host says: which fields are there, what they read, which may be
// changed, and what is said about them. Every text is final; the components only draw.

import { helpOptions } from "../../../solution/schema/help-options";
import { languageCodes } from "../../../solution/schema/labels";
import { auditEntries, type AuditEntry } from "./audit-trail";
import { dealLine, type DealLine } from "./deal-line";
import { expiryNote } from "./expiry";
import { fieldState, type Field, type FieldRules } from "./field-state";
import { namedRoles } from "./field-names";
import type { Column, Columns, HostState, Option, Role } from "./host-state";
import { helpLock, productsLock, visibleLock, type Lock, type SentChoices } from "./one-way";
import { readiness, type Readiness } from "./readiness";
import { safeLink } from "./safe-link";
import { solutionEntries, type SolutionEntry } from "./solution-ids";
import type { Say, StringId } from "./strings";
import { isClosed, isLinked, statusLine, type StatusLine } from "./sync-state";
import { formatDateTime } from "./time-format";

export interface YesNoField extends Field {
  readonly value: boolean;
  readonly yes: string;
  readonly no: string;
}

export interface ChoiceField extends Field {
  readonly value: number | null;
  /** Label of the value; that of "no help" when there is none. */
  readonly text: string;
  readonly options: readonly Option[];
}

export interface ProductsField extends Field {
  readonly entries: readonly SolutionEntry[];
  /** Characters that the column holds; null when the host does not say. */
  readonly maxLength: number | null;
}

/** A value that the relay writes. */
export interface Fact extends Field {
  readonly text: string;
}

export interface LinkFact extends Fact {
  /** The address to open; null when the text is none that may be opened. */
  readonly href: string | null;
}

export interface AuditField extends Field {
  readonly entries: readonly AuditEntry[];
}

/** The whole section. What is null is not shown. */
export interface PanelModel {
  readonly status: StatusLine | null;
  readonly sync: YesNoField | null;
  readonly deal: DealLine | null;
  readonly help: ChoiceField | null;
  readonly visible: YesNoField | null;
  readonly products: ProductsField | null;
  readonly readiness: Readiness | null;
  readonly referralId: Fact | null;
  readonly referralLink: LinkFact | null;
  readonly facts: readonly Fact[];
  readonly audit: AuditField | null;
}

/** What the model is made of. */
export interface PanelParts {
  readonly host: HostState;
  /** The host's columns with the edits that it does not show yet. */
  readonly columns: Columns;
  readonly sent: SentChoices;
  readonly say: Say;
}

export function panelModel(parts: PanelParts): PanelModel {
  const { host, columns, say } = parts;
  const hidden = namedRoles(host.hiddenFields);
  const shown = <T>(role: Role, make: () => T): T | null => {
    return columns[role].bound && !hidden.has(role) ? make() : null;
  };
  return {
    status: shown("syncStatus", () => statusLine(host, withoutHidden(columns, hidden), say)),
    sync: shown("sync", () => yesNo("sync", parts, syncRules(parts))),
    deal: dealLine(columns, say),
    help: shown("help", () => helpField(parts)),
    visible: shown("visible", () => yesNo("visible", parts, visibleRules(parts))),
    products: shown("products", () => productsField(parts)),
    readiness: readiness(onlyShown(columns, hidden), say),
    referralId: shown("referralId", () => fact("referralId", parts)),
    referralLink: shown("referralLink", () => linkFact(parts)),
    facts: [
      shown("referralStatus", () => fact("referralStatus", parts)),
      shown("expiresOn", () => expiresOn(parts)),
      shown("microsoftCrmId", () => fact("microsoftCrmId", parts)),
    ].filter((each) => each !== null),
    audit: shown("audit", () => auditField(parts)),
  };
}

/** The seller is not asked for a field that is not there. */
function onlyShown(columns: Columns, hidden: ReadonlySet<Role>): Columns {
  const { sync, products } = columns;
  return {
    ...columns,
    sync: { ...sync, bound: sync.bound && !hidden.has("sync") },
    products: { ...products, bound: products.bound && !hidden.has("products") },
  };
}

/** A message or a time that the customiser hides is not told by the status line either. */
function withoutHidden(columns: Columns, hidden: ReadonlySet<Role>): Columns {
  const blank = <T>(role: Role, column: Column<T>): Column<T> => {
    return hidden.has(role) ? { ...column, value: null, formatted: "" } : column;
  };
  return {
    ...columns,
    syncMessage: blank("syncMessage", columns.syncMessage),
    lastSyncedOn: blank("lastSyncedOn", columns.lastSyncedOn),
    referralStatus: blank("referralStatus", columns.referralStatus),
  };
}

function syncRules({ columns, say }: PanelParts): FieldRules {
  // A closed referral gets no updates that the switch could stop.
  if (isClosed(columns)) return { note: null, locked: null };
  if (isLinked(columns)) return { note: say("sync_note_linked"), locked: null };
  // Once it is set, the status line says what comes next.
  return { note: columns.sync.value === true ? null : say("sync_note"), locked: null };
}

function visibleRules({ columns, sent, say }: PanelParts): FieldRules {
  const lock = visibleLock(columns, sent);
  return {
    locked: lockText(lock, "locked_sent_visible", say),
    note: say(columns.visible.value === true ? "one_way_unsent" : "one_way_visible"),
  };
}

function lockText(lock: Lock | null, sentText: StringId, say: Say): string | null {
  if (lock === null) return null;
  const texts: { readonly [L in Lock]: StringId } = {
    closed: "locked_closed",
    sent: sentText,
    "by-help": "locked_by_help",
  };
  return say(texts[lock]);
}

function yesNo(role: "sync" | "visible", parts: PanelParts, rules: FieldRules): YesNoField {
  const column = parts.columns[role];
  const labelOf = (value: number): string | undefined => column.options.find((each) => each.value === value)?.label;
  const impliedByHelp = role === "visible" && parts.columns.help.value !== null;
  return {
    ...fieldState(role, parts, rules),
    value: column.value === true || impliedByHelp,
    yes: labelOf(1) ?? parts.say("yes"),
    no: labelOf(0) ?? parts.say("no"),
  };
}

function helpField(parts: PanelParts): ChoiceField {
  const { columns, sent, say, host } = parts;
  const { value } = columns.help;
  const options = columns.help.options.length > 0 ? columns.help.options : shippedOptions(host.languageCode);
  return {
    ...fieldState("help", parts, {
      locked: lockText(helpLock(columns, sent), "locked_sent_help", say),
      note: say(value === null ? "one_way_help" : "one_way_unsent"),
    }),
    value,
    text: value === null ? say("help_none") : (options.find((each) => each.value === value)?.label ?? String(value)),
    options,
  };
}

/** The choice as the solution ships it, for hosts without metadata. */
function shippedOptions(languageCode: number): readonly Option[] {
  const language = languageCode === languageCodes.fr ? "fr" : "en";
  return helpOptions.map(({ value, labels }) => ({ value, label: labels[language] }));
}

function productsField(parts: PanelParts): ProductsField {
  const { columns, say } = parts;
  return {
    ...fieldState("products", parts, {
      locked: lockText(productsLock(columns), "locked_closed", say),
      note: say("products_note"),
    }),
    entries: solutionEntries(columns.products.value),
    maxLength: columns.products.maxLength,
  };
}

function fact(role: "referralId" | "referralStatus" | "microsoftCrmId" | "referralLink", parts: PanelParts): Fact {
  return { ...fieldState(role, parts, { locked: null, note: null }), text: (parts.columns[role].value ?? "").trim() };
}

function linkFact(parts: PanelParts): LinkFact {
  return { ...fact("referralLink", parts), href: safeLink(parts.columns.referralLink.value) };
}

function expiresOn(parts: PanelParts): Fact {
  const { columns, host, say } = parts;
  const { value, formatted } = columns.expiresOn;
  const own = value === null ? "" : formatDateTime(value, host.minutesAheadOfUtc(value), host.patterns);
  const note = expiryNote(columns, host.nowMs, say);
  return { ...fieldState("expiresOn", parts, { locked: null, note }), text: formatted === "" ? own : formatted };
}

function auditField(parts: PanelParts): AuditField {
  const { host, say } = parts;
  const time = (at: Date): string => formatDateTime(at, host.minutesAheadOfUtc(at), host.patterns);
  return {
    ...fieldState("audit", parts, { locked: null, note: null }),
    entries: auditEntries(parts.columns.audit.value, { say, time }),
  };
}
