// The Web API without HTTP: takes a request, returns a response. Everything in it is synchronous and all or nothing, so
// a batch can run its parts through the same door.

import { environmentIds, type Environment } from "../environment";
import { badRequest, DataverseError } from "../dataverse-error";
import { emptyResponse, errorResponse, jsonResponse, type ApiRequest, type ApiResponse } from "./api-message";
import { addRolePrivileges } from "./add-role-privileges";
import { closeOpportunity } from "./close-opportunity";
import { readDefinitions } from "./entity-definitions";
import { readRows } from "./read-rows";
import { parseAddress, type ResourceAddress } from "./resource-path";
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

function route(environment: Environment, request: ApiRequest, address: ResourceAddress): ApiResponse {
  const last = address.segments.at(-1)?.name.replace(NAMESPACE, "");
  switch (last) {
    case undefined:
      throw badRequest("The address is not understood.");
    case "WhoAmI":
      return whoAmI(request);
    case "WinOpportunity":
    case "LoseOpportunity": {
      if (request.method !== "POST") throw notAllowed(request);
      const context = writeContext(environment, request, address);
      const outcome = last === "WinOpportunity" ? "won" : "lost";
      closeOpportunity(environment, outcome, { body: bodyObject(request), context });
      return emptyResponse(204);
    }
    case "AddPrivilegesRole":
      if (request.method !== "POST") throw notAllowed(request);
      addRolePrivileges(environment, address.segments[0], bodyObject(request));
      return emptyResponse(204);
  }
  if (address.segments[0]?.name === "EntityDefinitions") return readDefinitions(environment, address);
  return request.method === "GET" ? readRows(environment, request, address) : writeRows(environment, request, address);
}

function whoAmI(request: ApiRequest): ApiResponse {
  return jsonResponse(200, {
    "@odata.context": "$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse",
    BusinessUnitId: environmentIds.businessUnit,
    UserId: request.userId,
    OrganizationId: environmentIds.organization,
  });
}
