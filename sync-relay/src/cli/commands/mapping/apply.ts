import { formatProblems } from "../../../adapters/mapping-file/mapping-problem";
import { loadMapping } from "../../../adapters/mapping-file/load-mapping";
import type { RelaySettings } from "../../../config/relay-settings";
import type { FieldMap } from "../../../core/mapping/field-map";
import { appliedMapping, applyMapping, newestVersion } from "../../../pipeline/applied-mappings";
import type { CommandFile, Given } from "../../command";
import { CommandProblem, usageProblem } from "../../command-problem";
import type { CommandContext } from "../../context";
import { exitCode } from "../../exit-code";
import { mappingInUse } from "../../open/mapping-in-use";
import { openSettings } from "../../open/open-settings";
import { withStore, type OpenStore } from "../../open/with-store";
import { mappingTexts as texts } from "../../texts/mapping-texts";
import { openTexts } from "../../texts/open-texts";
import { tellChanges } from "./change-words";
import { checkText, namedMapping } from "./checked-mapping";
import { knownColumns } from "./known-columns";

/** `cosell mapping apply`: checked, shown, asked, and then in use on every relay of the database. */
export const mappingApplyCommand: CommandFile = {
  path: "mapping apply",
  summary: texts.applySummary,
  arguments: [{ name: "file", what: texts.file, required: false }],
  options: [
    { flags: "--previous", what: texts.previous },
    { flags: "--offline", what: texts.offline },
    { flags: "--columns <file>", what: texts.columns },
  ],
  examples: [
    { line: "cosell mapping apply mapping.yaml", what: texts.applyExample },
    { line: "cosell mapping apply --previous", what: texts.applyExampleBack },
  ],
  async run(context, given) {
    const settings = openSettings(context);
    refuseWhenFileIsSet(settings);
    if (given.argument("file") === undefined && !given.has("--previous")) throw usageProblem(texts.applyWhich);
    const file = given.argument("file");
    const checked = file === undefined ? null : await checkedFile(context, file, given);
    return withStore(context, settings, async (open) => {
      const wanted = checked ?? (await previousMapping(open));
      const inUse = await mappingInUse(context, { settings, facts: open.store.pairs });
      const changes = tellChanges(context, inUse.map, wanted.map);
      if (changes.length === 0) return { exit: exitCode.ok, json: { version: null, changes } };
      if (!(await context.ask.confirm({ message: context.text(texts.applyAsk), flag: "--yes" }))) {
        context.out.line(context.text(texts.applyDeclined));
        return { exit: exitCode.problems, json: { version: null, changes } };
      }
      context.checkpoint();
      const version = await applyMapping(open.store.pairs, wanted.text, context.world.clock.now());
      context.out.check("ok", { area: context.text(texts.area), text: context.text(texts.applied, { version }) });
      if (readsMore(inUse.map, wanted.map)) context.out.line(`      ${context.text(texts.appliedSteps)}`);
      return { exit: exitCode.ok, json: { version, changes } };
    });
  },
};

/** With a file set, an applied version would change nothing, and nobody would notice. */
function refuseWhenFileIsSet({ mappingFile }: RelaySettings): void {
  if (mappingFile !== null) throw new CommandProblem(texts.applyFileSet, { values: { file: mappingFile } });
}

const MEND = "cosell mapping export --shipped --out shipped.yaml && cosell mapping apply shipped.yaml";

interface Wanted {
  readonly text: string;
  readonly map: FieldMap;
}

async function checkedFile(context: CommandContext, file: string, given: Given): Promise<Wanted> {
  const named = namedMapping(context, file);
  const known = await knownColumns(context, {
    offline: given.has("--offline"),
    savedIn: given.text("--columns"),
    saveIn: undefined,
    paths: named.map.crmPaths,
  });
  const checked = checkText(file, named.text, known);
  if (checked.kind === "ok") return named;
  throw new CommandProblem(openTexts.mappingUnusable, {
    details: formatProblems(checked.problems).split("\n"),
    mend: `cosell mapping check ${file}`,
  });
}

/** What was in use before anything was applied: the mapping that comes with the relay, after an upgrade too. */
const SHIPPED_TEXT = "version: 1\nextends: builtin/default\n";

async function previousMapping({ store }: OpenStore): Promise<Wanted> {
  const newest = await newestVersion(store.pairs);
  if (newest === null) throw new CommandProblem(texts.noPrevious);
  const before = newest - 1;
  const text = before === 0 ? SHIPPED_TEXT : (await appliedMapping(store.pairs, before))?.text;
  const loaded = text === undefined ? null : loadMapping({ file: `applied mapping ${before}`, text });
  if (text !== undefined && loaded?.kind === "ok") return { text, map: loaded.map };
  throw new CommandProblem(texts.previousUnusable, { values: { version: before }, mend: MEND });
}

function readsMore(before: FieldMap, after: FieldMap): boolean {
  return after.crmPaths.some((path) => !before.crmPaths.includes(path));
}
