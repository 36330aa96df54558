import type { End } from "./end";
import { checkAgreement } from "./agreement";
import { checkAuditTrail } from "./audit-trail";
import { checkBijection } from "./bijection";
import { checkOddRecords } from "./odd-records";
import { checkRest } from "./rest";
import { checkWrittenValues } from "./written-values";

/** The questions at the end of a history. Each bad answer is one line that starts with the invariant's name. */
export function checkAtRest(end: End): void {
  checkBijection(end);
  checkAgreement(end);
  checkWrittenValues(end);
  checkAuditTrail(end);
  checkOddRecords(end);
  checkRest(end);
}
