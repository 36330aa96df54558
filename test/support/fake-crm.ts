// The CRM in memory belongs to the simulation; tests know it by this name.
export { createFakeCrm, type FakeCrm, type FakeCrmOptions } from "../../sync-relay/simulation/clouds/fake-crm";
