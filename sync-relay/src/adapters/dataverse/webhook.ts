import { createHash } from "node:crypto";
import type { EventKind, RelayEvent } from "../../core/event";
import type { Log } from "../../ports/log";
import type { Verified, WebhookRequest, WebhookSource } from "../../ports/webhook-source";
import { DATAVERSE_SECRET_HEADER, RELAY_WRITE_TAG } from "../../../../solution/schema/webhook-steps";
import { type ExecutionContext, parseExecutionContext } from "./execution-context";
import { createSecretCheck } from "./shared-secret";

/**
 * Dataverse's webhooks. There is no signature: a request is ours when it carries the shared secret, and nothing is
 * parsed before that. What it says is a hint that names an opportunity.
 */
export interface DataverseWebhookOptions {
  /** Accepted secrets: one, or two while a new one is being rolled out. */
  readonly secrets: readonly string[];
  /** Who the relay is in which environment; null until Dataverse said so. */
  readonly identity: () => OwnIdentity | null;
  readonly log: Log;
}

/** The relay's application user, and the organisation whose opportunities it keeps in step. */
export interface OwnIdentity {
  readonly userId: string;
  readonly organizationId: string;
}

/** Set by Dataverse when it stripped a body that was over 256 KB. */
const STRIPPED_HEADER = "x-ms-dynamics-msg-size-exceeded";

/** Messages that change an opportunity. Any other message is none of the relay's business. */
const EVENT_KINDS: ReadonlyMap<string, EventKind> = new Map([
  ["create", "opportunity-created"],
  ["createmultiple", "opportunity-created"],
  ["update", "opportunity-updated"],
  ["updatemultiple", "opportunity-updated"],
  ["upsert", "opportunity-updated"],
  ["upsertmultiple", "opportunity-updated"],
  ["assign", "opportunity-updated"],
  ["setstate", "opportunity-updated"],
  ["setstatedynamicentity", "opportunity-updated"],
  ["win", "opportunity-updated"],
  ["lose", "opportunity-updated"],
  ["merge", "opportunity-updated"],
  ["delete", "opportunity-deleted"],
  ["deletemultiple", "opportunity-deleted"],
]);

export function createDataverseWebhook(options: DataverseWebhookOptions): WebhookSource {
  const isSecret = createSecretCheck(options.secrets);

  function verify(request: WebhookRequest): Verified {
    const given = request.headers[DATAVERSE_SECRET_HEADER];
    if (given === undefined) return { kind: "rejected", reason: "missing-header" };
    if (!isSecret(given)) return { kind: "rejected", reason: "bad-secret" };
    const context = parseExecutionContext(request.rawBody);
    if (context === null) {
      options.log.warn("a Dataverse webhook could not be read", { bytes: request.rawBody.byteLength });
      return { kind: "rejected", reason: "malformed" };
    }
    const identity = options.identity();
    if (isOfAnother(context.organizationId, identity)) {
      options.log.warn("a Dataverse webhook comes from another environment");
      return { kind: "rejected", reason: "not-ours" };
    }
    if (context.table !== "opportunity") return { kind: "verified", events: [] };
    if (request.headers[STRIPPED_HEADER] !== undefined && context.rowIds.length === 0) {
      options.log.warn("a Dataverse webhook was stripped of its rows; the sweep will find them");
    }
    return { kind: "verified", events: eventsOf(context, request) };
  }

  function eventsOf(context: ExecutionContext, request: WebhookRequest): readonly RelayEvent[] {
    const kind = EVENT_KINDS.get(context.message.toLowerCase());
    if (kind === undefined) return [];
    const operation = context.operationId ?? createHash("sha256").update(request.rawBody).digest("hex");
    const event = (recordId: string, what: EventKind): RelayEvent => {
      const dedupeId = [context.organizationId ?? "", operation, context.message.toLowerCase(), recordId].join(":");
      return {
        source: "dataverse",
        kind: what,
        recordId,
        changedAt: context.createdAt,
        ownWrite: isOwnWrite(context, options.identity()?.userId ?? null),
        dedupeId,
        correlationId: context.correlationId ?? operation,
      };
    };
    const merged = context.mergedId === null ? [] : [event(context.mergedId, "opportunity-deleted")];
    return [...context.rowIds.map((rowId) => event(rowId, kind)), ...merged];
  }

  return { source: "dataverse", verify: (request) => Promise.resolve(verify(request)) };
}

/** A copy of an environment keeps its webhooks and their secret, and speaks of rows with the same ids. */
function isOfAnother(organizationId: string | null, own: OwnIdentity | null): boolean {
  return organizationId !== null && own !== null && organizationId !== own.organizationId.toLowerCase();
}

/**
 * Whether the relay itself made this change. A plug-in that reacts to the relay's write runs deeper, and what it
 * changed is news; a foreign tag means that somebody else works as the same user.
 */
function isOwnWrite(context: ExecutionContext, ownUserId: string | null): boolean {
  if (context.depth !== 1) return false;
  if (context.tag !== null) return context.tag === RELAY_WRITE_TAG;
  return ownUserId !== null && context.initiatingUserId === ownUserId.toLowerCase();
}
