import type { Opportunity } from "../core/opportunity";
import type { Crm } from "../ports/crm";
import type { DryWrite } from "./dry-run";

export interface DryCrmOptions {
  /** Mapped path that a stage change writes; null: none. */
  readonly statusPath: string | null;
  readonly note: (write: DryWrite) => void;
}

const EMPTY_SECTION: Opportunity["section"] = {
  syncOn: false,
  referralId: null,
  referralLink: null,
  audit: "",
  syncStatus: null,
  syncMessage: null,
  lastSyncedOn: null,
  expiresOn: null,
  microsoftCrmId: null,
  referralStatus: null,
  syncState: null,
};

/** The CRM as it is, with the writes of this run laid over it instead of made. */
export function dryCrm(crm: Crm, { statusPath, note }: DryCrmOptions): Crm {
  const written = new Map<string, Opportunity>();
  let versions = 0;
  const keep = (opportunity: Opportunity): Opportunity => {
    written.set(opportunity.id, opportunity);
    return opportunity;
  };
  const read: Crm["read"] = async (id) => {
    const known = written.get(id);
    if (known !== undefined) return { kind: "found", opportunity: known };
    const found = await crm.read(id);
    return found.kind === "found" ? { kind: "found", opportunity: keep(found.opportunity) } : found;
  };
  return {
    read,
    findByReferral: (referralId) => crm.findByReferral(referralId),
    changesSince: (position) => crm.changesSince(position),
    async update(id, version, changes) {
      const before = await read(id);
      if (before.kind === "missing") return before;
      if (before.opportunity.version !== version) return { kind: "stale" };
      note({ kind: "update-opportunity", id, before: before.opportunity.values, changes });
      const stage = changes.stage === undefined || statusPath === null ? {} : { [statusPath]: changes.stage.value };
      const opportunity = keep({
        ...before.opportunity,
        version: `dry-${(versions += 1)}`,
        values: { ...before.opportunity.values, ...changes.values, ...stage },
        section: { ...before.opportunity.section, ...changes.section },
      });
      return { kind: "written", opportunity };
    },
    async create(id, opportunity) {
      if ((await read(id)).kind === "found") return { kind: "exists" };
      note({ kind: "create-opportunity", id, opportunity });
      const section = { ...EMPTY_SECTION, ...opportunity.section };
      const version = `dry-${(versions += 1)}`;
      return {
        kind: "created",
        opportunity: keep({ id, version, createdAt: null, modifiedAt: null, section, values: opportunity.values }),
      };
    },
  };
}
