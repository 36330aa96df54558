import type { Clock } from "../../ports/clock";
import type { CrmCreate, NewOpportunity } from "../../ports/crm";
import type { Json, JsonObject } from "../../core/json";
import type { FieldMap } from "../../core/mapping/field-map";
import type { Stage } from "../../core/opportunity";
import { afterWrite, type Refusal, refusalError } from "./call-failure";
import type { Currencies } from "./currencies";
import type { Customers } from "./customer";
import type { OpportunityReader } from "./opportunity-reader";
import { closeAction, DEFAULT_STATUS, isClosedStage, stageOfStandardStatus } from "./stage-steps";
import type { WebApi, WriteStep } from "./web-api";
import { writeColumns } from "./write-columns";

/** Creates an opportunity under a given id, tied to its customer: at most once, however often it is tried. */
export interface OpportunityCreator {
  readonly create: (opportunityId: string, opportunity: NewOpportunity) => Promise<CrmCreate>;
}

export interface CreatorOptions {
  readonly api: WebApi;
  readonly reader: OpportunityReader;
  readonly currencies: Currencies;
  readonly customers: Customers;
  readonly clock: Clock;
  readonly fieldMap: FieldMap;
}

export function createOpportunityCreator(options: CreatorOptions): OpportunityCreator {
  const { api, reader } = options;

  async function create(id: string, opportunity: NewOpportunity): Promise<CrmCreate> {
    const columns = await writeColumns(opportunity, options.currencies);
    const binds = await options.customers.bindsFor(opportunity.values);
    const answer = await api.batch("create", stepsOf(id, { ...columns, ...binds }), reader.addressOf(id));
    if (answer.kind === "ok") {
      return afterWrite(() => ({ kind: "created", opportunity: reader.accept(answer.body) }));
    }
    if (answer.status === 412) return existing(id, answer);
    throw refusalError(answer);
  }

  /** The condition fails for a taken referral id too, which is another opportunity's and no earlier try of ours. */
  async function existing(id: string, refusal: Refusal): Promise<CrmCreate> {
    const read = await reader.read(id);
    if (read.kind === "found") return { kind: "exists" };
    throw refusalError({ ...refusal, status: 409 });
  }

  function stepsOf(id: string, columns: JsonObject): readonly WriteStep[] {
    const { statecode, statuscode, ...others } = columns;
    const stage = stageOf(statuscode ?? statecode);
    const closed = stage !== undefined && isClosedStage(stage) ? stage : null;
    // A new row is always open; the state is not even a column of a create.
    const body = {
      ...others,
      ...(closed !== null || statuscode === undefined ? {} : { statuscode }),
      // Without this Dataverse computes the revenue from product lines and drops the given one.
      ...("estimatedvalue" in others ? { isrevenuesystemcalculated: false } : {}),
    };
    const absent = { kind: "absent" } as const;
    const patch = { kind: "patch", collection: "opportunities", id, body, condition: absent } as const;
    if (closed === null) return [patch];
    const revenue = others["estimatedvalue"];
    const status = statuscode ?? DEFAULT_STATUS;
    return [patch, closeAction({ opportunityId: id, stage: closed, status, nowMs: options.clock.now(), revenue })];
  }

  function stageOf(status: Json | undefined): Stage | undefined {
    if (status === undefined || status === null) return undefined;
    const { toCrm, toPartnerCenter } = options.fieldMap;
    const entries = [...toCrm.create, ...toCrm.update, ...toPartnerCenter.create, ...toPartnerCenter.update];
    const lists = entries.filter((entry) => entry.as === "status").flatMap((entry) => entry.list?.pairs ?? []);
    const listed = lists.find((pair) => pair.crm === status)?.canonical;
    return STAGES.find((stage) => stage === listed) ?? stageOfStandardStatus(status);
  }

  return { create };
}

const STAGES: readonly Stage[] = ["in-progress", "on-hold", "won", "lost"];
