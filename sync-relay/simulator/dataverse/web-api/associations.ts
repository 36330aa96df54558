import type { Association } from "../catalogue/table";
import { badRequest, notFound } from "../dataverse-error";
import type { Environment } from "../environment";
import { referenceIn, type Row } from "../rows/row";
import { newRowId } from "../rows/row-store";
import { emptyResponse, type ApiRequest, type ApiResponse } from "./api-message";
import { resolveBindWith } from "./resource-path";
import { bodyObject, notAllowed } from "./write-rows";

export interface AssociationWrite {
  readonly request: ApiRequest;
  readonly association: Association;
  readonly ownId: string;
  /** Key of the other row, in the address of a DELETE. */
  readonly otherKey: string | null;
}

/** POST and DELETE of `…/relationship/$ref`. Linking what is linked already changes nothing. */
export function writeAssociation(environment: Environment, write: AssociationWrite): ApiResponse {
  switch (write.request.method) {
    case "POST":
      return link(environment, write);
    case "DELETE":
      return unlink(environment, write);
    default:
      throw notAllowed(write.request);
  }
}

function link(environment: Environment, { request, association, ownId }: AssociationWrite): ApiResponse {
  const { store } = environment;
  const target = bodyObject(request)["@odata.id"];
  if (typeof target !== "string") throw badRequest("The reference '@odata.id' is missing.", "badPayload");
  const other = resolveBindWith(environment.catalogue, store)(target);
  if (other.table !== association.other) throw badRequest(`'${target}' is no ${association.other}.`, "badPayload");
  refuseForeignUnit(environment, association, { ownId, otherId: other.id });
  const values = { [association.ownColumn]: ownId, [association.otherColumn]: other.id };
  if (store.find(association.link, values).length === 0) store.put(association.link, newRowId(), values);
  return emptyResponse(204);
}

function unlink(environment: Environment, { association, ownId, otherKey }: AssociationWrite): ApiResponse {
  const { store } = environment;
  const values = { [association.ownColumn]: ownId, [association.otherColumn]: otherKey ?? "" };
  const [found] = store.find(association.link, values);
  if (found === undefined) throw notFound("The rows are not associated.");
  store.remove(association.link, found.id);
  return emptyResponse(204);
}

/** A user takes only roles of the user's own business unit. */
function refuseForeignUnit(
  { store }: Environment,
  association: Association,
  { ownId, otherId }: { readonly ownId: string; readonly otherId: string },
): void {
  if (association.link !== "systemuserroles") return;
  const unitOf = (row: Row | undefined): string | undefined => referenceIn(row?.values["businessunitid"])?.id;
  if (unitOf(store.get("systemuser", ownId)) === unitOf(store.get("role", otherId))) return;
  throw badRequest("The role belongs to another business unit than the user.", "badPayload");
}
