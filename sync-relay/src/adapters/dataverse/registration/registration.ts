// What the relay needs in Dataverse and no solution can bring: the application user with its role, the endpoint with its
// secret, and the steps that call it. All rows have ids of the product's own or are found by the app registration, so
// that running it twice changes nothing.

import { webhookEndpoint, webhookSteps } from "../../../../../solution/schema/webhook-steps";
import type { JsonObject } from "../../../core/json";
import type { AdminApi } from "./admin-api";
import { planApplicationUser } from "./application-user";
import { ENDPOINTS, planEndpoint, type EndpointWish } from "./endpoint";
import { NEW_USER, type PlannedChange } from "./planned-change";
import { rowText } from "./row-text";
import { planSteps, STEPS } from "./steps";

export interface RegistrationWish {
  readonly clientId: string;
  readonly endpoint: EndpointWish;
  /** Columns of the opportunity that the mapping reads. */
  readonly mappedColumns: readonly string[];
}

export type RegistrationPlan =
  | { readonly kind: "planned"; readonly changes: readonly PlannedChange[] }
  /** The solution is not imported. */
  | { readonly kind: "no-role"; readonly role: string };

/** Everything that set-up would do. Reads only. */
export async function planRegistration(api: AdminApi, wish: RegistrationWish): Promise<RegistrationPlan> {
  const businessUnitId = await ownBusinessUnit(api);
  const user = await planApplicationUser(api, { clientId: wish.clientId, businessUnitId });
  if (user.kind === "no-role") return user;
  return { kind: "planned", changes: [...user.changes, ...(await planWebhook(api, wish))] };
}

/** The endpoint and its steps alone. */
export async function planWebhook(
  api: AdminApi,
  wish: Pick<RegistrationWish, "endpoint" | "mappedColumns">,
): Promise<readonly PlannedChange[]> {
  return [await planEndpoint(api, wish.endpoint), ...(await planSteps(api, wish.mappedColumns))];
}

/** Takes steps and endpoint out again; steps first, as Dataverse wants it. Images go with their step. */
export async function planRemoval(api: AdminApi): Promise<readonly PlannedChange[]> {
  const changes: PlannedChange[] = [];
  for (const { id } of webhookSteps) {
    const found = await api.find(`${STEPS}(${id})?$select=name`);
    if (found !== null) changes.push(removal("step", { set: STEPS, id, found }));
  }
  const endpoint = await api.find(`${ENDPOINTS}(${webhookEndpoint.id})?$select=name`);
  if (endpoint !== null) changes.push(removal("endpoint", { set: ENDPOINTS, id: webhookEndpoint.id, found: endpoint }));
  return changes;
}

function removal(kind: "step" | "endpoint", row: { set: string; id: string; found: JsonObject }): PlannedChange {
  const name = rowText(row.found["name"]) || row.id;
  const call = { method: "DELETE", path: `${row.set}(${row.id})` } as const;
  return { part: { kind, name }, action: "delete", differences: [], call };
}

/** Carries a plan out, one call after the other; `before` is called with each change that is about to happen. */
export async function carryOut(
  api: AdminApi,
  changes: readonly PlannedChange[],
  before: (change: PlannedChange) => void,
): Promise<void> {
  let newUser: string | null = null;
  for (const change of changes) {
    if (change.call === null) continue;
    before(change);
    const path = change.call.path.replace(NEW_USER, newUser ?? NEW_USER);
    const { createdId } = await api.send({ ...change.call, path });
    if (change.part.kind === "application-user") newUser = createdId;
  }
}

async function ownBusinessUnit(api: AdminApi): Promise<string> {
  const { body } = await api.send({ method: "GET", path: "WhoAmI()" });
  return rowText(body["BusinessUnitId"]);
}

/** What the endpoint says now, for those who look. */
export interface RegisteredEndpoint {
  readonly url: string;
  readonly description: string;
  readonly steps: readonly { readonly name: string; readonly columns: readonly string[]; readonly enabled: boolean }[];
}

export async function registeredEndpoint(api: AdminApi): Promise<RegisteredEndpoint | null> {
  const found = await api.find(`${ENDPOINTS}(${webhookEndpoint.id})?$select=url,description`);
  if (found === null) return null;
  const steps = await api.list(
    `${STEPS}?$select=name,filteringattributes,statecode&$filter=_eventhandler_value eq ${webhookEndpoint.id}`,
  );
  return {
    url: rowText(found["url"]),
    description: rowText(found["description"]),
    steps: steps.map((step) => ({
      name: rowText(step["name"]),
      columns: rowText(step["filteringattributes"])
        .split(",")
        .filter((column) => column !== ""),
      enabled: step["statecode"] === 0,
    })),
  };
}

/** Names of the roles of whoever is signed in. */
export async function administratorRoles(api: AdminApi): Promise<readonly string[]> {
  const { body } = await api.send({ method: "GET", path: "WhoAmI()" });
  const path = `systemusers(${rowText(body["UserId"])})/systemuserroles_association?$select=name`;
  return (await api.list(path)).map((role) => rowText(role["name"]));
}
