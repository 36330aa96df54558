// The doctor: looks at everything that must hold for the sync to work, all of it at once, and says what is wrong and
// what mends it. It changes nothing. The same check list feeds the command, the relay's own inspection and /readyz.

import { areaNames, examined, markOf, skippedArea, type Area, type AreaName } from "./area";
import { clockArea } from "./clock-area";
import { dataverseArea } from "./dataverse-area";
import { dataverseWebhookArea } from "./dataverse-webhook-area";
import type { DoctorParts } from "./doctor-parts";
import type { FindingId } from "./every-finding";
import { examineAddress } from "./examine-address";
import { mappingArea } from "./mapping-area";
import { otherSyncArea } from "./other-sync-area";
import { lookAtPartnerCenter, type PartnerCenterLook } from "./partner-center-area";
import { partnerCenterWebhookArea } from "./partner-center-webhook-area";
import { relayArea } from "./relay-area";
import { secretsArea } from "./secrets-area";
import { solutionArea } from "./solution-area";

/** Areas that need nothing but this machine and its database. */
export async function examineLocally(parts: Pick<DoctorParts, "store" | "versions">): Promise<readonly Area[]> {
  return [await examined("relay", () => relayArea(parts))];
}

/** Everything, in the order of the list. Never throws. */
export async function examine(parts: DoctorParts): Promise<readonly Area[]> {
  const found = await Promise.all([
    examineLocally(parts),
    examined("clock", () => clockArea(parts)).then((one) => [one]),
    examined("secrets", () => secretsArea(parts)).then((one) => [one]),
    examineAddress(parts),
    examineClouds(parts),
  ]);
  const byName = new Map(found.flat().map((one) => [one.name, one]));
  return areaNames.flatMap((name) => byName.get(name) ?? []);
}

async function examineClouds(parts: DoctorParts): Promise<readonly Area[]> {
  const [dataverse, partnerCenter] = await Promise.all([
    examined("dataverse", () => dataverseArea(parts)),
    partnerCenterLook(parts),
  ]);
  const map = parts.mapping.kind === "ok" ? parts.mapping.map : null;
  const inDataverse = afterDataverse(dataverse);
  const mapping = (): Promise<Area> => mappingArea(parts, partnerCenter.referrals);
  const areas = await Promise.all([
    inDataverse("solution", () => solutionArea(parts)),
    inDataverse("dataverse-webhook", () => dataverseWebhookArea(parts, map)),
    parts.mapping.kind === "refused" ? examined("mapping", mapping) : inDataverse("mapping", mapping),
    inDataverse("other-sync", () => otherSyncArea(parts)),
    markOf(partnerCenter.area) === "bad"
      ? skippedArea("partner-center-webhook", "partner-center")
      : examined("partner-center-webhook", () => partnerCenterWebhookArea(parts)),
  ]);
  return [dataverse, partnerCenter.area, ...areas];
}

/** Findings with which the relay gets in all the same. */
const STILL_INSIDE: readonly FindingId[] = [
  "role-missing",
  "privilege-missing",
  "column-hidden",
  "column-locked",
  "not-checked",
];

/** What is inside of Dataverse cannot be looked at from outside. */
function afterDataverse(dataverse: Area): (name: AreaName, check: () => Promise<Area>) => Promise<Area> {
  const outside = dataverse.findings.some(({ id }) => !STILL_INSIDE.includes(id));
  return (name, check) => (outside ? Promise.resolve(skippedArea(name, "dataverse")) : examined(name, check));
}

async function partnerCenterLook(parts: DoctorParts): Promise<PartnerCenterLook> {
  let look: PartnerCenterLook | null = null;
  const found = await examined("partner-center", async () => {
    look = await lookAtPartnerCenter(parts);
    return look.area;
  });
  return look ?? { area: found, referrals: null };
}
