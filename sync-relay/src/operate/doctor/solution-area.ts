import { solutionUniqueName } from "../../../../solution/schema/publisher";
import { phrase, verbatim } from "../phrase";
import { area, finding, withDetails, type Area, type Finding } from "./area";
import type { DoctorParts } from "./doctor-parts";
import { checkLanguages } from "./language-check";
import { findingsOf, looked, seenOr } from "./single-check";
import { checkVariables } from "./variables-check";

const summary = { en: "{name} {version}, all columns readable", fr: "{name} {version}, toutes les colonnes lisibles" };

const itsVersion = { en: "the version of the solution", fr: "la version de la solution" };
const speaks = { en: "languages: {items}", fr: "langues : {items}" };
const says = { en: "environment variables: {items}", fr: "variables d’environnement : {items}" };
const tracking = { en: "change tracking of opportunities", fr: "le suivi des modifications des opportunités" };

/** Whether the solution in Dataverse is there, whole, and of the relay's version. */
export async function solutionArea({
  dataverse,
  versions,
  addresses,
}: Pick<DoctorParts, "dataverse" | "versions" | "addresses">): Promise<Area> {
  const { environment } = dataverse;
  const wanted = versions.relay;
  const version = await looked(itsVersion, () => environment.solutionVersion(solutionUniqueName));
  const installed = seenOr(version, "–");
  if (installed === null) return area("solution", verbatim("–"), [finding("solution-missing", { wanted })]);
  const columns = await environment.unreadableSection();
  const tracked = await looked(tracking, () => environment.tracksChanges());
  const languages = await checkLanguages(environment);
  const variables = await checkVariables({ environment, addresses, wanted });
  const found = area("solution", phrase(summary, { name: solutionUniqueName, version: installed }), [
    ...findingsOf(version, () => versionFindings(installed, wanted)),
    ...(columns.length === 0 ? [] : [finding("section-column-missing", { columns: columns.join(", "), wanted })]),
    ...findingsOf(tracked, (on) => (on ? [] : [finding("changes-not-tracked")])),
    ...languages.findings,
    ...variables.findings,
  ]);
  return withDetails(withDetails(found, speaks, languages.languages.map(String)), says, variables.shown);
}

function versionFindings(installed: string, wanted: string): readonly Finding[] {
  return isSameVersion(installed, wanted) ? [] : [finding("solution-version", { installed, wanted })];
}

/** Solutions have a fourth number, which counts their own builds. */
export function isSameVersion(installed: string, relay: string): boolean {
  return installed.split(".").slice(0, 3).join(".") === relay.replace(/[-+].*$/, "");
}
