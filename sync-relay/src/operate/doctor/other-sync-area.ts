import { phrase, verbatim } from "../phrase";
import { area, finding, type Area } from "./area";
import type { DoctorParts } from "./doctor-parts";
import { findingsOf, looked } from "./single-check";

const none = { en: "no flow speaks to Partner Center", fr: "aucun flux ne parle à l’espace partenaires" };

const flowsThere = { en: "the flows of this environment", fr: "les flux de cet environnement" };

/** Whether somebody else keeps the same deals in step: two syncs overwrite and double each other's work. */
export async function otherSyncArea({ dataverse }: Pick<DoctorParts, "dataverse">): Promise<Area> {
  const flows = await looked(flowsThere, () => dataverse.environment.activePartnerCenterFlows());
  const findings = findingsOf(flows, (active) => {
    const names = active.map((name) => `“${name}”`).join(", ");
    return active.length === 0 ? [] : [finding("other-sync", { names })];
  });
  return area("other-sync", flows.kind === "seen" ? phrase(none) : verbatim("–"), findings);
}
