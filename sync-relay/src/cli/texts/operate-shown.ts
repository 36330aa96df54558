import { isJsonObject, type Json } from "../../core/json";
import type { Language } from "../language";

/** Longest value that is shown in a table. */
const LONGEST = 40;
const NOT_KNOWN = "–";

/** A canonical value as people read it, on one line. */
export function shownValue(value: Json | undefined, language: Language): string {
  if (value === undefined) return NOT_KNOWN;
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) return "∅";
  if (typeof value === "number") return value.toLocaleString(language);
  const line = textOf(value).replace(/\s+/g, " ");
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}

/** Lists are named item by item: people by their names, solutions by their ids. */
function textOf(value: Json): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(textOf).join(", ");
  if (!isJsonObject(value)) return JSON.stringify(value);
  const names = ["firstName", "lastName", "name", "id", "type"].flatMap((key) => {
    const part = value[key];
    return typeof part === "string" && part !== "" ? [part] : [];
  });
  return names.length > 0 ? names.slice(0, 2).join(" ") : JSON.stringify(value);
}

/** A bar of a part of a whole, e.g. `[████······]`. */
export function progressBar(done: number, all: number, width = 20): string {
  const filled = all === 0 ? width : Math.round((Math.min(done, all) / all) * width);
  return `[${"█".repeat(filled)}${"·".repeat(width - filled)}]`;
}
