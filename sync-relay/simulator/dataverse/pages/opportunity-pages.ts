// The small page of the simulated CRM: a list of opportunities and a form. Works without scripts; edits are the human
// user's and fire webhooks. Posts from pages of other sites are refused.

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { pageHeaders, STYLE_PATH, styleSheet } from "../../page/page-layout";
import { DataverseError } from "../dataverse-error";
import type { RecordAccess } from "../record-access";
import { isGuid } from "../rows/row";
import { formOf, parseForm, saveForm } from "./opportunity-form";
import { formView, listView } from "./opportunity-views";

/** Adds the pages to a server. */
export function addOpportunityPages(server: FastifyInstance, records: RecordAccess): void {
  const show = (reply: FastifyReply, page: string, status = 200): FastifyReply =>
    reply.code(status).headers(pageHeaders).send(page);

  const save = (request: FastifyRequest, reply: FastifyReply, id: string | null): FastifyReply => {
    if (isForeign(request)) return reply.code(403).send("Posts from other sites are refused.");
    const form = parseForm(typeof request.body === "string" ? request.body : "");
    try {
      saveForm(records, id, form);
      return reply.redirect("/", 303);
    } catch (error) {
      if (!(error instanceof DataverseError)) throw error;
      const row = id === null ? undefined : records.read("opportunities", id);
      return show(reply, formView(records, { form, row, refusal: error.message }), error.status);
    }
  };

  server.get(STYLE_PATH, (_request, reply) => reply.type("text/css; charset=utf-8").send(styleSheet));
  server.get<{ Querystring: { refresh?: string } }>("/", (request, reply) =>
    show(reply, listView(records, { every: request.query.refresh === "1" ? "few-seconds" : "never" })),
  );
  server.get("/opportunities/new", (_request, reply) =>
    show(reply, formView(records, { form: formOf(records, undefined), row: undefined, refusal: null })),
  );
  server.get<{ Params: { id: string } }>("/opportunities/:id", (request, reply) => {
    const row = records.read("opportunities", idOf(request));
    if (!row) return reply.callNotFound();
    return show(reply, formView(records, { form: formOf(records, row), row, refusal: null }));
  });
  server.post("/opportunities", (request, reply) => save(request, reply, null));
  server.post<{ Params: { id: string } }>("/opportunities/:id", (request, reply) =>
    save(request, reply, idOf(request)),
  );
  server.post<{ Params: { id: string } }>("/opportunities/:id/delete", (request, reply) => {
    if (isForeign(request)) return reply.code(403).send("Posts from other sites are refused.");
    if (records.read("opportunities", idOf(request))) records.delete("opportunities", idOf(request));
    return reply.redirect("/", 303);
  });
}

function idOf(request: FastifyRequest<{ Params: { id: string } }>): string {
  return isGuid(request.params.id) ? request.params.id.toLowerCase() : "";
}

/** Whether a browser sent this from a page of another site. */
function isForeign(request: FastifyRequest): boolean {
  const { origin, host } = request.headers;
  return origin !== undefined && origin !== `http://${host ?? ""}`;
}
