import { createPartnerCenterSimulator } from "../../sync-relay/simulator/partner-center/partner-center-simulator";
import { createPartnerCenter } from "../../sync-relay/src/adapters/partner-center/partner-center";
import { theSurroundings } from "../adapters/partner-center/recording-server";
import { describePartnerCenterContract } from "./partner-center-contract";
import type { PartnerCenterHarness } from "./partner-center-contract";
import type { PartnerCenterSimulatorOptions } from "../../sync-relay/simulator/partner-center/partner-center-simulator";
import { createTestCertificateAuthority } from "../../sync-relay/simulator/certificates/test-certificate-authority";
import type { TestCertificateAuthority } from "../../sync-relay/simulator/certificates/test-certificate-authority";

const START = Date.parse("2026-03-01T12:00:00Z");
const FAULTS = { "before-effect": "server-error", "after-effect": "drop-after-effect", throttled: "throttle" } as const;

let certificates: Promise<TestCertificateAuthority> | undefined;

/** The adapter against the simulator, with pages small enough that lists have several. */
async function aHarness(settings: PartnerCenterSimulatorOptions["settings"] = {}): Promise<PartnerCenterHarness> {
  let nowMs = START;
  certificates ??= createTestCertificateAuthority();
  const simulator = await createPartnerCenterSimulator({
    settings: { pageSize: 3, ...settings },
    certificates: await certificates,
    nowMs: () => nowMs,
  });
  const clock = { now: () => nowMs, sleep: () => Promise.resolve() };
  return {
    partnerCenter: createPartnerCenter({ baseUrl: simulator.referralsUrl, ...theSurroundings(), clock }),
    now: () => nowMs,
    passTime: () => {
      nowMs += 1000;
    },
    personSetsDealValue: (referralId, dealValue) => {
      simulator.referrals.edit(referralId, { details: { dealValue } });
    },
    serverSetsStatus: (referralId, status) => {
      simulator.referrals.edit(referralId, status);
    },
    microsoftSends: () => simulator.referrals.microsoftCreates().id,
    microsoftAccepts: (engagementId) => {
      simulator.referrals.microsoftAccepts(engagementId);
    },
    foreignReferral: () => simulator.referrals.ofOtherPartner().id,
    failNext: (method, fault) => simulator.faults.order({ kind: FAULTS[fault], method }),
    close: () => simulator.close(),
  };
}

describePartnerCenterContract("the adapter", () => aHarness());
describePartnerCenterContract("the adapter, when creates are answered without a body", () =>
  aHarness({ createStatus: 204 }),
);
describePartnerCenterContract("the adapter, when next links begin with our own address and pages are counted", () =>
  aHarness({ nextLinkStyle: "with-base", pagesBy: "offset", createStatus: 201, closedReferralStatus: 409 }),
);
