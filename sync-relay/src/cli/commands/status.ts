import { phrase, phraseIn } from "../../operate/phrase";
import { shownTime } from "../../operate/since";
import { byReason, relayStatus, statusLabels, type RelayStatus } from "../../operate/status";
import { isErrorCode } from "../../core/errors";
import type { CommandContext } from "../context";
import type { CommandFile } from "../command";
import { exitCode } from "../exit-code";
import { openSettings } from "../open/open-settings";
import { withStore } from "../open/with-store";
import { errorTexts } from "../texts/error-texts";
import { operateTexts as texts } from "../texts/operate-texts";

export const statusCommand: CommandFile = {
  path: "status",
  summary: texts.statusSummary,
  examples: [{ line: "cosell status", what: texts.statusExample }],
  async run(context) {
    const status = await withStore(context, openSettings(context), ({ store }) => relayStatus(store));
    show(context, status);
    return { exit: isWell(status) ? exitCode.ok : exitCode.problems, json: status };
  },
};

/** A pause and what waits are part of every day; work that was given up, or that nobody does, needs somebody. */
function isWell({ relays, deadLetters }: RelayStatus): boolean {
  return relays > 0 && deadLetters.length === 0;
}

function show(context: CommandContext, status: RelayStatus): void {
  const { out } = context;
  const { relays, version } = status;
  const running = relays === 1 ? texts.running : texts.severalRunning;
  const words =
    relays === 0 ? context.text(texts.notRunning) : context.text(running, { count: relays, version: version ?? "?" });
  out.check(relays === 0 ? "note" : "ok", { area: context.text(texts.relay), text: words });
  for (const { direction, sinceMs } of status.paused) {
    const values = { direction, since: shownTime(sinceMs), held: status.heldBack };
    const below = [`→ cosell resume ${direction}`];
    out.check("note", { area: context.text(texts.pausedArea), text: context.text(texts.pausedLine, values), below });
  }
  out.check("ok", { area: context.text(texts.opportunities), text: countsText(context, status) });
  showWork(context, status);
  const sweep = status.lastSweepMs === null ? context.text(texts.never) : shownTime(status.lastSweepMs);
  out.check("ok", { area: context.text(texts.lastSweep), text: sweep });
}

function countsText(context: CommandContext, { pairs }: RelayStatus): string {
  const counts = Object.entries(pairs).filter(([, count]) => count > 0);
  const parts = counts.map(([name, count]) => `${count} × ${phraseIn(context.language, phrase(statusLabels(name)))}`);
  return parts.length === 0 ? context.text(texts.none) : parts.join(", ");
}

function showWork(context: CommandContext, { waiting, deadLetters, inDoubt }: RelayStatus): void {
  const { out } = context;
  const seconds = Math.round(waiting.oldestAgeMs / 1000);
  const waits = waiting.events === 0 ? texts.nothingWaits : texts.waitingEvents;
  out.check("ok", { area: context.text(texts.waiting), text: context.text(waits, { count: waiting.events, seconds }) });
  if (inDoubt > 0) {
    out.check("note", {
      area: context.text(texts.inDoubt),
      text: context.text(texts.inDoubtCount, { count: inDoubt }),
    });
  }
  for (const { because, count } of byReason(deadLetters)) {
    const meaning = isErrorCode(because) ? context.text(errorTexts[because].meaning) : "";
    const text = context.text(texts.givenUpLine, { count, because, meaning });
    out.check("bad", { area: context.text(texts.givenUp), text, below: [`→ cosell retry --reason ${because}`] });
  }
}
