// `$batch`: a multipart body of requests and change sets. A change set is all or nothing and may refer to rows that it
// creates by `$<Content-ID>`. The boundaries of the response are `batchresponse_…` and `changesetresponse_…`; clients
// recognise batch responses by these words.

import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import { badRequest, DataverseError } from "../dataverse-error";
import type { Environment } from "../environment";
import { errorResponse, type ApiRequest, type ApiResponse } from "./api-message";
import { boundaryOf, parseMultipart, parsePart, type Part } from "./multipart";
import { parsePreferences } from "./preferences";
import { answerRequest } from "./web-api";

/** Most requests in one batch, as documented. */
const MAX_BATCH_REQUESTS = 1000;

interface Inner {
  readonly request: ApiRequest;
  readonly contentId: string | undefined;
}

type Item =
  | { readonly kind: "request"; readonly inner: Inner }
  | { readonly kind: "change-set"; readonly inners: readonly Inner[] };

type Outcome =
  | { readonly kind: "request"; readonly response: ApiResponse; readonly contentId: string | undefined }
  | { readonly kind: "change-set"; readonly responses: readonly Extract<Outcome, { kind: "request" }>[] };

/** Answers a batch. */
export function answerBatch(environment: Environment, request: ApiRequest): ApiResponse {
  try {
    const items = parseBatch(request);
    const goOn = parsePreferences(request.headers.get("prefer")).continueOnError;
    const outcomes: Outcome[] = [];
    for (const item of items) {
      const outcome = run(environment, item);
      outcomes.push(outcome);
      if (failed(outcome) && !goOn) break;
    }
    const failure = outcomes.find(failed);
    return render(outcomes, failure && !goOn ? statusOf(failure) : 200);
  } catch (error) {
    if (error instanceof DataverseError) return errorResponse(error);
    throw error;
  }
}

/** Method and address of every request in a batch, for the request log. */
export function batchedRequests(request: ApiRequest): readonly { method: string; path: string }[] {
  try {
    return parseBatch(request)
      .flatMap((item) => (item.kind === "request" ? [item.inner] : item.inners))
      .map(({ request: inner }) => ({ method: inner.method, path: inner.address }));
  } catch {
    return [];
  }
}

function parseBatch(request: ApiRequest): readonly Item[] {
  const boundary = boundaryOf(request.headers.get("content-type"));
  if (boundary === undefined) throw badRequest("A batch is multipart/mixed with a boundary.");
  const items = parseMultipart(request.body, boundary).map((part): Item => {
    const inner = boundaryOf(part.headers.get("content-type"));
    if (inner === undefined) return { kind: "request", inner: parseInner(part, request) };
    const inners = parseMultipart(part.body, inner).map((one) => parseInner(one, request));
    if (inners.some((one) => one.request.method === "GET")) throw badRequest("A change set must not contain GET.");
    return { kind: "change-set", inners };
  });
  const total = items.reduce((sum, item) => sum + (item.kind === "request" ? 1 : item.inners.length), 0);
  if (total > MAX_BATCH_REQUESTS) throw badRequest(`A batch takes at most ${MAX_BATCH_REQUESTS} requests.`);
  return items;
}

function parseInner(part: Part, outer: ApiRequest): Inner {
  const end = part.body.indexOf("\n");
  const line = end < 0 ? part.body : part.body.slice(0, end);
  const match = /^([A-Z]+)\s+(\S+)\s+HTTP\/1\.1\s*$/.exec(line);
  const [, method, target] = match ?? [];
  if (method === undefined || target === undefined) throw badRequest("A part of the batch is not a request.");
  const content = parsePart(end < 0 ? "" : part.body.slice(end + 1));
  const address = target.replace(/^(?:https?:\/\/[^/]+)?\/?api\/data\/v[\d.]+\//, "").replace(/^\//, "");
  return {
    request: { method, address, headers: content.headers, body: content.body.trim(), userId: outer.userId },
    contentId: part.headers.get("content-id") ?? content.headers.get("content-id"),
  };
}

function run(environment: Environment, item: Item): Outcome {
  if (item.kind === "change-set") return runChangeSet(environment, item.inners);
  const { request, contentId } = item.inner;
  return { kind: "request", response: answerRequest(environment, request), contentId };
}

/** Carries the response of the failed part out of the transaction that it rolls back. */
class ChangeSetFailure extends Error {
  readonly response: ApiResponse;

  constructor(response: ApiResponse) {
    super("change set rolled back");
    this.response = response;
  }
}

function runChangeSet(environment: Environment, inners: readonly Inner[]): Outcome {
  const created = new Map<string, string>();
  try {
    const responses = environment.writer.atomic(() =>
      inners.map(({ request, contentId }) => {
        const response = answerRequest(environment, withReferences(request, created));
        if (response.status >= 400) throw new ChangeSetFailure(response);
        const location = response.headers["odata-entityid"];
        if (contentId !== undefined && location !== undefined) created.set(contentId, location);
        return { kind: "request" as const, response, contentId };
      }),
    );
    return { kind: "change-set", responses };
  } catch (error) {
    if (!(error instanceof ChangeSetFailure)) throw error;
    return { kind: "change-set", responses: [{ kind: "request", response: error.response, contentId: undefined }] };
  }
}

/** Puts the addresses of created rows in place of `$<Content-ID>`, in the address and in binds. */
function withReferences(request: ApiRequest, created: ReadonlyMap<string, string>): ApiRequest {
  let { address, body } = request;
  for (const [id, location] of created) {
    const path = location.replace(/^.*\/api\/data\/v[\d.]+\//, "");
    if (address === `$${id}` || address.startsWith(`$${id}/`) || address.startsWith(`$${id}?`)) {
      address = path + address.slice(id.length + 1);
    }
    body = body.replaceAll(`"$${id}"`, JSON.stringify(`/${path}`));
  }
  return { ...request, address, body };
}

function failed(outcome: Outcome): boolean {
  return statusOf(outcome) >= 400;
}

function statusOf(outcome: Outcome): number {
  if (outcome.kind === "request") return outcome.response.status;
  return Math.max(200, ...outcome.responses.map((one) => one.response.status));
}

function render(outcomes: readonly Outcome[], status: number): ApiResponse {
  const boundary = `batchresponse_${randomUUID()}`;
  const parts = outcomes.map((outcome) => {
    if (outcome.kind === "request") return renderRequest(outcome);
    if (statusOf(outcome) >= 400) return outcome.responses.map(renderRequest).join("");
    const inner = `changesetresponse_${randomUUID()}`;
    const content = renderParts(inner, outcome.responses.map(renderRequest));
    return `Content-Type: multipart/mixed; boundary=${inner}\r\n\r\n${content}`;
  });
  return {
    status,
    headers: { "content-type": `multipart/mixed; boundary=${boundary}` },
    body: renderParts(boundary, parts),
  };
}

function renderParts(boundary: string, parts: readonly string[]): string {
  return `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join("")}--${boundary}--\r\n`;
}

function renderRequest({ response, contentId }: Extract<Outcome, { kind: "request" }>): string {
  const head = ["Content-Type: application/http", "Content-Transfer-Encoding: binary"];
  if (contentId !== undefined) head.push(`Content-ID: ${contentId}`);
  const headers = Object.entries(response.headers).map(([name, value]) => `${wireHeader(name)}: ${value}`);
  const line = `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? "Unknown"}`;
  return [...head, "", line, ...headers, "OData-Version: 4.0", "", response.body].join("\r\n");
}

/** Header names in the notation of the service; clients compare some of them literally. */
function wireHeader(name: string): string {
  const known: Readonly<Record<string, string>> = {
    "content-type": "Content-Type",
    "odata-entityid": "OData-EntityId",
    location: "Location",
    "retry-after": "Retry-After",
    "preference-applied": "Preference-Applied",
  };
  return known[name] ?? name;
}
