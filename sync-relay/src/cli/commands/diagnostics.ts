import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { productVersion } from "../../adapters/system/product-version";
import { shownSettings } from "../../config/read-settings";
import { diagnostics } from "../../operate/diagnostics";
import { usageProblem } from "../command-problem";
import type { CommandContext } from "../context";
import type { CommandFile, Given } from "../command";
import { exitCode } from "../exit-code";
import { lookAtAll } from "../look-at-all";
import { openSettings, readBeside, settingsEnvironment } from "../open/open-settings";
import { withStore } from "../open/with-store";
import { loadTexts as texts } from "../texts/load-texts";
import { writeResult } from "../write-result";

export const diagnosticsCommand: CommandFile = {
  path: "diagnostics",
  summary: texts.diagnosticsSummary,
  options: [
    { flags: "--output <file>", what: texts.output },
    { flags: "--log <file>", what: texts.logFile },
  ],
  examples: [{ line: "cosell diagnostics --output diagnostics.json --log relay.log", what: texts.diagnosticsExample }],
  async run(context, given) {
    const settings = openSettings(context);
    const log = logLines(context, given);
    const shown = shownSettings(settingsEnvironment(context), (path) => readBeside(context, path));
    const areas = await lookAtAll(context, settings);
    const bundle = await withStore(context, settings, ({ store }) =>
      diagnostics({
        nowMs: context.world.clock.now(),
        versions: { relay: productVersion(), node: process.versions.node, platform: process.platform },
        settings: shown,
        areas,
        store,
        log,
      }),
    );
    const text = `${JSON.stringify(bundle, null, 2)}\n`;
    const file = given.text("--output") ?? null;
    if (file === null) context.out.line(text.trimEnd());
    else {
      await writeResult(context, file, text);
      context.out.line(context.text(texts.diagnosticsWritten, { file }));
    }
    return { exit: exitCode.ok, json: file === null ? bundle : { file } };
  },
};

function logLines({ world }: CommandContext, given: Given): readonly string[] {
  const file = given.text("--log");
  if (file === undefined) return [];
  try {
    return readFileSync(resolve(world.cwd, file), "utf8").split("\n");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw usageProblem(texts.unreadableLog, { values: { file, reason }, cause });
  }
}
