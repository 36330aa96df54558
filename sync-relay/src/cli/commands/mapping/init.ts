import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { shippedMappingFile } from "../../../adapters/mapping-file/shipped-mapping";
import type { CommandFile } from "../../command";
import { CommandProblem } from "../../command-problem";
import { exitCode } from "../../exit-code";
import type { Language } from "../../language";
import { writeNamed } from "../../open/files";
import { mappingTexts as texts } from "../../texts/mapping-texts";

const SCHEMA = "mapping.schema.json";

/** `cosell mapping init`: a file that changes nothing yet, with the places where most customers begin. */
export const mappingInitCommand: CommandFile = {
  path: "mapping init",
  summary: texts.initSummary,
  arguments: [{ name: "file", what: texts.file, required: false }],
  examples: [{ line: "cosell mapping init", what: texts.initExample }],
  async run(context, given) {
    const file = given.argument("file") ?? "mapping.yaml";
    const written = writeNamed(context, file, { text: starter(context.language), keep: true });
    if (written === "exists") throw new CommandProblem(texts.initExists, { values: { file } });
    const schema = join(dirname(file), SCHEMA);
    writeNamed(context, schema, {
      text: readFileSync(join(dirname(shippedMappingFile()), SCHEMA), "utf8"),
      keep: false,
    });
    context.out.line(context.text(texts.initWritten, { file, schema }));
    context.out.line(context.text(texts.initNext, { file }));
    return await Promise.resolve({ exit: exitCode.ok, json: { file, schema } });
  },
};

function starter(language: Language): string {
  return `# yaml-language-server: $schema=./${SCHEMA}\n${starters[language]}`;
}

const starters: { readonly [L in Language]: string } = {
  en: `# What is different here from the mapping that comes with the relay. See it with: cosell mapping export --shipped
# An entry replaces the shipped one with the same \`to\`; { to: ..., off: true } removes it.
version: 1
extends: builtin/default

# The deal's value from a column of your own, in both directions:
# toPartnerCenter:
#   fields:
#     - { to: details.dealValue, from: new_acv, required: true }
# toCrm:
#   fields:
#     - { to: estimatedvalue, off: true }
#     - { to: new_acv, from: details.dealValue }
`,
  fr: `# Ce qui diffère ici de la correspondance livrée avec le relais. Pour la voir : cosell mapping export --shipped
# Une entrée remplace celle qui a le même \`to\` ; { to: ..., off: true } la retire.
version: 1
extends: builtin/default

# La valeur de l'affaire depuis une colonne à vous, dans les deux sens :
# toPartnerCenter:
#   fields:
#     - { to: details.dealValue, from: new_acv, required: true }
# toCrm:
#   fields:
#     - { to: estimatedvalue, off: true }
#     - { to: new_acv, from: details.dealValue }
`,
};
