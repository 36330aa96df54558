import type { BuildInputs } from "./inputs";
import { renderWebResource, webResourceFile } from "./render/render-web-resource";
import { SolutionBuildError } from "./solution-build-error";
import type { WebResourcePart } from "./solution-package";

/** Every web resource with its content. What is listed must have been built, and what was built must be listed. */
export function webResourceParts({ webResources, webResourceFiles }: BuildInputs): readonly WebResourcePart[] {
  const listed = new Set(webResources.map(({ name }) => name));
  const stray = [...webResourceFiles.keys()].filter((name) => !listed.has(name));
  if (stray.length > 0) throw new SolutionBuildError(`No web resource is listed for ${stray.join(", ")}.`);
  return webResources.map((resource) => {
    const content = webResourceFiles.get(resource.name);
    if (content === undefined) {
      throw new SolutionBuildError(`${resource.name} is not built. Run npm run build:webresources.`);
    }
    const { name } = resource;
    return { name, definition: renderWebResource(resource), path: webResourceFile(name), content };
  });
}
