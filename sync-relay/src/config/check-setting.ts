import { must } from "../core/must";
import { settingsSchema } from "./settings-schema";
import { objectionIn } from "./setting-text";
import type { SettingName } from "./setting-table";
import type { Words } from "./words";

/** What is wrong with a text for a setting, in the words of the relay's start; null when it is accepted. */
export function settingObjection(name: SettingName, text: string): Words | null {
  const parsed = settingsSchema.shape[name].safeParse(text);
  return parsed.success ? null : objectionIn(must(parsed.error.issues[0], "a refusal has a reason"));
}
