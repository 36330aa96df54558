import { loadMapping } from "../../adapters/mapping-file/load-mapping";
import { formatProblems } from "../../adapters/mapping-file/mapping-problem";
import { productVersion } from "../../adapters/system/product-version";
import { doctorParts } from "../../compose/doctor";
import type { RelaySettings } from "../../config/relay-settings";
import { findingWords, markOf, type Area, type Mark } from "../../operate/doctor/area";
import type { PairStore } from "../../ports/pair-store";
import { mappingSource } from "../open/mapping-in-use";
import type { DoctorMapping } from "../../operate/doctor/doctor-parts";
import { examine } from "../../operate/doctor/examine";
import { examineWithoutStore } from "../../operate/doctor/without-store";
import { phraseIn } from "../../operate/phrase";
import { CommandProblem } from "../command-problem";
import type { CommandContext } from "../context";
import type { CommandFile, Outcome } from "../command";
import { exitCode } from "../exit-code";
import { openClouds } from "../open/open-clouds";
import { openSettings } from "../open/open-settings";
import { silentLog, unreadMetrics } from "../open/silent-log";
import { withStore } from "../open/with-store";
import { doctorTexts } from "../texts/doctor-texts";
import { openTexts } from "../texts/open-texts";

export const doctorCommand: CommandFile = {
  path: "doctor",
  summary: doctorTexts.summary,
  options: [{ flags: "-v, --verbose", what: doctorTexts.verbose }],
  examples: [
    { line: "cosell doctor", what: doctorTexts.exampleAll },
    { line: "cosell doctor --json", what: doctorTexts.exampleJson },
  ],
  async run(context, given) {
    const settings = openSettings(context);
    const areas = await lookAtAll(context, settings);
    for (const one of areas) show(context, one, given.has("--verbose"));
    showCount(context, areas);
    return outcomeOf(context, areas);
  },
};

/** A database that cannot be opened is a finding like any other. */
async function lookAtAll(context: CommandContext, settings: RelaySettings): Promise<readonly Area[]> {
  try {
    return await withStore(context, settings, async (open) => {
      const mapping = await mappingLook(context, settings, open.store.pairs);
      const clouds = openClouds(context, { settings, open, fieldMap: mapping.kind === "ok" ? mapping.map : builtIn() });
      const { clock, random } = context.world;
      const parts = doctorParts({
        settings,
        storage: open.storage,
        clouds,
        mapping,
        version: productVersion(),
        clock,
        random,
        log: silentLog,
        metrics: unreadMetrics,
      });
      return context.progress.during(context.text(doctorTexts.looking), () => examine(parts));
    });
  } catch (thrown) {
    if (!(thrown instanceof CommandProblem) || thrown.text !== openTexts.noDatabase) throw thrown;
    return examineWithoutStore(String(thrown.values["reason"] ?? ""));
  }
}

async function mappingLook(
  context: CommandContext,
  settings: RelaySettings,
  facts: Pick<PairStore, "fact">,
): Promise<DoctorMapping> {
  const { options } = await mappingSource(context, { settings, facts });
  const loaded = loadMapping(options);
  if (loaded.kind === "ok") return { kind: "ok", map: loaded.map, file: options.file ?? null };
  const [first = ""] = formatProblems(loaded.problems).split("\n");
  return { kind: "refused", count: loaded.problems.length, first };
}

/** Stands in for a mapping that cannot be read, so that the clouds can be looked at all the same. */
function builtIn() {
  const loaded = loadMapping({});
  if (loaded.kind === "refused") throw new Error("the built-in mapping is not usable");
  return loaded.map;
}

const marks: { readonly [M in Mark]: "ok" | "note" | "bad" } = { ok: "ok", note: "note", bad: "bad", skipped: "note" };

function show(context: CommandContext, one: Area, verbose: boolean): void {
  const below = one.findings.flatMap((found) => {
    const { what, mend } = findingWords(found, context.language);
    return [what, `  → ${mend}`];
  });
  const details = verbose ? one.details.map((detail) => phraseIn(context.language, detail)) : [];
  context.out.check(marks[markOf(one)], {
    area: context.text(doctorTexts[one.name]),
    text: phraseIn(context.language, one.summary),
    below: [...below, ...details],
  });
}

function showCount(context: CommandContext, areas: readonly Area[]): void {
  const count = areas.reduce((sum, { findings }) => sum + findings.length, 0);
  const skipped = areas.filter((one) => markOf(one) === "skipped").length;
  if (count === 1) context.out.line(context.text(doctorTexts.oneIssue));
  else if (count > 1) context.out.line(context.text(doctorTexts.issues, { count }));
  if (skipped > 0) context.out.line(context.text(doctorTexts.skipped, { count: skipped }));
  if (count === 0 && skipped === 0) context.out.line(context.text(doctorTexts.noIssues));
}

function outcomeOf({ language }: CommandContext, areas: readonly Area[]): Outcome {
  const json = areas.map((one) => ({
    area: one.name,
    mark: markOf(one),
    summary: phraseIn(language, one.summary),
    findings: one.findings.map((found) => ({ id: found.id, ...findingWords(found, language) })),
  }));
  const fine = json.every(({ mark }) => mark === "ok");
  return { exit: fine ? exitCode.ok : exitCode.problems, json: { areas: json } };
}
