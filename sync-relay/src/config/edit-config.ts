import { Document, isMap, parseDocument } from "yaml";
import { configKey } from "./config-file";

/** First lines of a new configuration file. */
const HEADER =
  " CoSell Sync. Every setting is described in docs/settings.md.\n What the environment says wins over this file.";

/** Settings to write into a configuration file: variable → text, or null to take it out. */
export type ConfigEntries = ReadonlyMap<string, string | null>;

/**
 * The text of a configuration file with these settings in it. Everything else in it, comments included, stays as it was
 * written. Throws when the text is no configuration file; it was read before, so that is a bug.
 */
export function editConfigText(text: string | null, entries: ConfigEntries): string {
  const parsed: Document = parseDocument(text ?? "");
  const document = parsed.contents === null ? new Document({}) : parsed;
  if (!isMap(document.contents)) throw new Error("bug: this is no configuration file");
  if (text === null) document.commentBefore = HEADER;
  for (const [variable, value] of entries) {
    if (value === null) document.delete(configKey(variable));
    else document.set(configKey(variable), value);
  }
  return document.toString({ lineWidth: 0 });
}
