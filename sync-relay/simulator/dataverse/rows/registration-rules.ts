// What the platform refuses in registrations: endpoints with settings that cannot be read, steps and images that the
// message does not allow, application users without a business unit.

import type { Json } from "../../../src/core/json";
import type { Table } from "../catalogue/table";
import { badRequest } from "../dataverse-error";
import type { PlannedWrite } from "./derived-values";
import { referenceIn, type RowValues } from "./row";
import type { RowStore } from "./row-store";

const WEBHOOK = 8;
/** Kinds of authentication whose value is a list of settings in XML. */
const WITH_SETTINGS: readonly Json[] = [5, 6];
const SETTINGS =
  /^<settings>(\s*<setting\s+name="[^"<&]+"\s+value="([^"<&]|&(lt|gt|amp|quot|apos);)*"\s*\/>)*\s*<\/settings>$/;

const rules: Readonly<Record<string, (values: RowValues, store: RowStore, write: PlannedWrite) => void>> = {
  serviceendpoint: refuseEndpoint,
  sdkmessageprocessingstep: refuseStep,
  sdkmessageprocessingstepimage: refuseImage,
  systemuser: refuseUser,
};

/** Throws the refusal of a registration that the platform would not take. */
export function refuseBadRegistration(table: Table, write: PlannedWrite, store: RowStore): void {
  rules[table.name]?.(write.after, store, write);
}

function refuseEndpoint(values: RowValues): void {
  const { url, contract, authtype, authvalue } = values as { readonly [name: string]: Json };
  if (contract !== WEBHOOK) return;
  if (typeof url !== "string" || !/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw badRequest("The endpoint URL is not a valid absolute address.", "badPayload");
  }
  const isReadable = typeof authvalue === "string" && SETTINGS.test(authvalue);
  if (WITH_SETTINGS.includes(authtype ?? null) && !isReadable) throw badRequest("AuthValue is Invalid", "badPayload");
}

function refuseStep(values: RowValues, store: RowStore): void {
  const message = messageOf(values, store);
  if (message === undefined) throw badRequest("A step needs a message.", "badPayload");
  if (typeof values["filteringattributes"] === "string" && message !== "Update") {
    throw badRequest(`Filtering attributes are not supported on ${message}.`, "badPayload");
  }
  const filter = referenceIn(values["sdkmessagefilterid"]);
  const filterMessage = filter && referenceIn(store.get(filter.table, filter.id)?.values["sdkmessageid"])?.id;
  if (filter && filterMessage !== referenceIn(values["sdkmessageid"])?.id) {
    throw badRequest("The message filter belongs to another message.", "badPayload");
  }
}

function refuseImage(values: RowValues, store: RowStore): void {
  const step = referenceIn(values["sdkmessageprocessingstepid"]);
  const message = messageOf((step && store.get(step.table, step.id)?.values) ?? {}, store);
  if (message === undefined) throw badRequest("An image needs a step.", "badPayload");
  const { kinds, property } = imagesOf(message);
  const { imagetype, messagepropertyname } = values as { readonly [name: string]: Json };
  if (!kinds.includes(imagetype ?? null)) {
    throw badRequest(`This kind of image is not supported on the message ${message}.`, "badPayload");
  }
  if (typeof messagepropertyname !== "string" || !property.test(messagepropertyname)) {
    throw badRequest(`The message property name is not one of ${message}.`, "badPayload");
  }
}

/** There is no row before a Create, and none after a Delete. */
function imagesOf(message: string): { readonly kinds: readonly Json[]; readonly property: RegExp } {
  if (message === "Create") return { kinds: [1], property: /^id$/i };
  return { kinds: message === "Delete" ? [0] : [0, 1, 2], property: /^Target$/ };
}

function refuseUser(values: RowValues, store: RowStore, write: PlannedWrite): void {
  if (write.message !== "Create") return;
  if (!referenceIn(values["businessunitid"])) {
    throw badRequest("A user needs a business unit (businessunitid).", "badPayload");
  }
  const applicationid = values["applicationid"] ?? null;
  const twin = store.list("systemuser").find((row) => row.values["applicationid"] === applicationid);
  if (applicationid !== null && twin !== undefined && twin.id !== write.id) {
    throw badRequest("A user with this application id exists already.", "duplicateKey");
  }
}

/** An endpoint that a step calls cannot be deleted; the images of a step go with it. */
export function removeDependents(store: RowStore, gone: { readonly table: string; readonly id: string }): void {
  const pointing = (table: string, column: string) =>
    store.list(table).filter((row) => {
      const reference = referenceIn(row.values[column]);
      return reference?.table === gone.table && reference.id === gone.id;
    });
  if (pointing("sdkmessageprocessingstep", "eventhandler").length > 0) {
    throw badRequest("The service endpoint cannot be deleted because steps refer to it.", "badPayload");
  }
  for (const image of pointing("sdkmessageprocessingstepimage", "sdkmessageprocessingstepid")) {
    store.remove("sdkmessageprocessingstepimage", image.id);
  }
}

function messageOf(step: RowValues, store: RowStore): string | undefined {
  const message = referenceIn(step["sdkmessageid"]);
  const name = message && store.get(message.table, message.id)?.values["name"];
  return typeof name === "string" ? name : undefined;
}
