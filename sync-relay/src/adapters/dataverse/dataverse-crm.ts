import { RelayError } from "../../core/errors";
import type { FieldMap } from "../../core/mapping/field-map";
import type { Clock, Random } from "../../ports/clock";
import type { Crm } from "../../ports/crm";
import type { Log } from "../../ports/log";
import type { Metrics } from "../../ports/metrics";
import type { TokenSource } from "../../ports/token-source";
import type { UpstreamBudget } from "../../ports/upstream-budget";
import { refusalError } from "./call-failure";
import { createChangeList } from "./change-list";
import { createCurrencies } from "./currencies";
import { createCustomers } from "./customer";
import { createOpportunityCreator } from "./opportunity-creator";
import { createOpportunityQuery } from "./opportunity-query";
import { createOpportunityReader } from "./opportunity-reader";
import { createOpportunityWriter } from "./opportunity-writer";
import { createRecordMemory } from "./record-memory";
import { createWebApi } from "./web-api";

/** Dataverse as the relay's CRM. */
export interface DataverseCrm extends Crm {
  /** The application user that the relay signs in as. */
  whoAmI(): Promise<{ userId: string; organizationId: string }>;
}

export interface DataverseCrmOptions {
  /** Address of the environment, e.g. `https://contoso.crm.dynamics.com`. */
  readonly baseUrl: string;
  readonly tokens: TokenSource;
  readonly budget: UpstreamBudget;
  readonly fieldMap: FieldMap;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Deadline of one call; default one minute. */
  readonly timeoutMs?: number;
}

/** Customers' plug-ins run inside a write and may take long; Dataverse itself gives up after two minutes. */
const TIMEOUT_MS = 60_000;

/** Throws RelayError CS-1007 when the mapping names a path that no column can have. */
export function createDataverseCrm(options: DataverseCrmOptions): DataverseCrm {
  const { clock, random, fieldMap } = options;
  const query = createOpportunityQuery(fieldMap);
  const api = createWebApi({ ...options, timeoutMs: options.timeoutMs ?? TIMEOUT_MS });
  const memory = createRecordMemory();
  const currencies = createCurrencies(api, clock);
  const customers = createCustomers({ api, random, match: fieldMap.match });
  const reader = createOpportunityReader({ api, query, memory });
  const { statusPath } = fieldMap;
  const writer = createOpportunityWriter({ api, query, reader, memory, currencies, clock, statusPath });
  const creator = createOpportunityCreator({ api, reader, currencies, customers, clock, fieldMap });
  const changes = createChangeList(api);

  return {
    read: reader.read,
    findByReferral: reader.findByReferral,
    update: writer.update,
    create: creator.create,
    changesSince: changes.changesSince,
    async whoAmI() {
      const answer = await api.get("who-am-i", "WhoAmI()");
      if (answer.kind === "refused") throw refusalError(answer);
      const { UserId: userId, OrganizationId: organizationId } = answer.body;
      if (typeof userId !== "string" || typeof organizationId !== "string") {
        throw new RelayError("CS-1001", { cause: new Error("WhoAmI did not name the user") });
      }
      return { userId: userId.toLowerCase(), organizationId: organizationId.toLowerCase() };
    },
  };
}
