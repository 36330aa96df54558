import { checkSchema, formatSchemaProblems } from "./check-schema";
import { shippedSchema, type SolutionSchema } from "./check/solution-schema";
import { folderOf } from "./folder";
import type { BuildInputs, Files } from "./inputs";
import { packagesOf, type Packages } from "./packages";
import { SolutionBuildError } from "./solution-build-error";
import type { Kind, SolutionPackage } from "./solution-package";
import { zipOf } from "./zip";

/** Everything that a build makes. */
export interface BuiltSolutions {
  /** Zips by file name. */
  readonly zips: Files;
  /** Files of the unpacked solutions by path below `solution/`. */
  readonly sources: Files;
}

/** Where the unpacked solutions lie: the main one by itself, the others beside one another. */
export const SOURCE_FOLDERS: { readonly [R in keyof Packages]: string } = {
  main: "src",
  salesInsights: "add-ons/sales-insights",
  columnSecurity: "add-ons/column-security",
};

/** All solutions as zips and unpacked; the same for the same inputs. A mistake in the schema ends it before it begins. */
export function buildSolutions(inputs: BuildInputs, schema: SolutionSchema = shippedSchema): BuiltSolutions {
  const problems = checkSchema(schema);
  if (problems.length > 0) throw new SolutionBuildError(formatSchemaProblems(problems));
  if (!/^\d+\.\d+\.\d+$/.test(inputs.version)) {
    throw new SolutionBuildError(`Version ${inputs.version} of the package is not three numbers.`);
  }
  const packages = packagesOf(inputs);
  return {
    zips: new Map(Object.values(packages).flatMap((given) => zips(given, inputs.version))),
    sources: new Map(
      Object.entries(SOURCE_FOLDERS).flatMap(([role, folder]) =>
        [...folderOf(packages[role as keyof Packages])].map(
          ([path, content]) => [`${folder}/${path}`, content] as const,
        ),
      ),
    ),
  };
}

/** Both zips of a solution; one that only changes what belongs to others is managed only. */
function zips(given: SolutionPackage, version: string): readonly (readonly [string, Uint8Array])[] {
  const kinds: readonly Kind[] = given.managedOnly ? ["managed"] : ["managed", "unmanaged"];
  const name = `${given.naming.uniqueName}_${version}`;
  return kinds.map((kind) => [`${name}${kind === "managed" ? "_managed" : ""}.zip`, zipOf(given, kind)] as const);
}
