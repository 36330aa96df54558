import { settingsSchema } from "./settings-schema";
import type { SettingName } from "./setting-table";

/** What is wrong with a text for a setting, in the words of the relay's start; null when it is accepted. */
export function settingObjection(name: SettingName, text: string): string | null {
  const parsed = settingsSchema.shape[name].safeParse(text);
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? "is not accepted");
}
