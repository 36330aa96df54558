import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Outcome, PersonActions } from "../person-actions";
import type { ReferralResource } from "../referral-resource";
import { MICROSOFT, type Organization } from "../referral-template";
import { dealEdit, newDeal, type PortalForm } from "./portal-form";
import { portalPage } from "./portal-page";
import { PORTAL_STYLE } from "./portal-style";

/** Engagements shown, newest first: more would make the page unusable. */
const SHOWN_ENGAGEMENTS = 200;

const HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "same-origin",
  "Cache-Control": "no-store",
};

/** Does what the form says; gives the referral to show and what to tell the person. */
type Action = (form: PortalForm) => { readonly referral: ReferralResource; readonly done: string };

export function addPortalRoutes(app: FastifyInstance, people: PersonActions, organization: Organization): void {
  app.get("/", (request, reply) => sendPage(reply, 200, people, organization, doneNotice(request)));
  app.get("/portal.css", (_request, reply) => reply.headers(HEADERS).type("text/css").send(PORTAL_STYLE));
  void app.register(async (forms) => {
    forms.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) => {
      done(null, new URLSearchParams(String(body)));
    });
    for (const [path, action] of actions(people)) {
      forms.post(path, (request, reply) => answerForm(request, reply, { action, people, organization }));
    }
    await Promise.resolve();
  });
}

function actions(people: PersonActions): readonly (readonly [string, Action])[] {
  return [
    ["/portal/deals", (form) => ({ referral: people.newDeal(newDeal(form)), done: "The deal was created." })],
    [
      "/portal/deals/:id/edit",
      (form) => ({ referral: people.edit(form.id, dealEdit(form)), done: "The deal was saved." }),
    ],
    ["/portal/deals/:id/status", (form) => ({ referral: setStatus(people, form), done: "The status was set." })],
    [
      "/portal/microsoft/:id/accept",
      (form) => {
        const id = form.text("microsoftCrmId");
        const referral = people.microsoftAccepts(form.id, id === "" ? {} : { microsoftCrmId: id });
        return { referral, done: "Microsoft has accepted." };
      },
    ],
    [
      "/portal/microsoft/:id/decline",
      (form) => ({
        referral: people.microsoftDeclines(form.id, form.text("reason") || undefined),
        done: "Microsoft has declined.",
      }),
    ],
  ];
}

function setStatus(people: PersonActions, form: PortalForm): ReferralResource {
  const substatus = form.text("substatus");
  if (substatus === "Accepted") return people.accept(form.id);
  return people.close(form.id, substatus as Outcome, form.text("reason") || undefined);
}

interface FormContext {
  readonly action: Action;
  readonly people: PersonActions;
  readonly organization: Organization;
}

function answerForm(request: FastifyRequest, reply: FastifyReply, { action, people, organization }: FormContext) {
  const failed = (status: number, text: string) =>
    sendPage(reply, status, people, organization, { kind: "failed", text });
  if (!isFromThisPage(request)) return failed(403, "The form was not sent from this page.");
  if (!(request.body instanceof URLSearchParams)) return failed(415, "This is not a form.");
  const fields = request.body;
  const { id = "" } = request.params as { id?: string };
  try {
    const { referral, done } = action({ id, text: (name) => fields.get(name) ?? "" });
    return reply.redirect(`/?done=${encodeURIComponent(done)}#r-${referral.id}`, 303);
  } catch (thrown) {
    return failed(400, thrown instanceof Error ? thrown.message : "That did not work.");
  }
}

/** Browsers say where a form comes from; a page of another site must not play the partner. */
function isFromThisPage({ headers, host }: FastifyRequest): boolean {
  const { origin } = headers;
  return origin === undefined || origin === `http://${host}`;
}

function doneNotice(request: FastifyRequest): Notice {
  const { done } = request.query as { done?: unknown };
  return typeof done === "string" ? { kind: "done", text: done } : null;
}

type Notice = Parameters<typeof portalPage>[0]["notice"];

function sendPage(reply: FastifyReply, status: number, ...[people, organization, notice]: PageParts): FastifyReply {
  const isOwn = (referral: ReferralResource) => referral.organizationId === organization.id;
  const ids = new Set(
    people
      .all()
      .filter(isOwn)
      .map((referral) => referral.engagementId),
  );
  const newest = [...ids].slice(-SHOWN_ENGAGEMENTS).reverse();
  const engagements = newest.map((id) => people.ofEngagement(id).toSorted(partnerFirst));
  return reply.code(status).headers(HEADERS).type("text/html; charset=utf-8").send(portalPage({ engagements, notice }));
}

type PageParts = readonly [PersonActions, Organization, Notice];

function partnerFirst(left: ReferralResource, right: ReferralResource): number {
  return Number(left.organizationId === MICROSOFT.id) - Number(right.organizationId === MICROSOFT.id);
}
