// The Web API without HTTP: takes a request, returns a response. Everything in it is synchronous and all or nothing, so
// a batch can run its parts through the same door.

import type { JsonObject } from "../../../src/core/json";
import { environmentIds, type Environment } from "../environment";
import { badRequest, DataverseError } from "../dataverse-error";
import { emptyResponse, errorResponse, jsonResponse, type ApiRequest, type ApiResponse } from "./api-message";
import { addRolePrivileges } from "./add-role-privileges";
import { closeOpportunity } from "./close-opportunity";
import { readDefinitions } from "./entity-definitions";
import { readRows } from "./read-rows";
import { refuseUnprivileged } from "./privileges";
import { parseAddress, type ResourceAddress } from "./resource-path";
import { retrieveUserPrivileges } from "./user-privileges";
import { writeContext } from "./write-context";
import { bodyObject, notAllowed, writeRows } from "./write-rows";

/** Answers one request; refusals become error responses. */
export function answerRequest(environment: Environment, request: ApiRequest): ApiResponse {
  try {
    return environment.writer.atomic(() => route(environment, request, parseAddress(request.address)));
  } catch (error) {
    if (error instanceof DataverseError) return errorResponse(error);
    throw error;
  }
}

const NAMESPACE = "Microsoft.Dynamics.CRM.";

type Action = (environment: Environment, request: ApiRequest, address: ResourceAddress) => void;

const actions: ReadonlyMap<string, Action> = new Map([
  ["WinOpportunity", closing("won")],
  ["LoseOpportunity", closing("lost")],
  [
    "AddPrivilegesRole",
    (environment, request, address) => addRolePrivileges(environment, address.segments[0], bodyObject(request)),
  ],
]);

function route(environment: Environment, request: ApiRequest, address: ResourceAddress): ApiResponse {
  const first = address.segments[0]?.name;
  const last = address.segments.at(-1)?.name.replace(NAMESPACE, "");
  if (first === undefined || last === undefined) throw badRequest("The address is not understood.");
  const action = actions.get(last);
  if (action) {
    if (request.method !== "POST") throw notAllowed(request);
    action(environment, request, address);
    return emptyResponse(204);
  }
  refuseUnprivileged(environment, request, address);
  if (request.method !== "GET") return writeRows(environment, request, address);
  const answer = functions.get(last);
  if (answer) return jsonResponse(200, answer(environment, request, address));
  return first === "EntityDefinitions"
    ? readDefinitions(environment, address)
    : readRows(environment, request, address);
}

function languages({ apiUrl, settings }: Environment): JsonObject {
  const context = `${apiUrl()}/$metadata#Microsoft.Dynamics.CRM.RetrieveProvisionedLanguagesResponse`;
  return { "@odata.context": context, RetrieveProvisionedLanguages: [...settings.languages] };
}

type Answer = (environment: Environment, request: ApiRequest, address: ResourceAddress) => JsonObject;

const functions: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  ["WhoAmI", whoAmI],
  ["RetrieveProvisionedLanguages", languages],
  ["RetrieveUserPrivileges", (environment, _request, address) => retrieveUserPrivileges(environment, address)],
]);

function closing(outcome: "won" | "lost"): Action {
  return (environment, request, address) => {
    const context = writeContext(environment, request, address);
    closeOpportunity(environment, outcome, { body: bodyObject(request), context });
  };
}

function whoAmI(_environment: Environment, request: ApiRequest): JsonObject {
  return {
    "@odata.context": "$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse",
    BusinessUnitId: environmentIds.businessUnit,
    UserId: request.userId,
    OrganizationId: environmentIds.organization,
  };
}
