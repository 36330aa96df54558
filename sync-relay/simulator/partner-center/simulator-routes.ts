import type { FastifyInstance } from "fastify";
import { faultOrderSchema, type FaultPlan } from "./fault-plan";

/** Faults ordered over HTTP, for the command line. Only JSON is taken, so no web page can order any unasked. */
export function addSimulatorRoutes(app: FastifyInstance, faults: FaultPlan): void {
  app.get("/simulator/faults", (_request, reply) => reply.send(faults.waiting()));
  app.post("/simulator/faults", (request, reply) => {
    const order = faultOrderSchema.safeParse(request.body);
    if (!order.success) return reply.code(400).send({ error: "The fault is not valid.", issues: order.error.issues });
    faults.order(order.data);
    return reply.code(201).send(order.data);
  });
  app.delete("/simulator/faults", (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
}
