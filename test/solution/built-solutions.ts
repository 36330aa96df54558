import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { buildSolutions, type BuiltSolutions } from "../../solution/build/build-solutions";
import type { BuildInputs, Files } from "../../solution/build/inputs";
import { formLoadHandler, viewIcon, webResources, webResourceTypes } from "../../webresources/web-resources";
import { buildControl, BUILT_CONTROL_FOLDER } from "../support/run-control-build";
import { buildWebResources } from "../webresources/built-scripts";
import { openZip, type OpenedZip } from "./opened-zip";

const root = join(__dirname, "../..");

/** Time that one test may take on a machine that is busy with other things. */
export const BUSY_MACHINE_MS = 120_000;

/** The zips by what they are. */
export interface ShippedZips {
  readonly managed: OpenedZip;
  readonly unmanaged: OpenedZip;
  readonly salesInsights: OpenedZip;
  readonly columnSecurity: OpenedZip;
  readonly columnSecurityUnmanaged: OpenedZip;
}

/** What the shipped solutions are made of, read once for a test file. */
export async function shippedInputs(): Promise<BuildInputs> {
  await buildControl();
  const built = buildWebResources();
  const webResourceFiles = filesBelow(built.folder);
  built.remove();
  return {
    version: packageVersion(),
    control: filesBelow(BUILT_CONTROL_FOLDER),
    webResourceFiles,
    webResources: webResources.map((resource) => ({ ...resource, type: webResourceTypes[resource.type] })),
    formLoad: formLoadHandler,
    viewIcon,
  };
}

export function packageVersion(): string {
  return (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly version: string }).version;
}

/** The zips of a build, opened. */
export function opened(built: BuiltSolutions, version = packageVersion()): ShippedZips {
  const zip = (name: string): OpenedZip => {
    const bytes = built.zips.get(name);
    if (bytes === undefined) throw new Error(`${name} was not built`);
    return openZip(name, bytes);
  };
  return {
    managed: zip(`CoSellSync_${version}_managed.zip`),
    unmanaged: zip(`CoSellSync_${version}.zip`),
    salesInsights: zip(`CoSellSyncSalesInsights_${version}_managed.zip`),
    columnSecurity: zip(`CoSellSyncColumnSecurity_${version}_managed.zip`),
    columnSecurityUnmanaged: zip(`CoSellSyncColumnSecurity_${version}.zip`),
  };
}

/** The shipped zips, built once for a test file. */
export async function shippedZips(): Promise<ShippedZips> {
  return opened(buildSolutions(await shippedInputs()));
}

/** Contents by path below a folder. */
export function filesBelow(folder: string): Files {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path).split(sep).join("/"), readFileSync(path)];
    }),
  );
}
