import type { FieldMap } from "../../../core/mapping/field-map";
import type { CommandFile, Given } from "../../command";
import type { CommandContext } from "../../context";
import { exitCode } from "../../exit-code";
import { mappingInUse, shippedMapping } from "../../open/mapping-in-use";
import { openSettings } from "../../open/open-settings";
import { withStore } from "../../open/with-store";
import { mappingTexts as texts } from "../../texts/mapping-texts";
import { tellChanges } from "./change-words";
import { namedMapping } from "./checked-mapping";
import { originWords } from "./mapping-words";

/** `cosell mapping diff`: what a file does differently, whatever its lines look like. */
export const mappingDiffCommand: CommandFile = {
  path: "mapping diff",
  summary: texts.diffSummary,
  arguments: [{ name: "file", what: texts.file, required: true }],
  options: [{ flags: "--shipped", what: texts.againstShipped }],
  examples: [
    { line: "cosell mapping diff mapping.yaml", what: texts.diffExample },
    { line: "cosell mapping diff mapping.yaml --shipped", what: texts.diffExampleShipped },
  ],
  async run(context, given) {
    const { map } = namedMapping(context, given.argument("file") ?? "");
    const changes = tellChanges(context, await mapBefore(context, given), map);
    return { exit: exitCode.ok, json: { changes } };
  },
};

async function mapBefore(context: CommandContext, given: Given): Promise<FieldMap> {
  if (given.has("--shipped")) return shippedMapping().map;
  const settings = openSettings(context);
  const inUse = await withStore(context, settings, ({ store }) =>
    mappingInUse(context, { settings, facts: store.pairs }),
  );
  context.out.line(context.text(texts.inUse, { origin: originWords(context, inUse.origin) }));
  return inUse.map;
}
