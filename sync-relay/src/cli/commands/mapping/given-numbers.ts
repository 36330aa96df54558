import { usageProblem } from "../../command-problem";
import type { CommandContext } from "../../context";
import { mappingTexts as texts } from "../../texts/mapping-texts";
import type { Text } from "../../texts/text";

/** A number above 0 that a person gave. */
export function positiveNumber(context: CommandContext, value: string, what: Text): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw usageProblem(texts.badNumber, { values: { value, what: context.text(what) } });
}

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
]);

/** A time that a person gave, as `7d`, `12h`, `30m` before now or as a date; milliseconds since the epoch. */
export function timeSince(value: string, nowMs: number): number {
  const [, count, unit] = /^(\d{1,5})([dhm])$/.exec(value) ?? [];
  if (count !== undefined && unit !== undefined) return nowMs - Number(count) * (UNIT_MS.get(unit) ?? 0);
  const time = /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isFinite(time)) return time;
  throw usageProblem(texts.badSince, { values: { value } });
}
