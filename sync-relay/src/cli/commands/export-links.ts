import { linkLines } from "../../operate/links";
import type { CommandFile } from "../command";
import { exitCode } from "../exit-code";
import { openSettings } from "../open/open-settings";
import { withStore } from "../open/with-store";
import { loadTexts as texts } from "../texts/load-texts";
import { writeResult } from "../write-result";

export const exportLinksCommand: CommandFile = {
  path: "export links",
  summary: texts.exportSummary,
  options: [{ flags: "--output <file>", what: texts.output }],
  examples: [{ line: "cosell export links --output links.csv", what: texts.exportExample }],
  async run(context, given) {
    const settings = openSettings(context);
    const file = given.text("--output") ?? null;
    return await withStore(context, settings, async ({ store }) => {
      let csv = "";
      for await (const lines of linkLines(store.operator, settings.referralLink)) csv += lines;
      const count = csv.trimEnd().split("\n").length - 1;
      if (file === null) context.out.line(csv.trimEnd());
      else {
        await writeResult(context, file, csv);
        context.out.line(context.text(texts.exported, { count, file }));
      }
      return { exit: exitCode.ok, json: file === null ? { count, csv } : { count, file } };
    });
  },
};
