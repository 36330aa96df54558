import type { EnvironmentVariable } from "../../schema/environment-variables";
import type { Labels } from "../../schema/labels";
import { INTRODUCED_VERSION } from "./introduced-version";
import { labelElements } from "./labels";
import { element, properties, type XmlElement } from "./xml";

/** Dataverse's numbers for the types of environment variables. */
const types: { readonly [T in EnvironmentVariable["type"]]: number } = { text: 100_000_000, "yes-no": 100_000_002 };

/** The definition alone: values belong to each environment. */
export function renderEnvironmentVariable(variable: EnvironmentVariable): XmlElement {
  const { schemaName, defaultValue, description, labels, type } = variable;
  return element("environmentvariabledefinition", { schemaname: schemaName }, [
    ...(defaultValue === null ? [] : properties({ defaultvalue: defaultValue })),
    texts("description", description),
    texts("displayname", labels),
    ...properties({
      introducedversion: INTRODUCED_VERSION,
      iscustomizable: 1,
      isrequired: 0,
      secretstore: 0,
      type: types[type],
    }),
  ]);
}

function texts(name: string, labels: Labels): XmlElement {
  return element(name, { default: labels.en }, labelElements("label", labels));
}
