import {
  all,
  attributes,
  customizationsOf,
  manifestOf,
  rootOf,
  textIn,
  type Findings,
  type OpenedZip,
} from "../opened-zip";

/** What is registered after the import, or belongs to one environment, and is never part of a solution. */
const neverShipped = [
  "ServiceEndpoint",
  "SdkMessageProcessingStep",
  "SdkMessageProcessingStepImage",
  "PluginAssembly",
  "Workflow",
  "connectionreference",
];
/** Numbers of the same in the list of components. */
const neverListed = ["29", "90", "91", "92", "93", "95", "381"];
/** Names of secrets with a value, keys and tokens; the words alone are harmless. */
const SECRETS =
  /((client|app|shared)[-_ ]?secret|password|authvalue|saskey)["']?\s*[:=]\s*["'][^"']|BEGIN [A-Z ]*PRIVATE KEY|eyJ[\w-]{20}/i;

/** No endpoint, step, flow, value of an environment or secret. */
export function checkShipping(zip: OpenedZip): Findings {
  const root = customizationsOf(zip);
  const variables = [...zip.files.keys()].filter((path) => path.endsWith("environmentvariabledefinition.xml"));
  const texts = [...zip.files.keys()].filter((path) => /\.(xml|js|resx|css|html)$/.test(path) || !path.includes("."));
  return [
    ...neverShipped.filter((name) => all(root, name).length > 0).map((name) => `it has a ${name}`),
    ...attributes(manifestOf(zip), "RootComponent", "type")
      .filter((type) => neverListed.includes(type))
      .map((type) => `a component of type ${type}`),
    ...[...zip.files.keys()].filter((path) => /environmentvariablevalue/.test(path)).map((path) => `it has ${path}`),
    ...variables
      .filter((path) => all(rootOf(zip, path), "type").some(({ textContent }) => textContent === "100000005"))
      .map((path) => `${path} is a secret`),
    ...texts.filter((path) => SECRETS.test(textIn(zip, path))).map((path) => `${path} holds a secret`),
  ];
}
