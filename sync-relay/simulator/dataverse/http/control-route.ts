// Faults on demand over HTTP, for demos and for tests of other processes: POST /simulator/faults with JSON. Only JSON is
// taken, so a page of another site cannot order faults through a visitor's browser.

import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { SimulatorFaults } from "../simulator-faults";
import { faultRule } from "./request-faults";

const share = z.number().min(0).max(1);

const order = z.strictObject({
  /** True for a healthy service again, before anything else in the order. */
  reset: z.boolean().optional(),
  faults: z.array(faultRule).optional(),
  webhooks: z
    .strictObject({
      enabled: z.boolean(),
      loseShare: share,
      duplicateShare: share,
      delayMs: z.number().nonnegative(),
      shuffleWithinMs: z.number().nonnegative(),
    })
    .partial()
    .optional(),
  expireDeltaTokens: z.boolean().optional(),
});

/** Adds the control route. */
export function addControlRoute(server: FastifyInstance, faults: SimulatorFaults): void {
  server.post("/simulator/faults", (request, reply) => {
    if (request.headers["content-type"]?.startsWith("application/json") !== true) {
      return reply.code(415).send({ error: "JSON expected" });
    }
    const parsed = order.safeParse(jsonOrUndefined(request.body));
    if (!parsed.success) return reply.code(400).send({ error: parsed.error.message });
    carryOut(parsed.data, faults);
    return reply.code(204).send();
  });
}

function carryOut(given: z.infer<typeof order>, faults: SimulatorFaults): void {
  if (given.reset === true) faults.reset();
  for (const rule of given.faults ?? []) faults.request(rule);
  Object.assign(faults.webhooks, given.webhooks);
  if (given.expireDeltaTokens === true) faults.expireDeltaTokens();
}

function jsonOrUndefined(body: unknown): unknown {
  try {
    return typeof body === "string" ? JSON.parse(body) : undefined;
  } catch {
    return undefined;
  }
}
