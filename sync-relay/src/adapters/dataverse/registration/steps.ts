import { webhookEndpoint, webhookSteps, type WebhookStep } from "../../../../../solution/schema/webhook-steps";
import type { JsonObject } from "../../../core/json";
import type { AdminApi } from "./admin-api";
import { ENDPOINTS } from "./endpoint";
import { planRow, type PlannedChange } from "./planned-change";

export const STEPS = "sdkmessageprocessingsteps";
export const IMAGES = "sdkmessageprocessingstepimages";

const stage = { postOperation: 40 } as const;
const mode = { asynchronous: 1 } as const;
const imageType = { before: 0, after: 1 } as const;

/** Ids of the messages and of their filters for the Opportunity table. */
interface Messages {
  readonly messageId: string;
  readonly filterId: string;
}

/** The steps and images as they are, and what has to be done to them. */
export async function planSteps(api: AdminApi, mappedColumns: readonly string[]): Promise<readonly PlannedChange[]> {
  const messages = await findMessages(api);
  const changes: PlannedChange[] = [];
  for (const step of webhookSteps) {
    changes.push(await planStep(api, step, { ids: messages(step), mappedColumns }));
    if (step.image !== null) changes.push(await planImage(api, step, step.image));
  }
  return changes;
}

/** Columns whose change calls the relay: those that sellers fill in, and those that the mapping reads. */
export function filteringColumns(step: WebhookStep, mappedColumns: readonly string[]): readonly string[] {
  return step.message === "Update" ? [...new Set([...step.filteringColumns, ...mappedColumns])].sort() : [];
}

async function findMessages(api: AdminApi): Promise<(step: WebhookStep) => Messages> {
  const names = webhookSteps.map(({ message }) => `name eq '${message}'`).join(" or ");
  const found = await api.list(`sdkmessages?$select=sdkmessageid,name&$filter=${names}`);
  const idOf = (message: string): string => text(found.find((row) => row["name"] === message)?.["sdkmessageid"]);
  const ids = webhookSteps.map(({ message }) => `_sdkmessageid_value eq ${idOf(message)}`).join(" or ");
  const filters = await api.list(
    `sdkmessagefilters?$select=sdkmessagefilterid,_sdkmessageid_value&$filter=primaryobjecttypecode eq 'opportunity' and (${ids})`,
  );
  return ({ message }) => ({
    messageId: idOf(message),
    filterId: text(filters.find((row) => row["_sdkmessageid_value"] === idOf(message))?.["sdkmessagefilterid"]),
  });
}

interface StepWish {
  readonly ids: Messages;
  readonly mappedColumns: readonly string[];
}

async function planStep(api: AdminApi, step: WebhookStep, { ids, mappedColumns }: StepWish): Promise<PlannedChange> {
  const name = `Co-sell relay: ${step.message} of ${step.table}`;
  const found = await api.find(
    `${STEPS}(${step.id})?$select=name,mode,stage,filteringattributes,asyncautodelete,statecode`,
  );
  const columns = filteringColumns(step, mappedColumns);
  const plain: JsonObject = {
    name,
    mode: mode.asynchronous,
    stage: stage.postOperation,
    // A job that worked is of no interest; one that failed stays.
    asyncautodelete: true,
    ...(columns.length === 0 ? {} : { filteringattributes: columns.join(",") }),
  };
  const differing = Object.entries(plain).filter(([column, value]) => !sameValue(column, found?.[column], value));
  const isDisabled = found !== null && found["statecode"] !== 0;
  return planRow({
    part: { kind: "step", name },
    set: STEPS,
    idColumn: "sdkmessageprocessingstepid",
    id: step.id,
    found,
    wanted: {
      ...plain,
      description: "Calls CoSell Sync.",
      rank: 1,
      supporteddeployment: 0,
      invocationsource: 0,
      "sdkmessageid@odata.bind": `/sdkmessages(${ids.messageId})`,
      "sdkmessagefilterid@odata.bind": `/sdkmessagefilters(${ids.filterId})`,
      "eventhandler_serviceendpoint@odata.bind": `/${ENDPOINTS}(${webhookEndpoint.id})`,
    },
    changed: { ...Object.fromEntries(differing), ...(isDisabled ? { statecode: 0, statuscode: 1 } : {}) },
    differences: [
      ...differing.map(([column, value]) => difference(column, found?.[column], value)),
      ...(isDisabled ? ["statecode: 1 → 0"] : []),
    ],
  });
}

async function planImage(
  api: AdminApi,
  step: WebhookStep,
  image: NonNullable<WebhookStep["image"]>,
): Promise<PlannedChange> {
  const name = `Co-sell relay: ${step.message}`;
  const found = await api.find(
    `${IMAGES}(${image.id})?$select=name,entityalias,imagetype,attributes,messagepropertyname`,
  );
  const plain: JsonObject = {
    name,
    entityalias: image.alias,
    imagetype: imageType[image.when],
    attributes: image.columns.join(","),
    messagepropertyname: "Target",
  };
  const differing = Object.entries(plain).filter(([column, value]) => !sameValue(column, found?.[column], value));
  return planRow({
    part: { kind: "image", name },
    set: IMAGES,
    idColumn: "sdkmessageprocessingstepimageid",
    id: image.id,
    found,
    wanted: { ...plain, "sdkmessageprocessingstepid@odata.bind": `/${STEPS}(${step.id})` },
    changed: Object.fromEntries(differing),
    differences: differing.map(([column, value]) => difference(column, found?.[column], value)),
  });
}

/** Columns that hold a list, whose order and blanks mean nothing. */
const LISTS: ReadonlySet<string> = new Set(["filteringattributes", "attributes"]);

function sameValue(column: string, found: unknown, wanted: unknown): boolean {
  if (!LISTS.has(column)) return found === wanted;
  return columnsIn(found).sort().join() === columnsIn(wanted).sort().join();
}

function difference(column: string, found: unknown, wanted: unknown): string {
  if (!LISTS.has(column)) return `${column}: ${JSON.stringify(found ?? null)} → ${JSON.stringify(wanted)}`;
  const [before, after] = [columnsIn(found), columnsIn(wanted)];
  const added = after.filter((one) => !before.includes(one)).map((one) => `+${one}`);
  const gone = before.filter((one) => !after.includes(one)).map((one) => `-${one}`);
  return `${column}: ${[...added, ...gone].join(" ")}`;
}

function columnsIn(value: unknown): string[] {
  return text(value)
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
