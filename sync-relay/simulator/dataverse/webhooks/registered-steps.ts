// Which registered steps a change calls. Registrations are ordinary rows (service endpoints, steps, images), so whatever
// a client registers through the Web API takes effect at once.

import type { Row } from "../rows/row";
import { referenceIn } from "../rows/row";
import type { RowStore } from "../rows/row-store";
import type { RowChange } from "../rows/row-writer";

/** A copy of the row that a step asks for. */
export interface StepImage {
  readonly alias: string;
  readonly pre: boolean;
  readonly post: boolean;
  /** Columns; null for all. */
  readonly columns: readonly string[] | null;
}

/** One step with the endpoint that it calls. */
export interface RegisteredStep {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly images: readonly StepImage[];
  readonly deletesItsJobs: boolean;
}

const WEBHOOK_CONTRACT = 8;
const ASYNCHRONOUS = 1;
const POST_OPERATION = 40;
const authType = { webhookKey: 4, httpHeader: 5, queryString: 6 } as const;
const imageType = { pre: 0, post: 1, both: 2 } as const;

/** The enabled asynchronous webhook steps that a change calls. */
export function stepsFor(store: RowStore, change: RowChange): readonly RegisteredStep[] {
  const { bypassedSteps } = change.context;
  if (bypassedSteps === "all") return [];
  return store
    .list("sdkmessageprocessingstep")
    .filter((step) => !bypassedSteps.includes(step.id) && isCalledBy(store, step, change))
    .flatMap((step) => {
      const endpoint = lookedUp(store, step, "eventhandler");
      return endpoint?.values["contract"] === WEBHOOK_CONTRACT ? [registeredStep(store, step, endpoint)] : [];
    });
}

function isCalledBy(store: RowStore, step: Row, change: RowChange): boolean {
  const { mode, stage, statecode } = step.values as { mode?: unknown; stage?: unknown; statecode?: unknown };
  if (mode !== ASYNCHRONOUS || stage !== POST_OPERATION || statecode !== 0) return false;
  if (lookedUp(store, step, "sdkmessageid")?.values["name"] !== change.message) return false;
  const filter = lookedUp(store, step, "sdkmessagefilterid");
  if (filter && filter.values["primaryobjecttypecode"] !== change.table.name) return false;
  const columns = list(step.values["filteringattributes"]);
  if (change.message !== "Update" || columns.length === 0) return true;
  return columns.some((column) => Object.hasOwn(change.written, column));
}

function registeredStep(store: RowStore, step: Row, endpoint: Row): RegisteredStep {
  const { url, headers } = address(endpoint);
  return {
    id: step.id,
    name: text(step.values["name"]),
    url,
    headers,
    images: store
      .list("sdkmessageprocessingstepimage")
      .filter((image) => referenceIn(image.values["sdkmessageprocessingstepid"])?.id === step.id)
      .map(stepImage),
    deletesItsJobs: step.values["asyncautodelete"] === true,
  };
}

function stepImage(image: Row): StepImage {
  const kind = image.values["imagetype"];
  const columns = list(image.values["attributes"]);
  return {
    alias: text(image.values["entityalias"]),
    pre: kind === imageType.pre || kind === imageType.both,
    post: kind === imageType.post || kind === imageType.both,
    columns: columns.length > 0 ? columns : null,
  };
}

/** Where to post and with which headers, by the endpoint's kind of authentication. */
function address(endpoint: Row): { url: string; headers: Readonly<Record<string, string>> } {
  const url = new URL(text(endpoint.values["url"]));
  const secret = text(endpoint.values["authvalue"]);
  switch (endpoint.values["authtype"]) {
    case authType.webhookKey:
      url.searchParams.set("code", secret);
      return { url: url.href, headers: {} };
    case authType.httpHeader:
      return { url: url.href, headers: Object.fromEntries(settings(secret)) };
    case authType.queryString:
      for (const [name, value] of settings(secret)) url.searchParams.set(name, value);
      return { url: url.href, headers: {} };
    default:
      return { url: url.href, headers: {} };
  }
}

/** The pairs in `<settings><setting name="…" value="…"/></settings>`. */
function settings(xml: string): readonly (readonly [string, string])[] {
  const found = xml.matchAll(/<setting\s+name="([^"]*)"\s+value="([^"]*)"\s*\/>/g);
  return [...found].map(([, name = "", value = ""]) => [unescapeXml(name), unescapeXml(value)]);
}

function unescapeXml(given: string): string {
  const characters: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return given.replaceAll(/&(lt|gt|quot|apos|amp);/g, (_whole, name: string) => characters[name] ?? "");
}

function lookedUp(store: RowStore, row: Row, column: string): Row | undefined {
  const reference = referenceIn(row.values[column]);
  return reference ? store.get(reference.table, reference.id) : undefined;
}

function list(value: unknown): readonly string[] {
  return text(value)
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
