// How the sync of the opportunities stands, as far as the user may read them.

import { opportunityColumns } from "../../../solution/schema/opportunity-columns";
import { syncStatuses, type SyncStatus } from "../../../solution/schema/sync-status";
import type { LastSynced, StatusCounts } from "../findings";
import { mapSeen, rowsOf, text, type Row, type Seen, type WebApi } from "../web-api";

const STATUS = opportunityColumns.syncStatus.logicalName;
const SYNC = opportunityColumns.sync.logicalName;
const TOTAL = "total";
/** Of what is switched off the last status stays for good, and asks nothing of anybody. */
const COUNTED = `${STATUS} ne null and ${SYNC} eq true`;
const COUNTS = `opportunities?$apply=filter(${COUNTED})/groupby((${STATUS}),aggregate($count as ${TOTAL}))`;
/** Dataverse aggregates at most 50,000 rows and refuses with this code beyond. */
const TOO_MANY = "0x8004e023";

export async function readCounts(api: WebApi): Promise<Seen<StatusCounts>> {
  const seen = await api.get(COUNTS);
  if (seen.kind === "failed" && seen.code.toLowerCase() === TOO_MANY) return { kind: "seen", value: "too-many" };
  return mapSeen(seen, (body) => {
    const rows = rowsOf(body);
    return rows === undefined ? undefined : countsOf(rows);
  });
}

function countsOf(rows: readonly Row[]): ReadonlyMap<SyncStatus, number> {
  const counts = new Map<SyncStatus, number>();
  for (const row of rows) {
    const status = syncStatuses.find(({ value }) => value === row[STATUS]);
    const total = row[TOTAL];
    if (status !== undefined && typeof total === "number") counts.set(status.name, total);
  }
  return counts;
}

const ON = opportunityColumns.lastSyncedOn.logicalName;
const REFERRAL = opportunityColumns.referralId.logicalName;
const LINK = opportunityColumns.referralLink.logicalName;
const LAST = `opportunities?$select=opportunityid,name,${ON},${REFERRAL},${LINK}&$filter=${ON} ne null&$orderby=${ON} desc&$top=1`;

export async function readLastSynced(api: WebApi): Promise<Seen<LastSynced | null>> {
  return mapSeen(await api.get(LAST), (body) => {
    const rows = rowsOf(body);
    if (rows === undefined) return undefined;
    const [last] = rows;
    if (last === undefined) return null;
    const [id, name, on] = [text(last["opportunityid"]), text(last["name"]), text(last[ON])];
    return { id, name, on, referralId: text(last[REFERRAL]), link: text(last[LINK]) };
  });
}
