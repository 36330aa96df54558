import type { Language } from "./language";
import type { Output } from "./output";
import type { Progress } from "./progress";
import type { Prompts } from "./prompts";
import type { Text, TextValues } from "./texts/text";
import type { World } from "./world";

/** What a command works with. */
export interface CommandContext {
  readonly world: World;
  readonly language: Language;
  /** A text of the catalogue in the person's language. */
  readonly text: (text: Text, values?: TextValues) => string;
  readonly out: Output;
  readonly ask: Prompts;
  readonly progress: Progress;
  /** True with `--json`. */
  readonly json: boolean;
  /** True with `--yes`. */
  readonly yes: boolean;
  /** Path given with `--config`; null: COSELL_CONFIG_FILE or ./cosell.yaml. */
  readonly configFile: string | null;
  /** Ends the command when the person has asked for it; to be called between two steps that change something. */
  checkpoint(): void;
}
