import { parseGuid, parseSince } from "../operate/since";
import type { Given } from "./command";
import { usageProblem } from "./command-problem";
import type { CommandContext } from "./context";
import { operateTexts } from "./texts/operate-texts";

/** The id that was given as an argument. Throws a usage problem when it is none. */
export function givenId(given: Given, name = "id"): string {
  const text = given.argument(name) ?? "";
  const id = parseGuid(text);
  if (id === null) throw usageProblem(operateTexts.unknownId, { values: { given: text } });
  return id;
}

/** The time that `--since` gives, milliseconds since the epoch; null without it. */
export function givenSince({ world }: CommandContext, given: Given): number | null {
  const text = given.text("--since");
  if (text === undefined) return null;
  const sinceMs = parseSince(text, world.clock.now());
  if (sinceMs === null) throw usageProblem(operateTexts.unknownTime, { values: { given: text } });
  return sinceMs;
}
