// What the relay's own checks ask of Dataverse. Nothing here is on the way of a sync, and nothing is written.

import { RelayError } from "../../core/errors";
import type { Json } from "../../core/json";
import type { CrmValues } from "../../core/opportunity";
import type { CrmEnvironment, CrmUser, ListedOpportunity } from "../../ports/crm-environment";
import { opportunityColumns } from "../../../../solution/schema/opportunity-columns";
import { allRowsAt, allRowsOf, bodyOf, rowsOf, textIn, textsIn, textThrough } from "./answer-rows";
import { readVariables } from "./environment-variables";
import { odataLiteral } from "./odata-literal";
import { createOpportunityQuery, type OpportunityQuery } from "./opportunity-query";
import { recordOf } from "./opportunity-record";
import { sectionColumnNames } from "./section-record";
import { readColumnSecurity, readPrivileges } from "./user-access";
import { createWebApi, type WebApi, type WebApiOptions } from "./web-api";
import { readWebhooks } from "./webhook-registrations";

/** Longest wait for one answer: whoever asks may sit before a terminal. */
const TIMEOUT_MS = 30_000;
/** Failed system jobs that are counted at most. */
const MOST_COUNTED = 1_000;
/** Status reason of a system job that failed. */
const FAILED = 31;
/** Connectors by which a flow speaks to Partner Center's referrals, as they stand in a flow's definition. */
const PARTNER_CENTER_CONNECTORS = ["shared_partnercenterref", "shared_partnercenterevents"];
/** A column as an admin may name it; anything else would change the meaning of the query. */
const COLUMN = /^[a-z_][a-z0-9_]*$/i;
/** Category and state of a cloud flow that is switched on. */
const MODERN_FLOW = 5;
const ACTIVATED = 1;

export function createCrmEnvironment(options: Omit<WebApiOptions, "timeoutMs">): CrmEnvironment {
  const api = createWebApi({ ...options, timeoutMs: TIMEOUT_MS });
  return {
    ownUser: () => ownUser(api),
    async rolesOf(userId) {
      const table = `systemusers(${userId})/systemuserroles_association`;
      return textsIn(await rowsOf(api, { op: "roles", table, select: ["name"] }), "name");
    },
    privilegesOf: (userId) => readPrivileges(api, userId),
    securedColumns: (userId) => readColumnSecurity(api, userId),
    async solutionVersion(uniqueName) {
      const filter = `uniquename eq ${odataLiteral(uniqueName)}`;
      const [row] = await rowsOf(api, { op: "solution", table: "solutions", select: ["version"], filter });
      return row === undefined ? null : textIn(row, "version");
    },
    unreadablePaths: (paths) =>
      unreadable(paths, (some) => canRead(api, `opportunities?$top=1&${queryOf(some).options}`)),
    unreadableSection: () =>
      unreadable(sectionColumnNames, (some) => canRead(api, `opportunities?$top=1&$select=${some.join(",")}`)),
    async tracksChanges() {
      const address = "EntityDefinitions(LogicalName='opportunity')?$select=ChangeTrackingEnabled";
      return (await bodyOf(api, "table-definition", address))["ChangeTrackingEnabled"] !== false;
    },
    async languages() {
      const { RetrieveProvisionedLanguages: found } = await bodyOf(api, "languages", "RetrieveProvisionedLanguages()");
      return Array.isArray(found) ? (found as readonly Json[]).filter((one) => typeof one === "number") : [];
    },
    variables: () => readVariables(api),
    webhooks: () => readWebhooks(api),
    failedCalls: (stepIds, sinceMs) => failedCalls(api, stepIds, sinceMs),
    async currencies() {
      const query = { op: "currencies", table: "transactioncurrencies", select: ["isocurrencycode"] };
      return textsIn(await rowsOf(api, { ...query, filter: "statecode eq 0" }), "isocurrencycode");
    },
    sharedValues: (paths, atMost) => sharedValues(api, queryOf(paths), atMost),
    async changedSince(sinceMs) {
      const since = `modifiedon ge ${new Date(sinceMs).toISOString()}`;
      const filter = `${since} and ${opportunityColumns.sync.logicalName} eq true`;
      const query = { op: "changed-since", table: "opportunities", select: ["opportunityid"], filter };
      return textsIn(await allRowsOf(api, query), "opportunityid").map((id) => id.toLowerCase());
    },
    listOpportunities: (extraColumns) => listOpportunities(api, extraColumns),
    async activePartnerCenterFlows() {
      const uses = PARTNER_CENTER_CONNECTORS.map((name) => `contains(clientdata,${odataLiteral(name)})`).join(" or ");
      const filter = `category eq ${MODERN_FLOW} and statecode eq ${ACTIVATED} and (${uses})`;
      return textsIn(await rowsOf(api, { op: "flows", table: "workflows", select: ["name"], filter }), "name");
    },
  };
}

async function ownUser(api: WebApi): Promise<CrmUser> {
  const id = textIn(await bodyOf(api, "who-am-i", "WhoAmI()"), "UserId") ?? "";
  const row = await bodyOf(api, "user", `systemusers(${id})?$select=fullname,isdisabled`);
  return {
    id: id.toLowerCase(),
    name: textIn(row, "fullname") ?? id,
    disabled: row["isdisabled"] === true,
  };
}

/** Those that cannot be read: found one by one, but only when they cannot be read all at once. */
async function unreadable(
  names: readonly string[],
  canReadThem: (names: readonly string[]) => Promise<boolean>,
): Promise<readonly string[]> {
  if (names.length === 0 || (await canReadThem(names))) return [];
  const bad: string[] = [];
  for (const name of names) if (!(await canReadThem([name]))) bad.push(name);
  return bad;
}

async function canRead(api: WebApi, address: string): Promise<boolean> {
  return (await api.get("probe", address)).kind === "ok";
}

/** The query of the mapped paths alone, without the section. */
function queryOf(crmPaths: readonly string[]): OpportunityQuery {
  const nothing = { create: [], update: [] };
  const map = { fields: [], toPartnerCenter: nothing, toCrm: nothing, statusPath: null, match: {} };
  return createOpportunityQuery({ ...map, crmPaths }, []);
}

async function failedCalls(api: WebApi, stepIds: readonly string[], sinceMs: number): Promise<number> {
  if (stepIds.length === 0) return 0;
  const ofSteps = stepIds.map((id) => `_owningextensionid_value eq ${id}`).join(" or ");
  const filter = `statuscode eq ${FAILED} and completedon ge ${new Date(sinceMs).toISOString()} and (${ofSteps})`;
  const query = { op: "system-jobs", table: "asyncoperations", select: ["name"], top: MOST_COUNTED };
  return (await rowsOf(api, { ...query, filter })).length;
}

const { sync, referralId: referral } = opportunityColumns;

async function listOpportunities(api: WebApi, extraColumns: readonly string[]): Promise<readonly ListedOpportunity[]> {
  const unusable = extraColumns.find((name) => !COLUMN.test(name));
  if (unusable !== undefined) throw new RelayError("CS-1007", { cause: new Error(unusable) });
  const select = ["opportunityid", "name", "statecode", sync.logicalName, referral.logicalName, ...extraColumns];
  const query = { op: "list", table: "opportunities", select, expand: "parentaccountid($select=name)" };
  return (await allRowsOf(api, query)).map((row) => ({
    id: (textIn(row, "opportunityid") ?? "").toLowerCase(),
    name: textIn(row, "name") ?? "",
    customer: textThrough(row, "parentaccountid", "name"),
    open: row["statecode"] === 0,
    syncOn: row[sync.logicalName] === true,
    referralId: textIn(row, referral.logicalName)?.toLowerCase() ?? null,
    extra: Object.fromEntries(extraColumns.map((name) => [name, row[name] ?? null])),
  }));
}

async function sharedValues(api: WebApi, query: OpportunityQuery, atMost: number): Promise<readonly CrmValues[]> {
  const filter = encodeURIComponent(`${opportunityColumns.sync.logicalName} eq true`);
  const address = `opportunities?${query.options}&$filter=${filter}`;
  return (await allRowsAt(api, { op: "shared-values", address, atMost })).map(
    (row) => recordOf(row, query).opportunity.values,
  );
}
