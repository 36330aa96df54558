import { publisher } from "../schema/publisher";
import type { Files } from "./inputs";
import { SolutionBuildError } from "./solution-build-error";
import type { ControlPart } from "./solution-package";

const MANIFEST = "ControlManifest.xml";
const BUILD_IT = "Run npm run build:control.";

/** The built control, under the name that Dataverse gives it; it must be of the version that is being built. */
export function controlPart(files: Files, version: string): ControlPart {
  const manifest = files.get(MANIFEST);
  if (manifest === undefined) throw new SolutionBuildError(`The built control has no ${MANIFEST}. ${BUILD_IT}`);
  const text = new TextDecoder().decode(manifest);
  const control = /<control\s[^>]*>/.exec(text)?.[0] ?? "";
  const [namespace, constructor, built] = ["namespace", "constructor", "version"].map(
    (name) => new RegExp(`\\s${name}="([^"]*)"`).exec(control)?.[1],
  );
  if (namespace === undefined || constructor === undefined || built === undefined) {
    throw new SolutionBuildError(`${MANIFEST} of the built control names no namespace, constructor or version.`);
  }
  if (built !== version) {
    throw new SolutionBuildError(`The built control has version ${built}, the package ${version}. ${BUILD_IT}`);
  }
  return { name: `${publisher.prefix}_${namespace}.${constructor}`, files: namedFiles(files, text) };
}

/** The manifest and what it names; a build may leave other files beside them, which no form would ever load. */
function namedFiles(files: Files, manifest: string): Files {
  const resources = manifest.matchAll(/<(?:code|css|resx|img)\s[^>]*?\bpath="([^"]+)"|\bpreview-image="([^"]+)"/g);
  const paths = [...resources].map(([, path, image]) => path ?? image ?? "");
  return new Map(
    [MANIFEST, ...paths].map((path) => {
      const content = files.get(path);
      if (content === undefined) throw new SolutionBuildError(`The built control lacks ${path}. ${BUILD_IT}`);
      return [path, content] as const;
    }),
  );
}
