import { RelayError } from "../../sync-relay/src/core/errors";
import { contractFieldMap, describeCrmContract } from "../contract/crm-contract";
import { createFakeCrm } from "./fake-crm";

describeCrmContract("the fake", async () => {
  const crm = createFakeCrm({
    paths: contractFieldMap.crmPaths,
    match: contractFieldMap.match,
  });
  return {
    crm,
    seed: async (opportunity) => crm.add(opportunity).id,
    userEdit: async (id, values) => void crm.edit(id, values),
    userDelete: async (id) => crm.remove(id),
    expirePositions: async () => crm.expirePositions(),
    countCustomers: async () => ({
      accounts: crm.customers("parentaccountid").length,
      contacts: crm.customers("parentcontactid").length,
    }),
    stop: async () => undefined,
  };
});

test("[CRM19] the fake can fail before a write, and lose the answer after one", async () => {
  const crm = createFakeCrm();
  const { id, version } = crm.add({ values: { name: "One" } });
  crm.failNext("update", new RelayError("CS-1001"));
  const changes = { values: { name: "Two" }, section: {} };
  await expect(crm.update(id, version, changes)).rejects.toMatchObject({ code: "CS-1001" });
  expect(crm.peek(id)?.values).toMatchObject({ name: "One" });
  crm.loseNextAnswer("update");
  await expect(crm.update(id, version, changes)).rejects.toMatchObject({ details: { inDoubt: true } });
  expect(crm.peek(id)?.values).toMatchObject({ name: "Two" });
  expect(crm.calls.update).toBe(2);
});
