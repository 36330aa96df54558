import type { FuzzTarget } from "./fuzz-target";
import { authorityAnswerTarget } from "./targets/authority-answers";
import { certificateTarget } from "./targets/certificates";
import { dataverseAnswerTarget, dataverseListTarget } from "./targets/dataverse-answers";
import { dataverseBodyTarget, dataverseHeaderTarget } from "./targets/dataverse-webhooks";
import { partnerCenterAnswerTarget } from "./targets/partner-center-answers";
import {
  certificateUrlTarget,
  notificationBodyTarget,
  notificationRequestTarget,
} from "./targets/partner-center-webhooks";
import { rawRequestTarget } from "./targets/raw-requests";
import { sealedSecretTarget } from "./targets/sealed-secrets";

/** Every door by which something comes in that others wrote. */
export const fuzzTargets: readonly FuzzTarget[] = [
  dataverseBodyTarget,
  dataverseHeaderTarget,
  notificationBodyTarget,
  notificationRequestTarget,
  certificateUrlTarget,
  certificateTarget,
  partnerCenterAnswerTarget,
  dataverseAnswerTarget,
  dataverseListTarget,
  authorityAnswerTarget,
  rawRequestTarget,
  sealedSecretTarget,
];
