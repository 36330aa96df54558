// A simulator per test, a plain HTTP client for its Web API, and a receiver for its webhooks.

import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { DynamicsWebApi } from "dynamics-web-api";
import {
  createDataverseSimulator,
  type DataverseSimulator,
  type DataverseSimulatorOptions,
} from "../../../sync-relay/simulator/dataverse/dataverse-simulator";

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

/** A running simulator that closes with the test. */
export async function aSimulator(options: DataverseSimulatorOptions = {}): Promise<DataverseSimulator> {
  const simulator = await createDataverseSimulator(options);
  opened.push(simulator);
  return simulator;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body when it is JSON; an empty object otherwise. */
  readonly json: Wire;
}

/** A JSON body, by the names that tests read; whether they are there is for the test to find out. */
export interface Wire {
  readonly [name: string]: unknown;
  readonly error: { readonly code: string; readonly message: string };
  readonly value: readonly Wire[];
  readonly name: string;
  readonly opportunityid: string;
  readonly transactioncurrencyid: string;
  readonly sdkmessagefilterid: string;
  readonly sdkmessageprocessingstepid: string;
  readonly roleid: string;
  readonly "@odata.etag": string;
  readonly "@odata.nextLink": string | undefined;
  readonly "@odata.deltaLink": string;
}

export interface Call {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** One request to the Web API over HTTP. */
export async function call(simulator: DataverseSimulator, line: string, given: Call = {}): Promise<Answer> {
  const [method = "GET", path = ""] = line.split(/ (.*)/s);
  const response = await fetch(path.startsWith("http") ? path : `${simulator.url}/api/data/v9.2/${path}`, {
    method,
    headers: { authorization: "Bearer any", "content-type": "application/json", ...given.headers },
    ...(given.body === undefined
      ? {}
      : { body: typeof given.body === "string" ? given.body : JSON.stringify(given.body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
  return { status: response.status, headers: response.headers, text, json: (isJson ? JSON.parse(text) : {}) as Wire };
}

/** The first row of a list that must not be empty. */
export function first<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error("the list is empty");
  return row;
}

/** Creates a row over HTTP and returns its id. */
export async function created(simulator: DataverseSimulator, set: string, body: unknown): Promise<string> {
  const answer = await call(simulator, `POST ${set}`, { body });
  expect(answer.status).toBe(204);
  return idIn(answer);
}

/** The id in `OData-EntityId`. */
export function idIn(answer: Answer): string {
  return /\(([0-9a-f-]{36})\)$/.exec(answer.headers.get("odata-entityid") ?? "")?.[1] ?? "";
}

/** The real client library against a simulator. */
export function aClient(simulator: DataverseSimulator): DynamicsWebApi {
  return new DynamicsWebApi({
    serverUrl: simulator.url,
    dataApi: { version: "9.2" },
    propagateErrors: true,
    onTokenRefresh: () => Promise.resolve("any"),
  });
}

export interface Received {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: WireContext;
}

/** A pair in a webhook body. */
export interface Pair {
  readonly key: string;
  readonly value: unknown;
}

/** A webhook body, by the names that tests read. */
export interface WireContext {
  readonly MessageName: string;
  readonly PrimaryEntityId: string;
  readonly CorrelationId: string;
  readonly OperationCreatedOn: string;
  readonly InputParameters: readonly [{ readonly key: string; readonly value: WireEntity }];
  readonly OutputParameters: readonly Pair[];
  readonly PostEntityImages: readonly Pair[];
  readonly PreEntityImages: readonly Pair[];
  readonly SharedVariables: readonly Pair[];
  readonly OwningExtension: unknown;
  readonly ParentContext: WireContext;
}

/** An entity in a webhook body. */
export interface WireEntity {
  readonly __type: string;
  readonly Attributes: readonly Pair[];
  readonly FormattedValues: readonly Pair[];
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** Statuses to answer with, first to last; 200 when used up, `hang` for no answer. */
  readonly answers: (number | "hang")[];
}

/** A webhook receiver that closes with the test. */
export async function aReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: (number | "hang")[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString("utf8");
      received.push({ url: request.url ?? "", headers: request.headers, text, body: JSON.parse(text) as WireContext });
      const answer = answers.shift() ?? 200;
      if (answer !== "hang") response.writeHead(answer).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  opened.push({
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received, answers };
}

/** A simulator whose opportunity webhooks go to a receiver. */
export async function aHookedSimulator(
  options: DataverseSimulatorOptions = {},
): Promise<{ simulator: DataverseSimulator; receiver: Receiver }> {
  const receiver = await aReceiver();
  const webhook = {
    url: receiver.url,
    headers: { "x-cosell-key": 'a "secret" & more' },
    filteringAttributes: ["name", "estimatedvalue", "statecode", "statuscode"],
  };
  return { receiver, simulator: await aSimulator({ webhook, ...options }) };
}
