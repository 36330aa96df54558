import type { AuditEntry } from "../../../core/audit-entry";
import type { AuditTrail } from "../store";
import type { Session } from "./database";

const INSERT_AUDIT = `
  insert into cosell.audit (opportunity_id, at, entry)
  select opportunity_id, to_timestamp(at_ms / 1000), entry::json
  from unnest($1::text[], $2::float8[], $3::text[]) as t (opportunity_id, at_ms, entry)`;
const READ_AUDIT = `select entry from cosell.audit where opportunity_id = $1 order by id desc limit $2`;

export async function insertAudit(session: Session, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await session.query(INSERT_AUDIT, [
    entries.map(({ opportunityId }) => opportunityId?.toLowerCase() ?? null),
    entries.map(({ atMs }) => atMs),
    entries.map((entry) => JSON.stringify(entry)),
  ]);
}

export function createAuditTrail(session: Session): AuditTrail {
  return {
    async newestFirst(opportunityId, limit) {
      const rows = await session.query<{ entry: AuditEntry }>(READ_AUDIT, [opportunityId.toLowerCase(), limit]);
      return rows.map(({ entry }) => entry);
    },
  };
}
