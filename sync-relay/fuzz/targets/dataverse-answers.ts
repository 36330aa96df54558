import { createColumnMetadata } from "../../src/adapters/dataverse/column-metadata";
import { createCrmEnvironment } from "../../src/adapters/dataverse/crm-environment";
import { createDataverseCrm } from "../../src/adapters/dataverse/dataverse-crm";
import { readCrm } from "../../src/core/mapping/read-crm";
import type { FuzzTarget, StartedTarget } from "../fuzz-target";
import { dataverseAnswers, dataverseLists, OPPORTUNITY_ID, REFERRAL_ID } from "../sample-payloads";
import { shippedFieldMap } from "../shipped-field-map";
import { NOW_MS } from "../stand-ins";
import { startAnsweringDataverse } from "./answering-dataverse";

/** An answer that never ends costs this much of the run. */
const DEADLINE_MS = 2_000;

/** Answers of the Dataverse Web API to what the sync asks. */
export const dataverseAnswerTarget: FuzzTarget = { name: "dataverse-answer", perMille: 15, start };

function start(): Promise<StartedTarget> {
  return startAnsweringDataverse({
    answers: dataverseAnswers,
    calls: (options) => {
      const fieldMap = shippedFieldMap();
      const crm = createDataverseCrm({ ...options, fieldMap, timeoutMs: DEADLINE_MS });
      return [
        async () => {
          const read = await crm.read(OPPORTUNITY_ID);
          return read.kind === "found" ? readCrm(fieldMap, read.opportunity.values) : read;
        },
        () => crm.findByReferral(REFERRAL_ID),
        () => crm.update(OPPORTUNITY_ID, 'W/"100"', { values: { name: "x" }, section: {} }),
        () => crm.changesSince(null),
        () => crm.whoAmI(),
      ];
    },
  });
}

/** Answers of the same to what checks and commands ask. */
export const dataverseListTarget: FuzzTarget = { name: "dataverse-list", perMille: 5, start: startLists };

function startLists(): Promise<StartedTarget> {
  return startAnsweringDataverse({
    answers: dataverseLists,
    calls: (options) => {
      const environment = createCrmEnvironment(options);
      const metadata = createColumnMetadata(options);
      return [
        () => metadata.columns(["name", "parentaccountid.name", "ownerid.firstname"]),
        () => metadata.everyColumn(["parentaccountid"]),
        () => environment.ownUser(),
        () => environment.solutionVersion("CoSellSync"),
        () => environment.rolesOf(REFERRAL_ID),
        () => environment.privilegesOf(REFERRAL_ID),
        () => environment.securedColumns(REFERRAL_ID),
        () => environment.languages(),
        () => environment.variables(),
        () => environment.webhooks(),
        () => environment.failedCalls([REFERRAL_ID], NOW_MS),
        () => environment.currencies(),
        () => environment.sharedValues(shippedFieldMap().crmPaths, 100),
        () => environment.listOpportunities(["new_code"]),
        () => environment.changedSince(NOW_MS),
        () => environment.activePartnerCenterFlows(),
      ];
    },
  });
}
