import { findingWords, markOf, type Area, type Mark } from "../../operate/doctor/area";
import { phraseIn } from "../../operate/phrase";
import type { CommandContext } from "../context";
import type { CommandFile, Outcome } from "../command";
import { exitCode } from "../exit-code";
import { lookAtAll } from "../look-at-all";
import { openSettings } from "../open/open-settings";
import { doctorTexts } from "../texts/doctor-texts";

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
