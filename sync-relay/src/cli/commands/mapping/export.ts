import { appliedMapping } from "../../../pipeline/applied-mappings";
import type { PairStore } from "../../../ports/pair-store";
import type { CommandFile, Given } from "../../command";
import { CommandProblem } from "../../command-problem";
import type { CommandContext } from "../../context";
import { exitCode } from "../../exit-code";
import { writeNamed } from "../../open/files";
import { mappingInUse, shippedMapping, type MappingOrigin } from "../../open/mapping-in-use";
import { openSettings } from "../../open/open-settings";
import { withStore } from "../../open/with-store";
import { mappingTexts as texts } from "../../texts/mapping-texts";
import { originWords } from "./mapping-words";
import { positiveNumber } from "./given-numbers";

/** `cosell mapping export`: the text of a mapping, as it was written. */
export const mappingExportCommand: CommandFile = {
  path: "mapping export",
  summary: texts.exportSummary,
  options: [
    { flags: "--shipped", what: texts.exportShipped },
    { flags: "--applied <version>", what: texts.exportVersion },
    { flags: "--out <file>", what: texts.out },
  ],
  examples: [
    { line: "cosell mapping export > mapping.yaml", what: texts.exportExample },
    { line: "cosell mapping export --applied 2 --out mapping.yaml", what: texts.exportExampleVersion },
  ],
  async run(context, given) {
    const { origin, text } = await exported(context, given);
    const file = given.text("--out");
    if (file === undefined) context.out.line(text.trimEnd());
    else {
      writeNamed(context, file, { text, keep: false });
      context.out.line(context.text(texts.exported, { origin: originWords(context, origin), file }));
    }
    return { exit: exitCode.ok, json: { origin, text, file: file ?? null } };
  },
};

interface Exported {
  readonly origin: MappingOrigin;
  readonly text: string;
}

async function exported(context: CommandContext, given: Given): Promise<Exported> {
  if (given.has("--shipped")) return shippedMapping();
  const wanted = given.text("--applied");
  const version = wanted === undefined ? null : positiveNumber(context, wanted, texts.versionsWord);
  const settings = openSettings(context);
  return withStore(context, settings, async ({ store }) =>
    version === null ? mappingInUse(context, { settings, facts: store.pairs }) : versionOf(store.pairs, version),
  );
}

async function versionOf(pairs: PairStore, version: number): Promise<Exported> {
  const applied = await appliedMapping(pairs, version);
  if (applied === null) throw new CommandProblem(texts.noVersion, { values: { version } });
  return { origin: { kind: "applied", version }, text: applied.text };
}
