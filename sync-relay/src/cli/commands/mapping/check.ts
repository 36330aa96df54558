import { formatProblems, type FileProblem } from "../../../adapters/mapping-file/mapping-problem";
import type { SavedColumns } from "../../../adapters/mapping-file/saved-columns";
import type { CommandFile } from "../../command";
import type { CommandContext } from "../../context";
import { exitCode } from "../../exit-code";
import { readNamed } from "../../open/files";
import { mappingInUse, type MappingOrigin } from "../../open/mapping-in-use";
import { openSettings } from "../../open/open-settings";
import { withStore } from "../../open/with-store";
import { mappingTexts as texts } from "../../texts/mapping-texts";
import { checkText, pathsNamed } from "./checked-mapping";
import { knownColumns } from "./known-columns";
import { originWords } from "./mapping-words";

/** `cosell mapping check`: every problem at once, each with its place, before the relay meets a deal. */
export const mappingCheckCommand: CommandFile = {
  path: "mapping check",
  summary: texts.checkSummary,
  arguments: [{ name: "file", what: texts.fileOrInUse, required: false }],
  options: [
    { flags: "--offline", what: texts.offline },
    { flags: "--columns <file>", what: texts.columns },
    { flags: "--save-columns <file>", what: texts.saveColumns },
  ],
  examples: [
    { line: "cosell mapping check mapping.yaml", what: texts.checkExample },
    { line: "cosell mapping check mapping.yaml --columns columns.json", what: texts.checkExampleCached },
  ],
  async run(context, given) {
    const { name, text } = await textToCheck(context, given.argument("file"));
    const known = await knownColumns(context, {
      offline: given.has("--offline"),
      savedIn: given.text("--columns"),
      saveIn: given.text("--save-columns"),
      paths: pathsNamed(name, text),
    });
    const checked = checkText(name, text, known);
    const problems = checked.kind === "ok" ? [] : checked.problems;
    tell(context, { name, problems, known, fields: checked.kind === "ok" ? checked.map.fields.length : 0 });
    return {
      exit: problems.length === 0 ? exitCode.ok : exitCode.problems,
      json: { file: name, problems, checkedAgainst: known === null ? null : { ...known, columns: known.columns.size } },
    };
  },
};

interface Text {
  readonly name: string;
  readonly text: string;
}

async function textToCheck(context: CommandContext, file: string | undefined): Promise<Text> {
  if (file !== undefined) return { name: file, text: readNamed(context, file) };
  const settings = openSettings(context);
  const open = await withStore(context, settings, ({ store }) =>
    mappingInUse(context, { settings, facts: store.pairs }),
  );
  return { name: nameOf(context, open.origin), text: open.text };
}

function nameOf(context: CommandContext, origin: MappingOrigin): string {
  return origin.kind === "file" ? origin.file : originWords(context, origin);
}

interface Checked {
  readonly name: string;
  readonly problems: readonly FileProblem[];
  readonly known: SavedColumns | null;
  readonly fields: number;
}

function tell(context: CommandContext, { name, problems, known, fields }: Checked): void {
  const { out } = context;
  if (problems.length > 0) out.line(formatProblems(problems));
  const against =
    known === null
      ? context.text(texts.checkedOffline)
      : context.text(texts.checkedAgainst, { n: known.columns.size, url: known.environment, when: known.readAt });
  const found =
    problems.length === 0
      ? context.text(texts.checkGood, { n: fields })
      : context.text(texts.checkBad, { n: problems.length });
  out.check(problems.length === 0 ? "ok" : "bad", {
    area: context.text(texts.area),
    text: `${name}: ${found}`,
    below: [against],
  });
}
