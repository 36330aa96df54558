import { solutionUniqueName } from "../../../../solution/schema/publisher";
import { phrase, verbatim } from "../phrase";
import { area, finding, type Area, type Finding } from "./area";
import type { DoctorParts } from "./doctor-parts";

const summary = { en: "{name} {version}, all columns readable", fr: "{name} {version}, toutes les colonnes lisibles" };

/** Whether the solution in Dataverse is there, whole, and of the relay's version. */
export async function solutionArea({
  dataverse,
  versions,
}: Pick<DoctorParts, "dataverse" | "versions">): Promise<Area> {
  const { environment } = dataverse;
  const wanted = versions.relay;
  const installed = await environment.solutionVersion(solutionUniqueName);
  if (installed === null) return area("solution", verbatim("–"), [finding("solution-missing", { wanted })]);
  const columns = await environment.unreadableSection();
  const findings: Finding[] = [];
  if (!isSameVersion(installed, wanted)) findings.push(finding("solution-version", { installed, wanted }));
  if (columns.length > 0) findings.push(finding("section-column-missing", { columns: columns.join(", "), wanted }));
  if (!(await environment.tracksChanges())) findings.push(finding("changes-not-tracked"));
  return area("solution", phrase(summary, { name: solutionUniqueName, version: installed }), findings);
}

/** Solutions have a fourth number, which counts their own builds. */
export function isSameVersion(installed: string, relay: string): boolean {
  return installed.split(".").slice(0, 3).join(".") === relay.replace(/[-+].*$/, "");
}
