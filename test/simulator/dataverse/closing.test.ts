import type { DataverseSimulator } from "../../../sync-relay/simulator/dataverse/dataverse-simulator";
import { aSimulator, call, created, type Answer } from "./simulated";

function close(simulator: DataverseSimulator, action: string, given: { id: string; status: number }): Promise<Answer> {
  return call(simulator, `POST ${action}`, {
    body: {
      Status: given.status,
      OpportunityClose: {
        "@odata.type": "Microsoft.Dynamics.CRM.opportunityclose",
        subject: "Closed",
        actualrevenue: 1000,
        actualend: "2026-01-31",
        "opportunityid@odata.bind": `/opportunities(${given.id})`,
      },
    },
  });
}

test("[SD17] WinOpportunity closes as won and records the closing", async () => {
  const simulator = await aSimulator();
  const id = await created(simulator, "opportunities", { name: "Deal" });

  const answer = await close(simulator, "WinOpportunity", { id, status: 3 });

  expect(answer.status).toBe(204);
  expect((await call(simulator, `GET opportunities(${id})`)).json).toMatchObject({
    statecode: 1,
    statuscode: 3,
    actualvalue: 1000,
    actualclosedate: "2026-01-31",
  });
  const { json } = await call(simulator, `GET opportunitycloses?$filter=_opportunityid_value eq ${id}`);
  expect(json.value).toEqual([expect.objectContaining({ subject: "Closed", actualrevenue: 1000 })]);
});

test.each([
  [4, 4],
  [5, 5],
  [-1, 4],
])("[SD17] LoseOpportunity with status %i closes as lost with reason %i", async (status, reason) => {
  const simulator = await aSimulator();
  const id = await created(simulator, "opportunities", {});

  expect((await close(simulator, "Microsoft.Dynamics.CRM.LoseOpportunity", { id, status })).status).toBe(204);

  expect((await call(simulator, `GET opportunities(${id})`)).json).toMatchObject({ statecode: 2, statuscode: reason });
});

test("[SD17] a close action with a reason of another state, on a closed or on a missing row is refused", async () => {
  const simulator = await aSimulator();
  const id = await created(simulator, "opportunities", {});

  expect((await close(simulator, "WinOpportunity", { id, status: 4 })).status).toBe(400);
  expect((await close(simulator, "WinOpportunity", { id: simulator.users.human, status: 3 })).status).toBe(404);
  expect((await close(simulator, "WinOpportunity", { id, status: 3 })).status).toBe(204);
  const again = await close(simulator, "LoseOpportunity", { id, status: 4 });
  expect(again.status).toBe(400);
  expect((await call(simulator, "GET opportunitycloses")).json.value).toHaveLength(1);
});

test("[SD18] a closed opportunity is read-only until it is reopened", async () => {
  const simulator = await aSimulator();
  const id = await created(simulator, "opportunities", { name: "Deal" });
  await close(simulator, "WinOpportunity", { id, status: 3 });
  const patch = (body: unknown) => call(simulator, `PATCH opportunities(${id})`, { body });

  const refused = await patch({ name: "Other" });
  expect(refused.status).toBe(400);
  expect(refused.json.error.code).toMatch(/^0x/);
  expect((await patch({ statecode: 0, statuscode: 1, name: "Other" })).status).toBe(400);

  expect((await patch({ statecode: 0, statuscode: 1 })).status).toBe(204);
  expect((await patch({ name: "Other" })).status).toBe(204);
  expect((await call(simulator, `GET opportunities(${id})`)).json).toMatchObject({
    name: "Other",
    statecode: 0,
    statuscode: 1,
    actualvalue: null,
  });
});

test("[SD18] closed rows take writes when the environment is set so", async () => {
  const simulator = await aSimulator({ settings: { closedRowsWritable: true } });
  const id = await created(simulator, "opportunities", {});
  await close(simulator, "WinOpportunity", { id, status: 3 });

  expect((await call(simulator, `PATCH opportunities(${id})`, { body: { name: "Other" } })).status).toBe(204);
});

test("[SD18] state and status reason must fit; a state alone takes its default reason", async () => {
  const simulator = await aSimulator();
  const id = await created(simulator, "opportunities", { statuscode: 2 });
  const patch = (body: unknown) => call(simulator, `PATCH opportunities(${id})`, { body });

  expect((await patch({ statuscode: 3 })).status).toBe(400);
  expect((await patch({ statecode: 1, statuscode: 4 })).status).toBe(400);
  expect((await patch({ statuscode: 1 })).status).toBe(204);
  expect((await patch({ statecode: 2 })).status).toBe(204);
  expect((await call(simulator, `GET opportunities(${id})`)).json).toMatchObject({ statecode: 2, statuscode: 4 });
});
