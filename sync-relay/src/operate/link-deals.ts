import { opportunityKey } from "../core/event";
import type { OpportunityChanges } from "../core/opportunity";
import type { Opportunity } from "../core/opportunity";
import type { Crm } from "../ports/crm";
import { askFor, type Asked, type AskParts } from "./ask";

/** What became of one deal. */
export type Linked = "asked" | "gone" | "busy" | "refused";

/** Tries when somebody else keeps writing the opportunity. */
const MOST_TRIES = 3;

/**
 * Writes what a deal needs to be linked (nothing, for one whose records name each other already), then asks the relay
 * to link it. Both may be repeated.
 */
export async function linkDeal(
  parts: AskParts & { readonly crm: Pick<Crm, "read" | "update"> },
  opportunityId: string,
  changesOf: (opportunity: Opportunity) => OpportunityChanges | null,
): Promise<{ readonly linked: Linked; readonly asked: Asked }> {
  const linked = await prepare(parts.crm, opportunityId, changesOf);
  const asked = linked === "asked" ? await askFor(parts, [opportunityKey(opportunityId)]) : { keys: [], dedupeIds: [] };
  return { linked, asked };
}

async function prepare(
  crm: Pick<Crm, "read" | "update">,
  opportunityId: string,
  changesOf: (opportunity: Opportunity) => OpportunityChanges | null,
): Promise<Linked> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const read = await crm.read(opportunityId);
    if (read.kind === "missing") return "gone";
    const changes = changesOf(read.opportunity);
    if (changes === null) return "asked";
    const written = await crm.update(opportunityId, read.opportunity.version, changes);
    if (written.kind === "written") return "asked";
    if (written.kind === "missing") return "gone";
    // A closed deal that the CRM does not let be written has nothing left to sync.
    if (written.kind === "read-only") return "refused";
  }
  return "busy";
}
