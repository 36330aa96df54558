import type { CrmRead } from "../../ports/crm";
import type { Opportunity } from "../../core/opportunity";
import { isNoSuchRow, type Refusal, refusalError } from "./call-failure";
import { odataLiteral } from "./odata-literal";
import type { OpportunityQuery } from "./opportunity-query";
import { recordOf } from "./opportunity-record";
import type { RecordMemory } from "./record-memory";
import type { Answer, WebApi } from "./web-api";
import { referralKey } from "../../../../solution/schema/opportunity-columns";
import type { JsonObject } from "../../core/json";

/** Reads opportunities with every mapped path in one call, and remembers what writes will need to know. */
export interface OpportunityReader {
  readonly read: (opportunityId: string) => Promise<CrmRead>;
  readonly findByReferral: (referralId: string) => Promise<Opportunity | null>;
  /** Address that reads one opportunity with every mapped path. */
  addressOf(opportunityId: string): string;
  /** The opportunity in an answer to `addressOf`. */
  accept(row: JsonObject): Opportunity;
}

export interface ReaderOptions {
  readonly api: WebApi;
  readonly query: OpportunityQuery;
  readonly memory: RecordMemory;
}

export function createOpportunityReader({ api, query, memory }: ReaderOptions): OpportunityReader {
  function addressOf(opportunityId: string): string {
    return `opportunities(${encodeURIComponent(opportunityId)})?${query.options}`;
  }

  function accept(row: JsonObject): Opportunity {
    const record = recordOf(row, query);
    memory.remember(record);
    return record.opportunity;
  }

  function found(answer: Answer): Opportunity | null {
    if (answer.kind === "ok") return accept(answer.body);
    return missingOrThrow(answer);
  }

  return {
    addressOf,
    accept,
    async read(opportunityId) {
      const opportunity = found(await api.get("read", addressOf(opportunityId)));
      return opportunity === null ? { kind: "missing" } : { kind: "found", opportunity };
    },
    async findByReferral(referralId) {
      const [keyColumn] = referralKey.columns;
      const address = `opportunities(${keyColumn}=${odataLiteral(referralId)})?${query.options}`;
      return found(await api.get("find", address));
    },
  };
}

function missingOrThrow(refusal: Refusal): null {
  if (isNoSuchRow(refusal)) return null;
  throw refusalError(refusal);
}
