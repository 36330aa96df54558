// What the seller sees of the sync on the opportunity, derived from the pair: link, status, message and the rest.

import type { Language } from "../../../solution/schema/labels";
import type { SyncStatus } from "../../../solution/schema/sync-status";
import type { CoSellSection } from "./opportunity";
import { shownStatus } from "./lifecycle";
import type { HeldField, Pair } from "./pair";
import type { ReadinessIssue } from "./readiness";
import { isClosed, type Referral } from "./referral";
import { heldMessage, joined, readinessMessage } from "./text/seller-message";
import { columnCharacters, shortened } from "./text/shortened";

/** How the sync stands: the status and what the seller must do, if anything. */
export interface Standing {
  readonly status: SyncStatus;
  readonly message: string | null;
}

/** Standing of a linked pair. */
export function standingOf(
  referral: Referral,
  open: { readonly issues: readonly ReadinessIssue[]; readonly held: readonly HeldField[] },
  language: Language,
): Standing {
  const held = heldMessage(open.held, language);
  if (open.issues.length > 0) {
    const missing = readinessMessage(open.issues, language);
    return { status: "needs-attention", message: held === null ? missing : joined([missing, held]) };
  }
  return { status: statusOf(referral, open.held), message: held };
}

function statusOf(referral: Referral, held: readonly HeldField[]): SyncStatus {
  if (held.some(({ field, because }) => because === "conflict" || (because === "closed" && field === "status"))) {
    return "needs-attention";
  }
  if (isClosed(referral)) return "closed";
  return held.some((entry) => entry.because === "on-hold") ? "waiting" : "synced";
}

/** Address of a referral for people; `{referralId}` may stand in the template more than once. */
export function referralLinkOf(linkTemplate: string, referralId: string): string {
  return linkTemplate.replaceAll("{referralId}", encodeURIComponent(referralId));
}

/** The columns that describe a linked referral. Of what Partner Center says in its own words nothing bounds the length. */
export function referralColumns(pair: Pair, referral: Referral, linkTemplate: string): Partial<CoSellSection> {
  const own = shownStatus(referral);
  const status = pair.microsoft === null ? own : `${own} · Microsoft: ${pair.microsoft.shownStatus}`;
  const crmId = pair.microsoft?.crmId ?? referral.microsoftCrmId;
  return {
    referralId: referral.id,
    referralLink: referralLinkOf(linkTemplate, referral.id),
    expiresOn: referral.expiresAt,
    microsoftCrmId: crmId === null ? null : shortened(crmId, columnCharacters.microsoftCrmId),
    referralStatus: shortened(status, columnCharacters.referralStatus),
  };
}

/** The part of the wanted columns that differs from the present ones; times are compared as instants. */
export function sectionChanges(current: CoSellSection, wanted: Partial<CoSellSection>): Partial<CoSellSection> {
  return Object.fromEntries(
    Object.entries(wanted).filter(([column, value]) => !sameColumn(current[column as keyof CoSellSection], value)),
  );
}

function sameColumn(a: CoSellSection[keyof CoSellSection], b: CoSellSection[keyof CoSellSection]): boolean {
  if (a === b) return true;
  return typeof a === "string" && typeof b === "string" && isTime(a) && isTime(b) && seconds(a) === seconds(b);
}

const isTime = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text);

/** The CRM keeps whole seconds. */
const seconds = (text: string): number => Math.floor(Date.parse(text) / 1000);
