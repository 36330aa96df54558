// docs/mapping.md: the format of a mapping file, made from its schema and from the places that a referral has, and the
// recipes, each of which a test runs.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const { partnerCenterPaths } = await import("../sync-relay/src/core/mapping/partner-center-paths.ts");
const { isPatchable } = await import("../sync-relay/src/core/mapping/patchable-paths.ts");

/** The page's text, from the project's root. */
export async function mappingPage(root) {
  const mapping = join(root, "sync-relay/mapping");
  const schema = JSON.parse(await readFile(join(mapping, "mapping.schema.json"), "utf8"));
  const files = (await readdir(join(mapping, "recipes"))).sort();
  const recipes = await Promise.all(files.map((file) => readFile(join(mapping, "recipes", file), "utf8")));
  return [...introduction, ...reference(schema), ...places(), ...conversions, ...recipePart(recipes), ""].join("\n");
}

const introduction = [
  "# The mapping",
  "",
  "What is kept in step, and how, is a file. The one that comes with the relay is",
  "[mapping.yaml](../sync-relay/mapping/mapping.yaml); yours extends it and names only what you want to be different.",
  "",
  "<!-- Made from the schema, the places and the recipes by npm run generate. -->",
  "",
  "```sh",
  "cosell mapping init                      # a file of your own, with completion in your editor",
  "cosell mapping check mapping.yaml        # every problem at once, against the columns of your environment too",
  "cosell mapping diff mapping.yaml         # what it changes",
  "cosell mapping preview <opportunity> --file mapping.yaml   # what it would do to one deal; writes nothing",
  "cosell mapping test mapping.yaml         # what it would have done to the deals of the last days",
  "cosell mapping apply mapping.yaml        # in use on every relay within seconds; apply --previous goes back",
  "```",
  "",
  "An entry of yours replaces the shipped one that has the same `to`; `{ to: ..., off: true }` removes it. A place that has",
  "an entry both in `toPartnerCenter` and in `toCrm.update` goes both ways. After a change of the columns that are read, run",
  "`cosell setup` once more, so that Dataverse tells the relay when they change.",
  "",
];

function reference(schema) {
  const entry = schema.properties.toPartnerCenter.properties.fields.items;
  return [
    "## The file",
    "",
    "| key | what |",
    "| --- | --- |",
    ...Object.entries(schema.properties).map(([key, value]) => `| \`${key}\` | ${describe(key, value)} |`),
    "",
    "Under `toPartnerCenter` and `toCrm` stand the lists `create`, `update` and `fields` (both events, or those that `on`",
    "names); under `toPartnerCenter` also `when`, a formula that must hold for a deal to be shared.",
    "",
    "## An entry",
    "",
    "Exactly one of `from`, `value` and `expr` says where the value comes from.",
    "",
    "| key | values | what |",
    "| --- | --- | --- |",
    ...Object.entries(entry.properties).map(
      ([key, value]) => `| \`${key}\` | ${cell(values(value))} | ${describe(key, value)} |`,
    ),
    "",
  ];
}

const ownWords = {
  version: "The version of the format: 1.",
  toPartnerCenter: "From Dynamics 365 to Partner Center.",
  toCrm: "From Partner Center to Dynamics 365.",
  to: "The place that is written.",
  from: "A path on the other side; for people, the columns that make a person.",
};

function describe(key, value) {
  return cell(value.description ?? ownWords[key] ?? "");
}

function values({ enum: options, type, const: only, minimum, maximum, maxLength, items, anyOf, allOf }) {
  if (options) return options.map((one) => `\`${one}\``).join(", ");
  if (only !== undefined) return `\`${JSON.stringify(only)}\``;
  if (type === "integer") return `${minimum} to ${maximum}`;
  if (type === "array") return `list of ${values(items)}`;
  if (anyOf) return "path, or parts of a person";
  if (allOf) return "any";
  if (Array.isArray(type)) return type.join(", ");
  if (type === "string") return maxLength ? `text, at most ${maxLength} characters` : "text";
  return type === "boolean" ? "`true`, `false`" : "";
}

function places() {
  return [
    "## Places in a referral",
    "",
    "The first conversion is the one that is used without `as`. Parts of a list can be read by position, e.g.",
    "`customerProfile.team.0.email`.",
    "",
    "| place | written on create | written on update | conversions |",
    "| --- | --- | --- | --- |",
    ...partnerCenterPaths.map(
      ({ path, as, write, relayOwned }) =>
        `| \`${path}\` | ${relayOwned ? "by the relay" : yes(write)} | ${yes(write && isPatchable(path))} | ${as.join(", ")} |`,
    ),
    "",
  ];
}

function yes(holds) {
  return holds ? "yes" : "";
}

const conversions = [
  "## Conversions",
  "",
  "A value has one canonical form, to which both sides are brought before they are compared.",
  "",
  "| conversion | what it takes |",
  "| --- | --- |",
  "| `text`, `html-to-text` | text, cleaned of marks and odd blanks; rich text loses its markup |",
  "| `int`, `number`, `money` | numbers; money has two decimals |",
  "| `bool` | yes or no |",
  "| `date`, `datetime` | a day without a time zone; a moment in UTC |",
  "| `currency` | an ISO 4217 code |",
  "| `country` | a two-letter code, or a country's name in seven languages, or one of your `list` |",
  "| `choice`, `choices` | values of a `list` |",
  "| `solutions` | solution ids, separated by commas, semicolons, blanks or lines |",
  "| `people` | persons made of columns; to Partner Center only |",
  "| `status` | a `list` of stages: in-progress, on-hold, won, lost |",
  "| `json` | as it is |",
  "",
  "## Formulas",
  "",
  "`expr` and `when` are written in the Common Expression Language. They read `crm` (columns of the opportunity, through",
  "look-ups with dots) under `toPartnerCenter`, and `referral` under `toCrm`. Empty places are absent: ask",
  "`has(crm.estimatedvalue)` first, or write `crm.?description.orValue('')`. `like(text, pattern)` matches `*` and `?`;",
  "`matches` is refused, because some patterns never end.",
  "",
];

function recipePart(recipes) {
  return ["## Recipes", "", ...recipes.flatMap(recipe)];
}

/** A recipe is a mapping file that begins with its title and its text as comments. */
function recipe(text) {
  const lines = text.trimEnd().split("\n");
  const start = lines.findIndex((line) => !line.startsWith("#"));
  const [title, , ...words] = lines.slice(0, start).map((line) => line.replace(/^# ?/, ""));
  return [`### ${title}`, "", ...words, "", "```yaml", ...lines.slice(start), "```", ""];
}

function cell(text) {
  return text.replaceAll("|", "\\|");
}
