// The referrals API as partners call it.

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { JsonObject } from "../../src/core/json";
import {
  maySee,
  objectionToAccess,
  REFERRALS_AUDIENCE,
  signIn,
  type AcceptToken,
  type Caller,
  type Viewer,
} from "./access";
import { accessDenied, errorOfStatus, preconditionFailed, referralsErrorBody, type ApiError } from "./api-error";
import { decideCreation, type Creation } from "./create-referral";
import { listReferrals } from "./list-referrals";
import type { PartnerCenterSettings } from "./partner-center-settings";
import { patchReferral } from "./patch-referral";
import { putReferral } from "./put-referral";
import { answeredReferral } from "./referral-links";
import type { ReferralResource } from "./referral-resource";
import type { ReferralStore } from "./referral-store";
import type { Organization } from "./referral-template";
import { serverDate } from "./server-stamps";
import { sendError } from "./simulated-host";

export interface ReferralRoutesContext {
  readonly store: ReferralStore;
  readonly settings: PartnerCenterSettings;
  readonly organization: Organization;
  readonly acceptToken: AcceptToken;
  nowMs(): number;
}

const BASE = "/v1.0/engagements/referrals";

type Route = (request: FastifyRequest, reply: FastifyReply, caller: Caller) => unknown;
type ById = FastifyRequest & { params: { id: string } };

export function addReferralRoutes(app: FastifyInstance, context: ReferralRoutesContext): void {
  const route = (answer: Route) => (request: FastifyRequest, reply: FastifyReply) => {
    const signedIn = signIn(request.headers.authorization, REFERRALS_AUDIENCE, context.acceptToken);
    if (signedIn.kind === "error") return refuse(reply, signedIn);
    if (signedIn.caller.kind === "app") return refuse(reply, accessDenied("Only user access is supported."));
    if (context.settings.role === "none") return refuse(reply, accessDenied("The user has no referrals role."));
    return answer(request, reply, signedIn.caller);
  };
  const list = route((request, reply, caller) => answerList(context, request, reply, caller));
  app.get(BASE, list);
  app.get("/v1.0/referrals", list);
  app.post(BASE, route(createRoute(context)));
  app.get(
    `${BASE}/:id`,
    route((request, reply, caller) => {
      const found = findReferral(context, request, { purpose: "read", caller });
      return found.kind === "error" ? refuse(reply, found) : sendReferral(reply, 200, found.referral);
    }),
  );
  app.patch(`${BASE}/:id`, route(patchRoute(context)));
  app.put(`${BASE}/:id`, route(putRoute(context)));
}

function answerList(context: ReferralRoutesContext, ...[request, reply, caller]: Parameters<Route>): FastifyReply {
  const { store, settings } = context;
  const viewer = viewerOf(context, caller);
  const visible = store.indexed(settings.indexLagMs).filter((referral) => maySee(referral, viewer));
  const search = request.url.split("?").slice(1).join("?");
  const answer = listReferrals(search, { settings, host: request.host, visible });
  return answer.kind === "error" ? refuse(reply, answer) : reply.send(answer.body);
}

function createRoute(context: ReferralRoutesContext): Route {
  const { store, settings, organization } = context;
  const answers = new Map<string, ReferralResource>();
  return (request, reply) => {
    const requestId = settings.honoursRequestId ? request.headers["ms-requestid"] : undefined;
    const earlier = typeof requestId === "string" ? answers.get(requestId) : undefined;
    if (earlier !== undefined) return sendCreated(reply, earlier, settings);
    const creation = decideCreation(request.body, { organization, settings, ofEngagement: store.ofEngagement });
    if (creation.kind === "error") return refuse(reply, creation);
    const created = storeCreation(store, creation, settings);
    if (typeof requestId === "string") answers.set(requestId, created);
    return sendCreated(reply, created, settings);
  };
}

function storeCreation(
  store: ReferralStore,
  creation: Exclude<Creation, ApiError>,
  settings: PartnerCenterSettings,
): ReferralResource {
  const created = store.create(creation.draft, "api");
  if (creation.kind === "microsoft") {
    return settings.inviteAnswers === "microsoft-referral" ? created : creation.own;
  }
  if (creation.microsoft !== null) store.create(creation.microsoft, "api");
  return created;
}

function patchRoute(context: ReferralRoutesContext): Route {
  const { store, settings } = context;
  return (request, reply, caller) => {
    const found = findReferral(context, request, { purpose: "write", caller });
    if (found.kind === "error") return refuse(reply, found);
    const condition = request.headers["if-match"];
    if (settings.honoursIfMatch && condition !== undefined && !meets(condition, found.referral)) {
      return refuse(reply, preconditionFailed());
    }
    const now = serverDate(context.nowMs());
    const patched = patchReferral(found.referral, request.body, { settings, now });
    if (patched.kind === "error") return refuse(reply, patched);
    const updated = store.update(found.referral.id, patched.content, "api");
    const prefersBody = /\breturn=representation\b/i.test(headerText(request.headers["prefer"]));
    return prefersBody && settings.honoursPrefer
      ? sendReferral(reply, 200, updated)
      : reply.code(204).header("ETag", updated.eTag).send();
  };
}

function putRoute(context: ReferralRoutesContext): Route {
  const { store, settings } = context;
  return (request, reply, caller) => {
    const found = findReferral(context, request, { purpose: "write", caller });
    if (found.kind === "error") return refuse(reply, found);
    const condition = request.headers["if-match"];
    if (condition === undefined) return refuse(reply, errorOfStatus(400, "The header If-Match is required."));
    if (!meets(condition, found.referral)) return refuse(reply, preconditionFailed());
    const replaced = putReferral(found.referral, request.body, { settings, now: serverDate(context.nowMs()) });
    if (replaced.kind === "error") return refuse(reply, replaced);
    return sendReferral(reply, 200, store.update(found.referral.id, replaced.content, "api"));
  };
}

type Found = { readonly kind: "found"; readonly referral: ReferralResource } | ApiError;

function findReferral(
  context: ReferralRoutesContext,
  request: FastifyRequest,
  access: { readonly purpose: "read" | "write"; readonly caller: Caller },
): Found {
  const referral = context.store.get((request as ById).params.id.toLowerCase());
  const objection = objectionToAccess(referral, access.purpose, viewerOf(context, access.caller));
  if (objection !== null) return objection;
  return referral === undefined ? errorOfStatus(404, "Not found.") : { kind: "found", referral };
}

function viewerOf({ store, settings, organization }: ReferralRoutesContext, caller: Caller): Viewer {
  return { caller, organizationId: organization.id, settings, ofEngagement: store.ofEngagement };
}

function meets(condition: string, referral: ReferralResource): boolean {
  return condition === "*" || condition === referral.eTag;
}

function sendReferral(reply: FastifyReply, status: number, referral: ReferralResource): FastifyReply {
  const context = "https://api.partner.microsoft.com/v1.0/engagements/referrals/$metadata#Referrals/$entity";
  const body: JsonObject = { "@odata.context": context, ...answeredReferral(referral) };
  return reply.code(status).header("ETag", referral.eTag).send(body);
}

function sendCreated(reply: FastifyReply, referral: ReferralResource, settings: PartnerCenterSettings): FastifyReply {
  return settings.createStatus === 204 ? reply.code(204).send() : sendReferral(reply, settings.createStatus, referral);
}

function refuse(reply: FastifyReply, error: ApiError): FastifyReply {
  return sendError(reply, error, referralsErrorBody);
}

function headerText(header: string | string[] | undefined): string {
  return Array.isArray(header) ? header.join(",") : (header ?? "");
}
