// Partner Center in memory belongs to the simulation; tests know it by this name.
export {
  createFakePartnerCenter,
  FAKE_ORGANIZATION,
  FAKE_OTHER_ORGANIZATION,
  type FakePartnerCenter,
} from "../../sync-relay/simulation/clouds/fake-partner-center";
