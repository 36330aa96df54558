import { phrase } from "../phrase";
import { area, finding, type Area } from "./area";
import type { DoctorParts } from "./doctor-parts";

const none = { en: "no flow speaks to Partner Center", fr: "aucun flux ne parle à l’espace partenaires" };

/** Whether somebody else keeps the same deals in step: two syncs overwrite and double each other's work. */
export async function otherSyncArea({ dataverse }: Pick<DoctorParts, "dataverse">): Promise<Area> {
  const flows = await dataverse.environment.activePartnerCenterFlows();
  const names = flows.map((name) => `“${name}”`).join(", ");
  return area("other-sync", phrase(none), flows.length === 0 ? [] : [finding("other-sync", { names })]);
}
