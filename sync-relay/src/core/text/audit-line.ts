import type { Language } from "../../../../solution/schema/labels";
import type { AuditEntry, Direction } from "../audit-entry";
import { fieldName } from "./field-names";
import { shortened } from "./shortened";

/** Longest audit text on the opportunity, in characters: the column holds 20,000. */
const MAX_CHARACTERS = 19_000;
/** Most lines: what a seller can still read; the relay's own trail keeps everything. */
const MAX_LINES = 200;

/** Longest value that lost a conflict; a line that is too long for the column would take all others with it. */
const LOST_CHARACTERS = 1_000;

const directions: { readonly [L in Language]: { readonly [D in Direction]: string } } = {
  en: { "crm-to-partner-center": "CRM → Partner Center", "partner-center-to-crm": "Partner Center → CRM" },
  fr: { "crm-to-partner-center": "CRM → espace partenaires", "partner-center-to-crm": "espace partenaires → CRM" },
};

const actions: Readonly<Record<string, { readonly [L in Language]: string }>> = {
  "create-referral": { en: "referral created", fr: "référence créée" },
  "invite-microsoft": { en: "Microsoft invited", fr: "Microsoft invité" },
  "create-opportunity": { en: "opportunity created", fr: "opportunité créée" },
  update: { en: "updated", fr: "mis à jour" },
  link: { en: "linked", fr: "lié" },
  "not-ready": { en: "not sent", fr: "non envoyé" },
  attention: { en: "needs attention", fr: "intervention nécessaire" },
};

const results: { readonly [L in Language]: { readonly [R in AuditEntry["result"]]: string } } = {
  en: { done: "done", held: "held back", failed: "failed", ignored: "ignored" },
  fr: { done: "fait", held: "retenu", failed: "échec", ignored: "ignoré" },
};

/**
 * One line of the audit trail that sellers read: time (UTC), direction, what happened, which fields, result,
 * correlation id. Field values are left out: they are on the form. The value that lost a conflict is named, since
 * nothing else shows it any more.
 */
export function auditLine(entry: AuditEntry, language: Language): string {
  const time = new Date(entry.atMs).toISOString().slice(0, 16).replace("T", " ");
  const direction = entry.direction === null ? null : directions[language][entry.direction];
  const action = actions[entry.action]?.[language] ?? entry.action;
  const parts = [
    `${time} UTC`,
    direction,
    fieldList(entry, language) === "" ? action : `${action}: ${fieldList(entry, language)}`,
    results[language][entry.result],
    entry.correlationId,
  ];
  return parts
    .filter((part) => part !== null)
    .join(" · ")
    .replace(/[\r\n]+/g, " ");
}

/** The trail with a new line on top, cut at the end to whole lines. */
export function withAuditLine(trail: string, line: string): string {
  const lines = [line, ...trail.split("\n").filter((old) => old !== "")].slice(0, MAX_LINES);
  let length = 0;
  const kept = lines.filter((candidate) => (length += candidate.length + 1) <= MAX_CHARACTERS);
  return kept.join("\n");
}

function fieldList(entry: AuditEntry, language: Language): string {
  const lost = language === "fr" ? "écarté" : "set aside";
  return entry.changes
    .map((change) => {
      const name = fieldName(change.field, language);
      if (change.lost === undefined) return name;
      return `${name} (${lost}: ${shortened(JSON.stringify(change.lost), LOST_CHARACTERS)})`;
    })
    .join(", ");
}
