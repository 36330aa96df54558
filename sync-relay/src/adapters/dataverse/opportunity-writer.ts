import type { Clock } from "../../ports/clock";
import type { CrmWrite } from "../../ports/crm";
import type { OpportunityChanges } from "../../core/opportunity";
import { afterWrite, isDuplicate, isNoSuchRow, mayBeAboutState, type Refusal, refusalError } from "./call-failure";
import type { Currencies } from "./currencies";
import type { OpportunityQuery } from "./opportunity-query";
import { recordWithKnown } from "./opportunity-record";
import type { OpportunityReader } from "./opportunity-reader";
import type { RecordMemory } from "./record-memory";
import { isClosedStage } from "./stage-steps";
import { type Target, updateSteps } from "./update-steps";
import type { WebApi, WriteStep } from "./web-api";
import { writeColumns } from "./write-columns";

/**
 * Writes changes of an opportunity in one atomic call. A plain change is a PATCH that answers with the row; a stage
 * change that needs several steps, or a row whose lookups are not known, is a batch that ends with a read.
 */
export interface OpportunityWriter {
  readonly update: (opportunityId: string, version: string, changes: OpportunityChanges) => Promise<CrmWrite>;
}

export interface WriterOptions {
  readonly api: WebApi;
  readonly query: OpportunityQuery;
  readonly reader: OpportunityReader;
  readonly memory: RecordMemory;
  readonly currencies: Currencies;
  readonly clock: Clock;
  readonly statusPath: string | null;
}

export function createOpportunityWriter(options: WriterOptions): OpportunityWriter {
  const { api, query, reader, memory } = options;

  async function update(id: string, version: string, changes: OpportunityChanges): Promise<CrmWrite> {
    const body = await writeColumns(changes, options.currencies);
    const { statusPath, clock } = options;
    const steps = updateSteps({ target: { id, version }, body, stage: changes.stage, statusPath, nowMs: clock.now() });
    const [only] = steps;
    const known = memory.recall(id, version);
    if (steps.length > 1 || only?.kind !== "patch" || known === null) return batch({ id, version }, steps, changes);
    const answer = await api.patch("update", { ...only, select: query.columns });
    if (answer.kind === "refused") return refused({ id, version }, answer, changes);
    return afterWrite(async () => {
      const record = Object.keys(answer.body).length > 0 ? recordWithKnown(answer.body, query, known.lookups) : null;
      // A rule of the customer may have changed a lookup in the same write: only then is a read needed.
      if (record === null) return readAgain(id);
      memory.remember(record);
      return { kind: "written", opportunity: record.opportunity };
    });
  }

  async function batch(target: Target, steps: readonly WriteStep[], changes: OpportunityChanges): Promise<CrmWrite> {
    const op = changes.stage === undefined ? "update" : "update-stage";
    const answer = await api.batch(op, steps, reader.addressOf(target.id));
    if (answer.kind === "refused") return refused(target, answer, changes);
    return afterWrite(() => ({ kind: "written", opportunity: reader.accept(answer.body) }));
  }

  async function readAgain(id: string): Promise<CrmWrite> {
    const read = await reader.read(id);
    return read.kind === "found" ? { kind: "written", opportunity: read.opportunity } : read;
  }

  async function refused(target: Target, refusal: Refusal, changes: OpportunityChanges): Promise<CrmWrite> {
    if (isNoSuchRow(refusal)) return { kind: "missing" };
    if (refusal.status === 412 && !isDuplicate(refusal)) return { kind: "stale" };
    const reopens = changes.stage !== undefined && isClosedStage(changes.stage.from);
    if (!reopens && mayBeAboutState(refusal) && (await isClosed(target))) return { kind: "read-only" };
    throw refusalError(refusal);
  }

  /** Dataverse does not say in a documented way why it refused: whether the row is closed is looked up. */
  async function isClosed({ id, version }: Target): Promise<boolean> {
    const known = memory.recall(id, version);
    if (known !== null) return known.closed;
    const answer = await api.get("read", `opportunities(${encodeURIComponent(id)})?$select=statecode`);
    return answer.kind === "ok" && answer.body["statecode"] !== 0;
  }

  return { update };
}
